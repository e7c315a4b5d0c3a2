import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RunningServer } from './server.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const CONTRAST = ['color-contrast'];
const VIEWS = [
  { width: 320, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const;

/** Sets the desk's password by the link that the server printed. @returns a page of the signed-in coach. */
export async function openDesk(browser: Browser, server: RunningServer): Promise<Page> {
  const context = await browser.newContext();
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  await page.goto(/http\S+\/admin\/setup\/\S+/.exec(server.stdout())?.[0] ?? '');
  await page.fill('#password', 'correct horse battery staple');
  await Promise.all([page.waitForURL(`${server.url}/admin`), page.click('main form button')]);
  return page;
}

/** Nothing wrong and nothing undecided for axe, nothing wider than the screen, every control large enough for a thumb. */
export async function inspectDesk(shown: Page): Promise<void> {
  for (const { width, colorScheme } of VIEWS) {
    await shown.setViewportSize({ width, height: 800 });
    await shown.emulateMedia({ colorScheme });
    const faults = [
      ...(await faultsOf(shown, (axe) => axe.disableRules(CONTRAST))),
      ...(await faintWords(shown, width)),
    ];
    expect({ at: shown.url(), width, faults }).toEqual({ at: shown.url(), width, faults: [] });
    const overflow = await shown.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow, `${shown.url()} at ${width}`).toBeLessThanOrEqual(0);
    const small = await shown.evaluate<string[]>(
      `[...document.querySelectorAll('button, input:not([type=hidden]), select, nav a')]
        .filter((e) => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < 43.5)
        .map((e) => e.outerHTML)`,
    );
    expect(small).toEqual([]);
  }
}

/** Faults and what axe could not decide: nobody looks at those unless a test fails. */
async function faultsOf(shown: Page, narrowed: (axe: AxeBuilder) => AxeBuilder): Promise<readonly string[]> {
  // axe waits for ever for its own script in a frame that runs none.
  const axe = new AxeBuilder({ page: shown }).withTags(TAGS).exclude('iframe[sandbox]');
  const { violations, incomplete } = await narrowed(axe).analyze();
  return [...violations, ...incomplete].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
}

/** The contrast of all words, with room for the widest table: what one hides at its side axe leaves undecided. */
async function faintWords(shown: Page, width: number): Promise<readonly string[]> {
  await shown.setViewportSize({ width: 2000, height: 800 });
  const faults = await faultsOf(shown, (axe) => axe.withRules(CONTRAST));
  await shown.setViewportSize({ width, height: 800 });
  return faults;
}
