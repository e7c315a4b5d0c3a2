import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { launchBrowser } from '../support/browser.ts';
import { tellHistory } from '../support/history.ts';
import { inspectDesk, openDesk } from '../support/inspect-desk.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';

const STEP = 'sequence/01-two-markets.md';

let browser: Browser;
let page: Page;
let server: RunningServer;
let dataDir: string;
const complaints: string[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'funnel-emails-'));
  mkdirSync(join(dataDir, 'content/sequence'), { recursive: true });
  const step = readFileSync(join(ROOT, 'assets/content', STEP), 'utf8');
  const tried = step.replace(
    'preheader:',
    'subject_b: “{{first_name|Hello}}, two markets for one role”\npreheader:',
  );
  writeFileSync(join(dataDir, 'content', STEP), tried);
  await tellHistory(dataDir, Date.now());
  server = await startServer({ dataDir });
  browser = await launchBrowser();
  page = await openDesk(browser, server);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the emails on the desk are open to everybody, by day and night, on a telephone and a wide screen:', () => {
  test.each([
    ['all of them, two in doubt', '/admin/emails', 'text=In doubt: 2'],
    ['one with two subjects', '/admin/emails/two-markets', 'text=Half of the people get the one'],
    ['one that somebody asks for', '/admin/emails/delivery', 'text=As a reader sees it'],
    ['the numbers while two are in doubt', '/admin', 'text=2 emails are in doubt'],
  ])('%s', async (_name, path, sign) => {
    await page.goto(server.url + path);
    expect(await page.locator(sign).first().isVisible()).toBe(true);
    await inspectDesk(page);
  });

  test.each([
    ['somebody with an email in doubt', 'ana', 'text=In doubt'],
    ['somebody whose emails are stopped as stale', 'lena', 'text=more than 14 days behind'],
  ])('%s', async (_name, name, sign) => {
    await page.goto(`${server.url}/admin/leads?q=${name}`);
    await Promise.all([page.waitForURL(/leads\/[\w-]{36}$/), page.click('tbody th a')]);
    expect(await page.locator(sign).first().isVisible()).toBe(true);
    await inspectDesk(page);
  });
});

describe('the preview of an email', () => {
  test('is drawn with its own styles, and none of its links leads anywhere', async () => {
    complaints.length = 0;
    await page.goto(`${server.url}/admin/emails/two-markets`);
    const email = page.frameLocator('iframe.preview');
    await email.locator('text=Hello Alex').waitFor();
    // A browser's own margin is 8 pixels; the email takes it away in an attribute.
    const frame = page.frame({ url: /preview\.html\?language=en$/ });
    expect(await frame?.evaluate<string>('getComputedStyle(document.body).marginTop')).toBe('0px');
    expect(await page.getAttribute('iframe.preview', 'title')).toContain('The two markets for a senior role');
    expect(complaints).toEqual([]);
    await email.locator('a').first().click();
    await expect.poll(() => complaints.length).toBe(1);
    expect(complaints[0]).toMatch(/Blocked opening .* sandboxed frame/);
    expect(page.context().pages()).toHaveLength(1);
    expect(page.url()).toBe(`${server.url}/admin/emails/two-markets`);
  });
});

describe('with the keyboard alone, the coach', () => {
  test('settles a doubt, pauses all emails and sends again', async () => {
    await page.goto(`${server.url}/admin/emails`);
    await press(/^It arrived for Ana,/, /done=arrived/);
    expect(await page.locator('[role=status]').textContent()).toContain('counts as sent');
    expect(await page.locator('#doubts').textContent()).toBe('In doubt: 1');
    await press(/^Pause all emails$/, /done=paused/);
    expect(await page.locator('text=You paused all emails.').isVisible()).toBe(true);
    await inspectDesk(page);
    await page.goto(`${server.url}/admin/health`);
    expect(await page.locator('text=Sending is paused').isVisible()).toBe(true);
    await inspectDesk(page);
    await page.goto(`${server.url}/admin/emails`);
    await press(/^Send again from now$/, /done=resumed/);
    expect(await page.locator('text=Sending is on.').isVisible()).toBe(true);
    await press(/^Send again for Bo,/, /done=send-again/);
    await expect
      .poll(async () => {
        await page.goto(`${server.url}/admin/emails/delivery`);
        return await page.locator('#recent ~ .scroll tbody tr').first().textContent();
      })
      .toMatch(/Bo.*sent/);
  });
});

/** Tabs to the button of this name, as somebody without a mouse does, and presses Enter. */
async function press(name: RegExp, leadsTo: RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  for (let i = 0; i < 100; i += 1) {
    await page.keyboard.press('Tab');
    if ((await button.and(page.locator(':focus')).count()) === 1) break;
  }
  await Promise.all([page.waitForURL(leadsTo), page.keyboard.press('Enter')]);
}
