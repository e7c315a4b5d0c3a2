import AxeBuilder from '@axe-core/playwright';
import type { CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What another colour scheme can change; everything else is the same page. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

type View = {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scale?: number;
  readonly scheme: 'light' | 'dark';
  readonly rules: 'all' | 'colours' | 'none';
  /** Size of all text, as a phone's or a browser's own setting enlarges it. */
  readonly text?: string;
};

/**
 * A phone and a desk by day and night. WCAG 1.4.4: a page at 200 % is the desk's with half as many pixels of twice the size; with the text
 * alone at 200 % nothing may be wider than the screen either. WCAG 1.4.10: at 400 % there are 320.
 */
const VIEWS: readonly View[] = [
  { name: 'a phone by day', width: 360, height: 740, scheme: 'light', rules: 'all' },
  { name: 'a phone by night', width: 360, height: 740, scheme: 'dark', rules: 'colours' },
  { name: 'a desk by day', width: 1280, height: 800, scheme: 'light', rules: 'all' },
  { name: 'a desk by night', width: 1280, height: 800, scheme: 'dark', rules: 'colours' },
  { name: 'a desk at 200 %', width: 640, height: 400, scale: 2, scheme: 'light', rules: 'all' },
  { name: 'a desk at 400 %', width: 320, height: 200, scale: 4, scheme: 'light', rules: 'none' },
  {
    name: 'a phone with its text at 200 %',
    width: 360,
    height: 740,
    scheme: 'light',
    rules: 'none',
    text: '200%',
  },
];

/** Enough for a page that is built like one that is looked at in all views: other words by day, other colours by night. */
export const BRIEFLY: readonly string[] = ['a phone by day', 'a desk by night'];

/**
 * Looks at a page as all kinds of visitor see it: axe finds nothing wrong and nothing undecided, and nothing is wider than the screen.
 * @param only the names of the views, when not all.
 */
export async function inspectPage(page: Page, only?: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const found: string[] = [];
  for (const view of VIEWS.filter(({ name }) => only?.includes(name) ?? true)) {
    await show(page, session, view);
    for (const fault of [...(await faultsOf(page, view)), ...(await tooWide(page))])
      found.push(`${view.name}: ${fault}`);
  }
  await session.detach();
  const { pathname } = new URL(page.url());
  expect({ pathname, found }).toEqual({ pathname, found: [] });
}

async function show(page: Page, session: CDPSession, view: View): Promise<void> {
  const { width, height, scale = 1, text = '' } = view;
  await session.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: scale,
    mobile: false,
  });
  await page.emulateMedia({ colorScheme: view.scheme });
  await page.evaluate<unknown>(`document.documentElement.style.fontSize = ${JSON.stringify(text)}`);
}

async function faultsOf(page: Page, { rules }: View): Promise<readonly string[]> {
  if (rules === 'none') return [];
  // The page has no frames; without this axe opens a page of its own each time to gather what they say.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const asked = rules === 'all' ? axe.withTags(TAGS) : axe.withRules(OF_COLOURS);
  const { violations, incomplete } = await asked.analyze();
  return [...violations, ...incomplete].map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
}

async function tooWide(page: Page): Promise<readonly string[]> {
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  return over > 0 ? [`${over} pixels wider than the screen`] : [];
}
