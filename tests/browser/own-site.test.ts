import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openDesk } from '../support/inspect-desk.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';

/** Sets what the form's own marks must withstand. */
const RUDE_STYLE =
  '<style>* { display: block; visibility: visible } div, p { display: flex !important }</style>';

let browser: Browser;
let funnel: RunningServer;
let site: Server;
let desk: Page;
/** The page that the coach's site shows, and its addresses: one that may post, and the same by another name that may not. */
let page = '';
let allowed = '';
let foreign = '';

beforeAll(async () => {
  browser = await launchBrowser();
  site = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page),
  ).listen(0);
  await new Promise((resolve) => site.once('listening', resolve));
  const { port } = site.address() as AddressInfo;
  allowed = `http://localhost:${port}`;
  foreign = `http://evil.localhost:${port}`;
  funnel = await startServer({ env: { ALLOWED_ORIGINS: allowed } });
  desk = await openDesk(browser, funnel);
  await desk.goto(`${funnel.url}/admin/share`);
  const snippet = await desk.locator('#snippet').inputValue();
  page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Coach</title>${RUDE_STYLE}</head><body><h1>My own page</h1>\n${snippet}</body></html>`;
});

afterAll(async () => {
  await browser?.close();
  await funnel?.stop();
  site?.close();
});

/** A visitor of the coach's site who runs no script. */
async function visitor(address: string): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  context.setDefaultTimeout(8_000);
  const opened = await context.newPage();
  await opened.goto(address);
  return opened;
}

async function fill(form: Page, email: string): Promise<void> {
  await form.getByLabel('First name').fill('Ana');
  await form.getByLabel('Email address').fill(email);
}

async function leads(): Promise<string> {
  return await (await desk.request.get(`${funnel.url}/admin/leads.csv`)).text();
}

describe('the copied form on another site', () => {
  test('shows its fields and never its trap, whatever the page’s styles say', async () => {
    const form = await visitor(`${allowed}/about`);
    expect(await form.locator('input:visible').count()).toBe(3);
    expect(await form.locator('[name=website]').isVisible()).toBe(false);
    expect(await form.locator('[name=follow_up]').isChecked()).toBe(false);
    await form.context().close();
  });

  test('is filled in by keyboard alone and leads to “look in your inbox”', async () => {
    const form = await visitor(`${allowed}/about`);
    for (const keys of ['Ana', 'ana@example.com']) {
      await form.keyboard.press('Tab');
      await form.keyboard.type(keys);
    }
    await form.keyboard.press('Tab');
    await form.keyboard.press('Space');
    await form.keyboard.press('Tab');
    await Promise.all([form.waitForURL(/check-inbox/), form.keyboard.press('Enter')]);
    expect(form.url()).toBe(`${funnel.url}/white-paper/check-inbox?utm_source=own-site`);
    const line = (await leads()).split('\r\n').find((one) => one.includes('ana@example.com'));
    expect(line).toContain(`,own-site,,,${allowed}/,own-site,,,${allowed}/`);
    await form.context().close();
  });

  test('with an address that cannot be leads to our page, where it can be mended', async () => {
    const form = await visitor(`${allowed}/about`);
    await fill(form, 'bea@example');
    await Promise.all([form.waitForURL(`${funnel.url}/**`), form.getByRole('button').click()]);
    expect(await form.title()).toMatch(/^Error/);
    expect(await form.getByLabel('First name').inputValue()).toBe('Ana');
    await form.getByLabel('Email address').fill('bea@example.com');
    await Promise.all([
      form.waitForURL(`${funnel.url}/white-paper/check-inbox?utm_source=own-site`),
      form.locator('form[data-signup] button').click(),
    ]);
    const line = (await leads()).split('\r\n').find((one) => one.includes('bea@example.com'));
    expect(line).toContain(`,own-site,,,${allowed}/`);
    await form.context().close();
  });

  test('is refused from a site that may not, with a page that leads on', async () => {
    const form = await visitor(`${foreign}/about`);
    await fill(form, 'eve@example.com');
    const [answer] = await Promise.all([
      form.waitForResponse((response) => response.url().startsWith(funnel.url)),
      form.getByRole('button').click(),
    ]);
    expect(answer.status()).toBe(403);
    await form.getByRole('heading', { name: 'This form was sent from another site' }).waitFor();
    expect(await leads()).not.toContain('eve@example.com');
    await form.context().close();
  });
});

describe('the copy button', () => {
  test('copies exactly what stands in the field', async () => {
    await desk.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await desk.goto(`${funnel.url}/admin/share?to=%2Fwhite-paper&source=card`);
    for (const [field, name] of [
      ['#made', 'Copy the link'],
      ['#snippet', 'Copy the form'],
    ] as const) {
      const button = desk.getByRole('button', { name });
      await button.click();
      await desk.locator(`button:has-text("${name}") + [role=status]`, { hasText: 'Copied.' }).waitFor();
      const copied = await desk.evaluate<string>('navigator.clipboard.readText()');
      expect(copied).toBe(await desk.locator(field).inputValue());
    }
  });
});

describe('a visitor whom another site led to our first page', () => {
  test('is still known to come from there when she signs up two pages later', async () => {
    page = `<!doctype html><title>Search</title><a href="${funnel.url}/articles">Found</a>`;
    const context = await browser.newContext();
    context.setDefaultTimeout(8_000);
    const tab = await context.newPage();
    await tab.goto(`${foreign}/`);
    await Promise.all([tab.waitForURL(/\/articles/), tab.click('a')]);
    await Promise.all([tab.waitForURL(/\/articles\//), tab.locator('.posts a').first().click()]);
    await Promise.all([tab.waitForURL(/\/white-paper/), tab.locator('.beside a').first().click()]);
    await fill(tab, 'cora@example.com');
    await Promise.all([tab.waitForURL(/check-inbox/), tab.locator('form[data-signup] button').click()]);
    const line = (await leads()).split('\r\n').find((one) => one.includes('cora@example.com'));
    const host = new URL(foreign).host;
    expect(line).toMatch(new RegExp(`,article,,[a-z-]+,https://${host}/,article,`));
    await context.close();
  });

  test('a page that is nobody’s to find hands nothing on: there the site before is her own mailbox', async () => {
    page = `<!doctype html><title>Mail</title><a href="${funnel.url}/white-paper/check-inbox">Open</a>`;
    const tab = await browser.newPage();
    await tab.goto(`${foreign}/`);
    await Promise.all([tab.waitForURL(/check-inbox/), tab.click('a')]);
    expect(await tab.evaluate('document.referrer')).toBe(`${foreign}/`);
    const links = await tab.evaluate<string[]>('[...document.links].map((link) => link.href)');
    expect(links.filter((href) => href.includes('ref='))).toEqual([]);
    await tab.close();
  });
});
