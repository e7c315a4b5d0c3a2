import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { visited } from '../support/browser.ts';
import { linkIn, nthEmail, outboxOf } from '../support/outbox.ts';

/** The first document is printed while a server has just begun to; on a busy machine that takes its time. */
const PATIENCE = 60_000;
const PHONE = { width: 360, height: 740 };

const house = visited();

/**
 * A phone that refuses scripts; tells every request that leaves for another host, every cookie that a page would set, and every complaint of
 * the browser. No page asks for a cookie, so a browser that refuses them sees what all see.
 */
async function visitor(
  javaScriptEnabled = false,
): Promise<{ context: BrowserContext; page: Page; strangers: string[] }> {
  const context = await house.browser.newContext({
    viewport: PHONE,
    javaScriptEnabled,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(25_000);
  const page = await context.newPage();
  const strangers: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(house.server.url)) strangers.push(request.url());
    if (request.headers()['cookie'] !== undefined) strangers.push(`a cookie for ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.headers()['set-cookie'] !== undefined) strangers.push(`a cookie of ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('422')) strangers.push(message.text());
  });
  return { context, page, strangers };
}

describe('a visitor on a phone, without scripts', () => {
  test(
    'reads an article, signs up after a mistake, takes the PDF and stops the emails',
    async () => {
      const { context, page, strangers } = await visitor();
      await page.goto(`${house.server.url}/articles/losing-the-job-offer`);
      await page.locator('main a[href^="/white-paper?"]').first().click();
      await page.waitForURL(/\/white-paper\?utm_source=article&utm_campaign=losing-the-job-offer/);

      const button = page.locator('form[data-signup] button[type=submit]');
      const box = await page.locator('#first_name').boundingBox();
      expect(box!.y + box!.height).toBeLessThan(PHONE.height);

      await page.fill('#email', 'maria@');
      await Promise.all([page.waitForLoadState(), button.click()]);
      expect(await page.title()).toMatch(/^Error/);
      expect(await page.inputValue('#email')).toBe('maria@');
      expect(await page.locator('[role=alert] a').count()).toBe(2);
      expect(await page.locator('[aria-invalid=true]').count()).toBe(2);

      await page.fill('#first_name', 'Mária Ελένη');
      await page.fill('#email', 'maria@example.com');
      await page.check('#follow_up');
      await Promise.all([page.waitForURL(/\/white-paper\/check-inbox/), button.click()]);

      const email = await nthEmail(house.server.dataDir, 1);
      expect(email.text).not.toContain('Mária');
      await page.goto(linkIn(email, '/download/'));
      expect(await page.inputValue('[name=first_name]')).toBe('Mária Ελένη');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('form button[type=submit]').first().click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/\.pdf$/);
      const pdf = await getDocument({ data: new Uint8Array(readFileSync(await download.path())) }).promise;
      const cover = await (await pdf.getPage(1)).getTextContent();
      const text = cover.items.map((item) => ('str' in item ? item.str : '')).join(' ');
      expect(text).toContain('Mária Ελένη');

      // The browser stays where it is, and the page says how to go on.
      expect(await page.locator('noscript p').isVisible()).toBe(true);
      await Promise.all([page.waitForEvent('load'), page.locator('noscript a').click()]);
      expect(await page.locator('h1').textContent()).toContain('is yours');
      expect(await page.getByText('Your browser is saving the file.').count()).toBe(0);
      const own = page.locator('a[href*="/preferences/"]').first();
      await Promise.all([page.waitForURL(/\/preferences\//), own.click()]);
      await Promise.all([page.waitForURL(/done=pause/), page.locator('button[name=until]').first().click()]);
      expect(await page.locator('.notice').textContent()).toMatch(/^The emails are paused\. None will come/);
      await Promise.all([page.waitForURL(/done=resume/), page.locator('button[value=resume]').click()]);
      await page.fill('#first_name', 'Mária');
      await Promise.all([page.waitForURL(/done=rename/), page.locator('button[value=rename]').click()]);
      expect(await page.inputValue('#first_name')).toBe('Mária');
      await Promise.all([page.waitForURL(/done=stop/), page.locator('button[value=stop]').click()]);

      expect(await context.cookies()).toEqual([]);
      expect(strangers).toEqual([]);
      expect(await outboxOf(house.server.dataDir)).toHaveLength(1);
      await context.close();
    },
    PATIENCE,
  );

  test('takes away a signup that was not hers', async () => {
    const { context, page } = await visitor();
    const before = (await outboxOf(house.server.dataDir)).length;
    await page.goto(`${house.server.url}/infographic`);
    await page.fill('#first_name', 'Somebody');
    await page.fill('#email', 'other@example.com');
    await Promise.all([page.waitForURL(/check-inbox/), page.locator('form[data-signup] button').click()]);
    const email = await nthEmail(house.server.dataDir, before + 1);
    await page.goto(linkIn(email, '/unsubscribe/'));
    await Promise.all([page.waitForLoadState(), page.locator('main form button').click()]);
    const gone = await page.goto(linkIn(email, '/download/'));
    expect([404, 410]).toContain(gone!.status());
    await context.close();
  });
});

describe('a visitor with scripts', () => {
  test(
    'comes by the press to the page after it, with the file, and leaves nothing in the browser',
    async () => {
      const { context, page, strangers } = await visitor(true);
      const before = (await outboxOf(house.server.dataDir)).length;
      await page.goto(`${house.server.url}/white-paper`);
      await page.fill('#first_name', 'Pia');
      await page.fill('#email', 'pia@example.com');
      await page.check('#follow_up');
      await Promise.all([page.waitForURL(/check-inbox/), page.locator('form[data-signup] button').click()]);
      const download = linkIn(await nthEmail(house.server.dataDir, before + 1), '/download/');
      await page.goto(download);
      const buttons = await page.locator('.presses button').all();
      for (const button of buttons) {
        const box = await button.boundingBox();
        expect(box!.y + box!.height).toBeLessThan(PHONE.height);
      }
      await page.fill('#first_name', 'x'.repeat(81));
      await Promise.all([page.waitForEvent('load'), buttons[0]!.click()]);
      expect(await page.title()).toMatch(/^Error/);
      await page.fill('#first_name', 'Pia');
      await page.locator('.questions-box summary').click();
      await page.check('#situation-final-rounds');
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page
          .getByText('Your browser is saving the file.')
          .waitFor()
          // Before the file comes, which is a second later: a browser that opens it in place leaves the page then.
          .then(() => expect(page.url()).toBe(download)),
        page.locator('.presses button').first().click(),
      ]);
      const pdf = await getDocument({ data: new Uint8Array(readFileSync(await saved.path())) }).promise;
      expect(pdf.numPages).toBeGreaterThan(5);
      await page.reload();
      expect(await page.isChecked('#situation-final-rounds')).toBe(true);
      expect(await page.locator('main').textContent()).toMatch(/first follow-up email is planned for \w+day/);
      const kept = await page.evaluate<unknown[]>(
        `Promise.all([document.cookie, localStorage.length, sessionStorage.length, indexedDB.databases(), caches.keys()])`,
      );
      expect(kept).toEqual(['', 0, 0, [], []]);
      expect(await context.cookies()).toEqual([]);
      expect(strangers).toEqual([]);
      await context.close();
    },
    PATIENCE,
  );

  test('who takes only the document gets no follow-up, with scripts as without', async () => {
    const { context, page } = await visitor(true);
    const before = (await outboxOf(house.server.dataDir)).length;
    const body = new URLSearchParams({ email: 'only@example.com', first_name: 'Odile', follow_up: 'yes' });
    await fetch(`${house.server.url}/white-paper`, { method: 'POST', body });
    await page.goto(linkIn(await nthEmail(house.server.dataDir, before + 1), '/download/'));
    await Promise.all([page.waitForEvent('download'), page.locator('.presses button[value=no]').click()]);
    expect(await page.locator('main').textContent()).toContain('no follow-up emails are on their way');
    await context.close();
  });

  test('brings time zone and referrer along, and nothing on the page breaks the security policy', async () => {
    const { context, page, strangers } = await visitor(true);
    await page.goto(`${house.server.url}/white-paper`);
    const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.method() === 'POST'),
      page.locator('form[data-signup] button[type=submit]').click(),
    ]);
    expect(new URLSearchParams(request.postData() ?? '').get('timezone')).toBe(zone);
    expect(strangers).toEqual([]);
    await context.close();
  });
});

describe('the coach', () => {
  test('sets her password by the set-up link and finds the lead in the list', async () => {
    const context = await house.browser.newContext();
    context.setDefaultTimeout(8_000);
    const page = await context.newPage();
    const body = new URLSearchParams({ email: 'lead@example.com', first_name: 'Lea' });
    expect((await fetch(`${house.server.url}/white-paper`, { method: 'POST', body })).ok).toBe(true);
    const link = /http\S+\/admin\/setup\/\S+/.exec(house.server.stdout())![0];
    await page.goto(link);
    await page.fill('#password', 'five quiet herons waiting');
    await Promise.all([
      page.waitForURL(`${house.server.url}/admin`),
      page.locator('main form button').click(),
    ]);
    await Promise.all([page.waitForURL(/admin\/leads/), page.click('nav >> text=Leads')]);
    expect(await page.locator('tbody tr').first().textContent()).toContain('lead@example.com');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('a[href^="/admin/leads.csv"]'),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toContain('lead@example.com');
    await context.close();
  });
});
