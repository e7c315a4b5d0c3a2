import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, BEHIND_A_PROXY } from '../support/asker.ts';
import { launchBrowser } from '../support/browser.ts';
import { openDesk } from '../support/inspect-desk.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';

let browser: Browser;
let server: RunningServer;
let page: Page;
let desk: Page;
let download = '';

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer({ env: BEHIND_A_PROXY });
  ({ download } = await ask(server, { follow_up: 'yes' }));
  page = await browser.newPage();
  desk = await openDesk(browser, server);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** What may be pressed or filled in. Backgrounds go in forced colours: only its border tells a button from words. */
const CONTROLS = 'button, .button, input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea';

/** Controls in sight whose border is not there or cannot be told from what is around it, and how many were looked at. */
const UNBORDERED = `(() => {
  const seen = [...document.querySelectorAll('${CONTROLS}')].filter((one) => one.checkVisibility() && !one.closest('.website'));
  const bad = seen.filter((one) => {
    const style = getComputedStyle(one);
    const around = getComputedStyle(document.body).backgroundColor;
    return parseFloat(style.borderTopWidth) < 1 || style.borderTopStyle === 'none' || style.borderTopColor === around ||
      style.forcedColorAdjust !== 'auto';
  });
  return { seen: seen.length, bad: bad.map((one) => one.outerHTML.slice(0, 120)) };
})()`;

const WAYS: readonly (readonly [string, () => Page, () => string])[] = [
  ['a landing page', () => page, () => `${server.url}/white-paper`],
  ['a French landing page', () => page, () => `${server.url}/livre-blanc`],
  ['the download page', () => page, () => download],
  ['the page that the desk shares from', () => desk, () => `${server.url}/admin/share`],
];

describe.each(WAYS)('%s', (_name, tab, address) => {
  test('keeps a border around every button and field in forced colours, and shows where the keyboard is', async () => {
    await tab().emulateMedia({ forcedColors: 'active', contrast: null });
    await tab().goto(address());
    expect(await tab().evaluate<boolean>('matchMedia("(forced-colors: active)").matches')).toBe(true);
    const { seen, bad } = await tab().evaluate<{ seen: number; bad: string[] }>(UNBORDERED);
    expect(seen).toBeGreaterThan(0);
    expect(bad).toEqual([]);
    await tab().keyboard.press('Tab');
    expect(await tab().evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).not.toBe(
      'none',
    );
  });

  test.each(['light', 'dark'] as const)(
    'has no faint words for those who ask for contrast: %s',
    async (colorScheme) => {
      await tab().emulateMedia({ forcedColors: null, contrast: 'more', colorScheme });
      await tab().goto(address());
      const faint = await tab().evaluate<{ seen: number; bad: string[] }>(FAINT);
      expect(faint.seen).toBeGreaterThan(0);
      expect(faint.bad).toEqual([]);
      await tab().emulateMedia({ contrast: null, colorScheme: null });
    },
  );
});

/** Hints and small print against the page: 7 to 1, as WCAG 1.4.6 asks. */
const FAINT = `(() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((one) => one / 255).map((one) => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const page = light(getComputedStyle(document.body).backgroundColor);
  const seen = [...document.querySelectorAll('.hint, .muted, .note, footer p')].filter((one) => one.checkVisibility() && !one.closest('.closing, .cover'));
  const bad = seen.filter((one) => {
    const words = light(getComputedStyle(one).color);
    return (Math.max(words, page) + .05) / (Math.min(words, page) + .05) < 7;
  });
  return { seen: seen.length, bad: bad.map((one) => getComputedStyle(one).color + ' ' + one.outerHTML.slice(0, 120)) };
})()`;
