import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { ROOT } from '../../src/root.ts';
import { launchBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';

const PHONE = { width: 360, height: 740 };
const NARROW = { width: 320, height: 640 };
const DESK = { width: 1280, height: 800 };
const BUTTON = 'form[data-signup] button[type=submit]';

let browser: Browser;
let server: RunningServer;
let offers: readonly string[];
let pages: readonly string[];

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer();
  const loaded = await loadContent([join(ROOT, 'assets/content')]);
  if (!loaded.ok) throw new Error('The content has mistakes.');
  offers = loaded.content.offers.map(({ key }) => `/${key}`);
  const article = loaded.content.posts.find(({ url }) => url === null);
  pages = [
    '/',
    ...offers,
    ...offers.map((offer) => `${offer}/check-inbox`),
    '/articles',
    `/articles/${article?.slug}`,
    `/articles/topic/${article?.topic}`,
    '/privacy',
    '/no-such-page',
  ];
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens the pages one after the other in one window, and hands each over when it is drawn. */
async function onEach(
  paths: readonly string[],
  options: BrowserContextOptions,
  act: (page: Page, path: string) => Promise<void>,
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<void> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  await prepare(page);
  for (const path of paths) {
    await page.goto(server.url + path);
    await act(page, path);
  }
  await context.close();
}

const foot = async (page: Page) => {
  const box = await page.locator(BUTTON).boundingBox();
  return box === null ? Infinity : box.y + box.height;
};

describe('the first screen of a phone', () => {
  test('holds promise, proof, cover and the whole form of every offer', async () => {
    await onEach(offers, { viewport: PHONE }, async (page, path) => {
      expect(await foot(page), `on ${path}`).toBeLessThan(PHONE.height);
      for (const part of ['h1', '.proof', '.front', '#first_name', '#email', '#follow_up']) {
        const box = await page.locator(part).first().boundingBox();
        expect(box, `${path} ${part}`).not.toBeNull();
        expect(box!.y + box!.height, `${path} ${part}`).toBeLessThan(PHONE.height);
      }
    });
  });

  test('holds them in the system’s own type too, while our font has not come', async () => {
    const noFont = async (page: Page) => await page.route('**/*.woff2', async (route) => await route.abort());
    await onEach(
      offers,
      { viewport: PHONE },
      async (page, path) => expect(await foot(page), `on ${path}`).toBeLessThan(PHONE.height),
      noFont,
    );
  });

  test('holds them when every text of the English offers is a third longer, as French is', async () => {
    await onEach(['/white-paper', '/infographic'], { viewport: PHONE }, async (page, path) => {
      await inOurFont(page);
      await page.evaluate(LENGTHEN);
      expect(await foot(page), `on ${path}`).toBeLessThan(PHONE.height);
    });
  });
});

/** `font-display: optional` gives up on a first visit that is slow; a second one has the font at hand. */
async function inOurFont(page: Page): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.reload();
        await page.evaluate('document.fonts.ready.then(() => null)');
        return await page.evaluate('[...document.fonts].every((face) => face.status === "loaded")');
      },
      { timeout: 8_000 },
    )
    .toBe(true);
}

/** Adds to each text of the first screen a third of its own words. */
const LENGTHEN = `{
  const walker = document.createTreeWalker(document.querySelector('.book'), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const said = text.data.trim();
    let more = '';
    for (const word of said.split(' ')) if (more.length < said.length / 3) more += ' ' + word;
    if (said !== '') text.data = said + more;
  }
}`;

describe('every public page', { timeout: 60_000 }, () => {
  test.each([
    ['on a narrow phone', NARROW],
    ['on a phone', PHONE],
    ['on a desk', DESK],
  ])(
    'fits its screen, and stays where it was drawn while pictures and font arrive, %s',
    async (_, viewport) => {
      await onEach(pages, { viewport }, async (page, path) => {
        await page.evaluate(SCROLL_THROUGH);
        expect(await page.evaluate<number>(SHIFT), `on ${path}`).toBe(0);
        expect(await page.evaluate<number>(OVER), `on ${path}`).toBeLessThanOrEqual(0);
        expect(await page.locator('img:not([width][height])').count(), `on ${path}`).toBe(0);
        expect(await page.evaluate<string[]>(SMALL), `on ${path}`).toEqual([]);
      });
    },
  );

  test('bears the reader’s own spacing of text (WCAG 1.4.12) and letters of twice the size', async () => {
    await onEach(pages, { viewport: PHONE, bypassCSP: true }, async (page, path) => {
      for (const content of [SPACING, 'html { font-size: 200% !important }']) {
        const style = await page.addStyleTag({ content });
        expect(await page.evaluate<string[]>(CUT), `${path} ${content}`).toEqual([]);
        await style.evaluate((element) => (element as unknown as { remove(): void }).remove());
      }
    });
  });
});

const OVER = 'document.documentElement.scrollWidth - innerWidth';

const SPACING =
  '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';

/** What is wider than the screen, and controls whose words do not fit into them. */
const CUT = `(() => {
  const over = document.documentElement.scrollWidth - innerWidth;
  const cut = [...document.querySelectorAll('.button, .mainnav a, .sitenav a, label, summary, h1, h2, h3')]
    .filter((element) => element.clientWidth > 0 && getComputedStyle(element).clipPath === 'none')
    .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 4)
    .map((element) => element.outerHTML.slice(0, 80));
  return over > 0 ? ['the page, by ' + over, ...cut] : cut;
})()`;

const SCROLL_THROUGH = `(async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 700) {
    scrollTo({ top: y, behavior: 'instant' });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
  await Promise.all([...document.images].filter((image) => image.loading !== 'lazy').map((image) => image.decode()));
})()`;

const SHIFT = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
})`;

/** Controls under 44 pixels in height; links within a sentence are free (WCAG 2.5.8), and so is a box whose label can be pressed. */
const SMALL = `[...document.querySelectorAll('main a, main button, main summary, main input:not([type=hidden]), header a, footer a')]
  .filter((element) => element.closest('.website, .skip, .prose, .form-note, .hint') === null && !element.matches('[type=checkbox]'))
  .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && box.height > 0 && (box.height < 44 || box.width < 44))
  .map(([html, box]) => html + ' ' + Math.round(box.width) + 'x' + Math.round(box.height))`;
