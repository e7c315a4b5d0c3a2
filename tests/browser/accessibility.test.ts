import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ask, askAndPress, BEHIND_A_PROXY, post, tokenFrom } from '../support/asker.ts';
import type { Asked } from '../support/asker.ts';
import { launchBrowser } from '../support/browser.ts';
import { BRIEFLY, inspectPage } from '../support/inspect-page.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';

/** Looking at a page takes axe about a second, five times; on a busy machine more. */
const PATIENCE = 90_000;
const TOO_LONG = 'x'.repeat(90);

let browser: Browser;
let server: RunningServer;
let page: Page;
/** Visitors who stand at different places of the way. */
let unticked: Asked;
let ticked: Asked;
let arrived: Asked & { readonly preferences: string };
let plain: Asked & { readonly preferences: string };
/** Two who read French, before and after the press. */
let demande: Asked;
let lectrice: Asked & { readonly preferences: string };

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer({ env: BEHIND_A_PROXY });
  unticked = await ask(server, {}, 'infographic');
  ticked = await ask(server, { follow_up: 'yes' });
  arrived = await askAndPress(server);
  plain = await askAndPress(server, {}, 'infographic');
  demande = await ask(server, { follow_up: 'yes' }, 'livre-blanc');
  lectrice = await askAndPress(server, { follow_up: 'yes' }, 'livre-blanc');
  const context = await browser.newContext({ acceptDownloads: true });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Presses what leads to another page, and waits for that. */
async function press(selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.locator(selector).first().click()]);
}

/** Opens a page, checks its status and what its title begins with, and looks at it. */
async function open(address: string, status = 200): Promise<void> {
  const answer = await page.goto(address);
  expect([address.replace(/[\w-]{40,}/, '…'), answer?.status()]).toEqual([expect.any(String), status]);
}

const PUBLIC = [
  '/',
  '/white-paper',
  '/infographic',
  '/livre-blanc',
  '/white-paper/check-inbox',
  '/white-paper/check-inbox?note=consent',
  '/articles',
  '/articles/losing-the-job-offer',
  '/articles/topic/job-offers',
  '/privacy',
  '/admin/login',
];

/** The same pages in French: other words in the same boxes. */
const FRENCH: Readonly<Record<string, () => string>> = {
  'the first page': () => `${server.url}/fr`,
  'the infographic’s page': () => `${server.url}/infographie`,
  'where a signup leads': () => `${server.url}/livre-blanc/check-inbox`,
  'an article': () => `${server.url}/fr/articles/losing-the-job-offer`,
  'the privacy page': () => `${server.url}/fr/privacy`,
  'the download page': () => demande.download,
  'the page after the press': () => lectrice.download,
  preferences: () => lectrice.preferences,
  '“this was not me”': () => demande.notMe,
};

