import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { visited } from '../support/browser.ts';

const house = visited();

/** A page with scripts, and everything that the browser complains of: what a policy refuses is among it. */
async function reader(): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const page = await house.browser.newPage();
  page.setDefaultTimeout(8_000);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    // The next page does not wait for the icon of the one before: that was broken off, and not refused.
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${reason}`);
  });
  return { page, complaints };
}

describe('a page in the browser', () => {
  test('keeps its JSON-LD, whatever the policy says of scripts', async () => {
    const { page, complaints } = await reader();
    for (const path of ['/', '/white-paper', '/articles/losing-the-job-offer', '/fr']) {
      await page.goto(house.server.url + path);
      const json = await page.locator('script[type="application/ld+json"]').textContent();
      expect(JSON.parse(json ?? '')).toMatchObject({ '@context': 'https://schema.org' });
    }
    expect(complaints).toEqual([]);
  });

  test.each([60, 150, 400])('of a campaign of %s letters is whole, and its links lead on', async (length) => {
    const { page, complaints } = await reader();
    const term = 'abcdefghij'.repeat(12);
    const query = `?utm_source=linkedin&utm_medium=a%22b&utm_term=${term}&utm_content=${term}`.slice(
      0,
      length,
    );
    const answer = await page.goto(`${house.server.url}/white-paper${query}`);
    expect(await answer?.headerValue('content-encoding')).toBe('gzip');
    expect(await page.locator('footer').isVisible()).toBe(true);
    await page.locator('footer a[href^="/articles"]').click();
    await page.waitForURL((url) => url.pathname === '/articles');
    expect(new URL(page.url()).search).toBe(query);
    expect(complaints).toEqual([]);
  });

  test('has its typeface and its icon from us', async () => {
    const { page, complaints } = await reader();
    await page.goto(house.server.url);
    const fonts = 'document.fonts.ready.then((all) => [...all].map((one) => one.family + " " + one.status))';
    expect(await page.evaluate(fonts)).toEqual(['Inter loaded']);
    const icon = await page.locator('link[type="image/svg+xml"]').getAttribute('href');
    await page.goto(house.server.url + icon);
    expect(await page.locator('svg rect').count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});
