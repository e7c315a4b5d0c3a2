import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { linkIn, nthEmail } from '../support/outbox.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';

const VIEWS = [
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
] as const;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let server: RunningServer;
/** Addresses of one visitor's own pages. */
let own: { graphic: string; download: string; preferences: string; notMe: string };

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer();
  const post = (url: string, fields: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  await post(`${server.url}/white-paper`, { email: 'axe@example.com', first_name: 'Axe', follow_up: 'yes' });
  const email = await nthEmail(server.dataDir, 1);
  const download = linkIn(email, '/download/');
  await post(download, {});
  const page = await (await fetch(download)).text();
  const preferences = `${server.url}${/\/preferences\/[\w-]+/.exec(page)![0]}`;
  await post(`${server.url}/infographic`, { email: 'pic@example.com', first_name: 'Pic' });
  const graphic = linkIn(await nthEmail(server.dataDir, 2), '/download/');
  await post(graphic, {});
  const isDrawn = async () => (await (await fetch(graphic)).text()).includes('-wide.svg');
  await vi.waitUntil(isDrawn, { timeout: 20_000, interval: 200 });
  own = { graphic, download, preferences, notMe: linkIn(email, '/unsubscribe/') };
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Runs axe on a page as four kinds of visitor see it; nothing may be wrong, nothing undecided, nothing wider than the screen. */
async function inspect(
  address: () => string,
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<void> {
  for (const { width, height, colorScheme } of VIEWS) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    context.setDefaultTimeout(8_000);
    const page = await context.newPage();
    await page.goto(address());
    await prepare(page);
    const { violations, incomplete } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const found = [...violations, ...incomplete].map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    );
    expect(found, `${page.url()} at ${width} ${colorScheme}`).toEqual([]);
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow, `${page.url()} at ${width}`).toBeLessThanOrEqual(0);
    await context.close();
  }
}

describe('axe finds nothing on', () => {
  test.each([
    '/',
    '/white-paper',
    '/infographic',
    '/white-paper/check-inbox',
    '/articles',
    '/articles/losing-the-job-offer',
    '/articles/topic/job-offers',
    '/privacy',
    '/no-such-page',
    '/admin/login',
  ])('%s', async (path) => {
    await inspect(() => server.url + path);
  });

  test('the form with its errors', async () => {
    await inspect(
      () => `${server.url}/white-paper`,
      (page) =>
        Promise.all([
          page.waitForEvent('load'),
          page.locator('form[data-signup] button[type=submit]').click(),
        ]),
    );
  });

  test('the download page', async () => {
    await inspect(() => own.download);
  });

  test('the page with an infographic as picture and as text', async () => {
    await inspect(
      () => own.graphic,
      async (page) => await page.locator('.graphic summary').click(),
    );
    // The picture has some 1,500 elements, each of which axe looks at, four times.
  }, 60_000);

  test('the preferences page', async () => {
    await inspect(() => own.preferences);
  });

  test('the page “this was not me”', async () => {
    await inspect(() => own.notMe);
  });
});