/** How to come to each page and state, in an order in which each finds its visitor where it needs her. */
const STATES: Readonly<Record<string, () => Promise<void>>> = {
  'no such page': async () => await open(`${server.url}/no-such-page`, 404),
  'the form with its errors': async () => {
    await open(`${server.url}/white-paper`);
    await press('form[data-signup] button[type=submit]');
    expect(await page.title()).toMatch(/^Error/);
  },
  'too many signups from one network': async () => {
    const one = { 'x-forwarded-for': '203.0.113.9' };
    for (let count = 0; count < 10; count += 1) {
      const body = new URLSearchParams({ email: `many.${count}@example.com`, first_name: 'Many' });
      await fetch(`${server.url}/white-paper`, { method: 'POST', body, headers: one, redirect: 'manual' });
    }
    await page.setExtraHTTPHeaders(one);
    await open(`${server.url}/white-paper`);
    await page.fill('#first_name', 'Many');
    await page.fill('#email', 'many.11@example.com');
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      press('form[data-signup] button[type=submit]'),
    ]);
    expect(answer.status()).toBe(429);
    await page.setExtraHTTPHeaders({});
  },

  'the download page': async () => await open(unticked.download),
  'the download page with a ticked sentence and its questions open': async () => {
    await open(ticked.download);
    await page.locator('.questions-box summary').click();
  },
  'the download page with its errors': async () => {
    await open(ticked.download);
    await page.fill('#first_name', TOO_LONG);
    await page.locator('.questions-box summary').click();
    await page.fill('#target_role', TOO_LONG);
    // The first try is the script's, the second the browser's own.
    await press('.presses button');
    expect(await page.title()).toMatch(/^Error/);
    expect(await page.locator('[role=alert] a').count()).toBe(2);
  },
  'the page after the press': async () => await open(arrived.download),
  'the page after the press with its errors': async () => {
    await open(arrived.download);
    await page.fill('#first_name', TOO_LONG);
    await press('.presses button');
    expect(await page.title()).toMatch(/^Error/);
  },
  'the page with an infographic as picture and as text': async () => {
    const isDrawn = async () => (await (await fetch(plain.download)).text()).includes('-wide.svg');
    await vi.waitUntil(isDrawn, { timeout: 40_000, interval: 200 });
    await open(plain.download);
    await page.locator('.graphic summary').click();
  },
  'an expired link': async () => {
    await open(expiredPage(), 410);
  },
  'an expired link that is renewed': async () => {
    await open(expiredPage(), 410);
    await press('main form button');
  },

  'preferences without follow-up emails': async () => await open(plain.preferences),
  'preferences while they come': async () => {
    await open(arrived.preferences);
    for (const summary of await page.locator('main summary').all()) await summary.click();
  },
  'preferences with a wrong day': async () => {
    await open(arrived.preferences);
    await page.locator('.act summary').click();
    await press('button[value=pause]');
    expect(await page.title()).toMatch(/^Error/);
  },
  'preferences with a wrong name': async () => {
    await open(arrived.preferences);
    await page.fill('#first_name', '');
    await press('button[value=rename]');
    expect(await page.title()).toMatch(/^Error/);
  },
  'preferences at half the pace': async () => {
    await open(arrived.preferences);
    await press('button[value=fewer]');
  },
  'preferences during a pause': async () => {
    await open(arrived.preferences);
    await press('button[name=until]');
    expect(await page.title()).toMatch(/^Done/);
  },
  'stopping the emails': async () => await open(unsubscribePage()),
  'the emails are stopped': async () => {
    await open(unsubscribePage());
    await press('main form button');
  },
  'preferences after a stop': async () => await open(`${arrived.preferences}?done=stop`),

  'a link to data that is over': async () => {
    const over = tokenFrom(server, arrived.preferences, 'preferences', (id) => ({
      purpose: 'data',
      id,
      expiresAt: Date.now() - 1000,
    }));
    await open(`${server.url}/preferences/${over}/data.json`, 410);
  },
  erasure: async () => await open(erasePage()),
  'data is erased': async () => {
    await open(erasePage());
    await press('main form button');
  },
  'nothing is held any more': async () => await open(arrived.preferences, 410),
  '“this was not me”': async () => await open(unticked.notMe),
  'it was not': async () => {
    await open(unticked.notMe);
    await press('main form button');
    expect((await post(unticked.download)).status).toBe(410);
  },
};

describe('axe finds nothing wrong, nothing undecided, and nothing is wider than the screen:', () => {
  test.each(PUBLIC)(
    '%s',
    async (path) => {
      await open(server.url + path);
      await inspectPage(page);
    },
    PATIENCE,
  );

  test.each(Object.entries(FRENCH))(
    'in French, %s',
    async (_name, address) => {
      await open(address());
      expect(await page.getAttribute('html', 'lang')).toBe('fr');
      await inspectPage(page, BRIEFLY);
    },
    PATIENCE,
  );

  test.each(Object.entries(STATES))(
    '%s',
    async (_name, come) => {
      await come();
      await inspectPage(page);
    },
    PATIENCE,
  );
});

function expiredPage(): string {
  const token = tokenFrom(server, unticked.download, 'download', (id) => ({
    purpose: 'download',
    id,
    expiresAt: Date.now() - 1000,
  }));
  return `${server.url}/download/${token}`;
}

function unsubscribePage(): string {
  const token = tokenFrom(server, arrived.preferences, 'preferences', (id) => ({
    purpose: 'unsubscribe',
    id,
  }));
  return `${server.url}/unsubscribe/${token}`;
}

function erasePage(): string {
  const token = tokenFrom(server, arrived.preferences, 'preferences', (id) => ({
    purpose: 'erase',
    id,
    expiresAt: Date.now() + 60_000,
  }));
  return `${server.url}/preferences/${token}/erase`;
}
