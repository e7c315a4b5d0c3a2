import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spawned } from '../commands/run.ts';
import { launchBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const VIEWS = [
  { width: 320, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const;
const LONG = 'Maximiliana von und zu Hohenstein-Oberwaldenfels';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let server: RunningServer;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'funnel-desk-'));
  await spawned(['demo', '--leads', '300'], { DATA_DIR: dataDir });
  server = await startServer({ dataDir });
  const email = `${'long.'.repeat(8)}name@a-rather-long-domain-name.example.com`;
  for (const fields of [{ email }, { email: 'held@example.com', website: 'https://spam.example' }]) {
    const body = new URLSearchParams({ first_name: LONG, ...fields });
    await fetch(`${server.url}/white-paper?utm_source=linkedin`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
  }
  browser = await launchBrowser();
  context = await browser.newContext();
  context.setDefaultTimeout(8_000);
  page = await context.newPage();
  await page.goto(/http\S+\/admin\/setup\/\S+/.exec(server.stdout())?.[0] ?? '');
  await page.fill('#password', 'correct horse battery staple');
  await Promise.all([page.waitForURL(`${server.url}/admin`), page.click('main form button')]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the desk is open to everybody, by day and night, on a telephone and a wide screen:', () => {
  test.each([
    ['numbers', '/admin', 'text=Held back'],
    ['leads', '/admin/leads', 'text=Download all of them as CSV'],
    ['leads found by a filter', '/admin/leads?status=confirmed&q=a', 'text=Older'],
    ['leads with a problem', '/admin/leads?from=2026-12-02&to=2026-12-01', '[role=alert]'],
    ['nobody found', '/admin/leads?q=zzzzz', 'text=Nobody matches'],
    ['health', '/admin/health', 'text=Database'],
    ['account', '/admin/account', 'text=Make a new key'],
  ])('%s', async (_name, path, sign) => {
    await page.goto(server.url + path);
    expect(await page.locator(sign).first().isVisible()).toBe(true);
    await inspect();
  });

  test('one lead', async () => {
    await page.goto(`${server.url}/admin/leads?status=unsubscribed`);
    await Promise.all([page.waitForURL(/leads\/[\w-]{36}$/), page.click('tbody th a')]);
    expect(await page.locator('text=Withdrawn').isVisible()).toBe(true);
    await inspect();
  });

  test('a wrong password', async () => {
    const stranger = await browser.newContext();
    const login = await stranger.newPage();
    await login.goto(`${server.url}/admin/login`);
    await login.fill('#password', 'wrong');
    await login.click('main form button');
    expect(await login.locator('[role=alert]').isVisible()).toBe(true);
    await inspect(login);
    await stranger.close();
  });
});

/** Nothing wrong for axe, nothing wider than the screen, every control large enough for a thumb. */
async function inspect(shown: Page = page): Promise<void> {
  for (const { width, colorScheme } of VIEWS) {
    await shown.setViewportSize({ width, height: 800 });
    await shown.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page: shown }).withTags(TAGS).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    const overflow = await shown.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow, `${shown.url()} at ${width}`).toBeLessThanOrEqual(0);
    const small = await shown.evaluate<string[]>(
      `[...document.querySelectorAll('button, input, select, nav a')]
        .filter((e) => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < 43.5)
        .map((e) => e.outerHTML)`,
    );
    expect(small).toEqual([]);
  }
}
