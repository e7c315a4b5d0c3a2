import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { launchBrowser } from '../support/browser.ts';
import { outboxOf } from '../support/outbox.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';

// The form when it is not taken at once: the question about a slip, and the sum beyond the overall limit.

let browser: Browser;
/** Takes forms as usual. */
let open: RunningServer;
/** Has sent its one email of this hour. */
let flooded: RunningServer;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'funnel-'));
  mkdirSync(join(dataDir, 'content'));
  const site = readFileSync(join(ROOT, 'assets/content/site.yaml'), 'utf8');
  writeFileSync(
    join(dataDir, 'content/site.yaml'),
    `${site}\nlimits:\n  overall_per_hour: 1\n  network_per_hour: 1000\n`,
  );
  browser = await launchBrowser();
  open = await startServer();
  flooded = await startServer({ dataDir });
  const body = new URLSearchParams({ email: 'first@example.com', first_name: 'First' });
  await fetch(`${flooded.url}/white-paper`, { method: 'POST', body, redirect: 'manual' });
});

afterAll(async () => {
  await browser?.close();
  await open?.stop();
  await flooded?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A visitor who has filled the form and pressed Enter in its last field. */
async function sent(
  server: RunningServer,
  email: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(`${server.url}/white-paper`);
  await page.fill('#first_name', 'Maria');
  await page.fill('#email', email);
  await Promise.all([page.waitForEvent('load'), page.press('#email', 'Enter')]);
  return page;
}

/** Nothing wrong for axe and nothing undecided, nothing wider than the screen; at both widths, by day and by night. */
async function inspect(page: Page): Promise<void> {
  for (const width of [360, 1280]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const { violations, incomplete } = await new AxeBuilder({ page }).analyze();
      const found = [...violations, ...incomplete].map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
      );
      expect(found, `${width} ${colorScheme}`).toEqual([]);
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - window.innerWidth',
      );
      expect(overflow, `${width} ${colorScheme}`).toBeLessThanOrEqual(0);
    }
  }
}

const mailedTo = async (server: RunningServer) =>
  (await outboxOf(server.dataDir))
    .map(({ file }) => readFileSync(join(server.dataDir, 'outbox', file), 'utf8'))
    .map((text) => /^To: (.*)$/m.exec(text)?.[1]);

describe('the question about a mistyped domain, without scripts', () => {
  const quiet = { javaScriptEnabled: false };

  test('has the focus, can be read and pressed by everybody', async () => {
    const page = await sent(open, 'maria.with.a.rather.long.name.indeed@gmial.com');
    expect(await page.title()).toMatch(/^Please check: /);
    expect(await page.evaluate<string>('document.activeElement.className')).toBe('ask');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.value')).toBe(
      'maria.with.a.rather.long.name.indeed@gmail.com',
    );
    await inspect(page);
    await page.context().close();
  }, 60_000);

  test.each([
    ['the first button', 'Yes, use', 'yes@gmial.com', 'yes@gmail.com'],
    ['the second button', 'No, keep', 'no@gmial.com', 'no@gmial.com'],
    ['the form’s own button', 'Email me', 'own@gmial.com', 'own@gmial.com'],
  ])('is answered by %s', async (_, words, typed, address) => {
    const page = await sent(open, typed, quiet);
    await Promise.all([
      page.waitForURL(/check-inbox/),
      page.locator('form[data-signup] button', { hasText: words }).click(),
    ]);
    await expect.poll(() => mailedTo(open)).toContain(address);
    await page.context().close();
  });

  test('is answered by Enter with what stands in the field then', async () => {
    const page = await sent(open, 'enter@gmial.com', quiet);
    await page.fill('#email', 'corrected@example.net');
    await Promise.all([page.waitForURL(/check-inbox/), page.press('#email', 'Enter')]);
    await expect.poll(() => mailedTo(open)).toContain('corrected@example.net');
    expect(await mailedTo(open)).not.toContain('enter@gmail.com');
    await page.context().close();
  });
});

describe('beyond the overall limit', () => {
  test('the browser solves the sum, says so, and the form goes through by the visitor’s own press', async () => {
    const complaints: string[] = [];
    const page = await sent(flooded, 'sum@example.net');
    page.on('pageerror', (error) => complaints.push(String(error)));
    expect(await page.title()).toMatch(/^Please send it once more/);
    const begun = performance.now();
    await page.locator('#sum', { hasText: 'has solved it' }).waitFor();
    console.info(`the sum took ${Math.round(performance.now() - begun)} ms at most`);
    expect(await page.locator('#wait').isVisible()).toBe(false);
    expect(await page.locator('#sum-progress').isVisible()).toBe(false);
    // Nothing is sent by itself.
    expect(page.url()).toBe(`${flooded.url}/white-paper`);
    await inspect(page);
    // On a wide screen the form stands beside the words, not below them with half of the screen empty.
    const [words, form] = await Promise.all([
      page.locator('#sum').boundingBox(),
      page.locator('form[data-signup]').boundingBox(),
    ]);
    expect(form!.x).toBeGreaterThan(1280 / 2);
    expect(form!.y).toBeLessThan(words!.y);
    await Promise.all([page.waitForURL(/check-inbox/), page.locator('form[data-signup] button').click()]);
    await expect.poll(() => mailedTo(flooded)).toContain('sum@example.net');
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('a press before the end is kept, and the form goes as soon as the sum is solved', async () => {
    const page = await sent(flooded, 'hasty@example.net');
    await Promise.all([page.waitForURL(/check-inbox/), page.locator('form[data-signup] button').click()]);
    await expect.poll(() => mailedTo(flooded)).toContain('hasty@example.net');
    await page.context().close();
  });

  test('without scripts the page says when to come back, and has everything that was typed', async () => {
    const page = await sent(flooded, 'patient@example.net', { javaScriptEnabled: false });
    expect(await page.locator('#wait').innerText()).toMatch(/^Please send it again in .+, after .+\d/);
    expect([await page.inputValue('#first_name'), await page.inputValue('#email')]).toEqual([
      'Maria',
      'patient@example.net',
    ]);
    await Promise.all([page.waitForEvent('load'), page.locator('form[data-signup] button').click()]);
    expect(await page.title()).toMatch(/^Please send it once more/);
    await page.context().close();
  });

  test('a browser without Web Crypto is told the same as one without scripts', async () => {
    const context = await browser.newContext();
    await context.addInitScript("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })");
    const page = await context.newPage();
    await page.goto(`${flooded.url}/white-paper`);
    await page.fill('#first_name', 'Maria');
    await page.fill('#email', 'old@example.net');
    await Promise.all([page.waitForEvent('load'), page.press('#email', 'Enter')]);
    expect(await page.locator('#wait').isVisible()).toBe(true);
    expect(await page.locator('#sum').innerText()).toBe('');
    await context.close();
  });
});
