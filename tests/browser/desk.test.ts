import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spawned } from '../commands/run.ts';
import { launchBrowser } from '../support/browser.ts';
import { inspectDesk, openDesk } from '../support/inspect-desk.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';

const LONG = 'Maximiliana von und zu Hohenstein-Oberwaldenfels';

let browser: Browser;
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
  page = await openDesk(browser, server);
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
    ['emails with none in doubt', '/admin/emails', 'text=Sending is on'],
    ['documents', '/admin/documents', 'text=Downloads so far'],
    [
      'all pages of a document',
      '/admin/documents/white-paper?situation=between-roles',
      'img[alt^="Page 1 of "]',
    ],
    ['one page of a document', '/admin/documents/infographic/pages/1', 'img[alt^="Page 1 of 1"]'],
    ['a document with a problem', '/admin/documents/white-paper?paper=a5', '[role=alert]'],
    ['share', '/admin/share', 'text=Do not print anything yet'],
    [
      'a link and its code',
      '/admin/share?to=%2Fwhite-paper&source=a-rather-long-source-name-of-somebody&campaign=x',
      'svg.qr',
    ],
    ['share with a problem', '/admin/share?to=%2Fwhite-paper&source=&place=article', '[role=alert]'],
    ['health', '/admin/health', 'text=Database'],
    ['account', '/admin/account', 'text=Make a new key'],
  ])('%s', async (_name, path, sign) => {
    await page.goto(server.url + path);
    expect(await page.locator(sign).first().isVisible()).toBe(true);
    await inspectDesk(page);
  });

  test('one lead', async () => {
    await page.goto(`${server.url}/admin/leads?status=unsubscribed`);
    await Promise.all([page.waitForURL(/leads\/[\w-]{36}$/), page.click('tbody th a')]);
    expect(await page.locator('text=Withdrawn').isVisible()).toBe(true);
    await inspectDesk(page);
  });

  test('a wrong password', async () => {
    const stranger = await browser.newContext();
    const login = await stranger.newPage();
    await login.goto(`${server.url}/admin/login`);
    await login.fill('#password', 'wrong');
    await login.click('main form button');
    expect(await login.locator('[role=alert]').isVisible()).toBe(true);
    await inspectDesk(login);
    await stranger.close();
  });
});
