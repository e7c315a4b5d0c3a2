import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { testFunnel } from '../support/funnel.ts';

/** A content folder in which one line of an offer is another. */
function edited(offer: string, from: string, to: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'content-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  cpSync(join(ROOT, 'assets/content'), dir, { recursive: true });
  const path = join(dir, 'offers', offer, 'offer.yaml');
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`The offer holds no “${from}”.`);
  writeFileSync(path, text.replace(from, to));
  return dir;
}

const CONTENTS_PAGE = /<span class="visually-hidden">page (\d+)<\/span>/g;

describe('the contents on a landing page', () => {
  it('have the numbers and pages of the document’s own chapters, once these have been counted', async () => {
    const { app, funnel } = await testFunnel();
    const before = (await app.server.inject('/white-paper')).body;
    expect(before).toContain('<h3>Four weeks</h3>');
    expect(before).not.toMatch(CONTENTS_PAGE);
    await app.contentChanged();
    const { body } = await app.server.inject('/white-paper');
    const chapters = (await funnel.press.chapters('white-paper')).filter(({ number }) => number !== null);
    expect([...body.matchAll(CONTENTS_PAGE)].map(([, page]) => Number(page))).toEqual(
      chapters.map(({ page }) => page),
    );
    const list = /<ul class="toc">[\s\S]*?<\/ul>/.exec(body)?.[0] ?? '';
    for (const { number, title } of chapters)
      expect(list).toMatch(new RegExp(`<h3>${title}</h3><span class="number" aria-hidden="true">${number}<`));
    expect(body).toContain(`${await funnel.press.pages('white-paper')} pages, about `);
  });

  it('claim no page for a title that is no chapter of the document', async () => {
    const dir = edited('white-paper', '- title: Four weeks\n', '- title: A month\n');
    const { app } = await testFunnel({ env: { CONTENT_DIR: dir } });
    await app.contentChanged();
    const { body } = await app.server.inject('/white-paper');
    expect(body).toContain('<h3>A month</h3><p class="small">');
    expect([...body.matchAll(CONTENTS_PAGE)]).toHaveLength(5);
  });

  it('fill in the document’s pages where a line names them, and say nothing before they are known', async () => {
    const to = 'text: Worksheets on {{pages}} pages.';
    const dir = edited(
      'white-paper',
      'text: A plan for about three hours a week, with worksheets to fill in and a checklist.',
      to,
    );
    const { app, funnel } = await testFunnel({ env: { CONTENT_DIR: dir } });
    expect((await app.server.inject('/white-paper')).body).not.toContain('Worksheets on');
    await app.contentChanged();
    const pages = await funnel.press.pages('white-paper');
    expect((await app.server.inject('/white-paper')).body).toContain(`Worksheets on ${pages} pages.`);
  });
});

describe('the text that is free to read', () => {
  it('is set as the page of the chapter with whose heading it begins', async () => {
    const { app, funnel } = await testFunnel();
    await app.contentChanged();
    const { body } = await app.server.inject('/white-paper');
    const [first] = (await funnel.press.chapters('white-paper')).filter(({ number }) => number === 1);
    const pages = await funnel.press.pages('white-paper');
    expect(body).toMatch(
      /class="sheet-head"><span class="number" aria-hidden="true">1<\/span><h3>The 80% that/,
    );
    expect(body).toContain(`Page ${first?.page} of ${pages}</span>`);
    expect(body).not.toContain('<h1>The 80%');
  });

  it('is a plain text where it begins with none', async () => {
    const { app } = await testFunnel();
    await app.contentChanged();
    const { body } = await app.server.inject('/infographic');
    expect(body).toContain('<strong>56%</strong>');
    expect(body).not.toContain('class="sheet-head"');
  });
});

describe('the page after the form', () => {
  it('shows the very sender and subject of the email to look for', async () => {
    const { app, signUp, send, inbox } = await testFunnel();
    await signUp({ email: 'maria@example.com' });
    await send();
    const [email] = inbox;
    const { body } = await app.server.inject('/white-paper/check-inbox');
    expect(body).toContain(`<dd>${email?.subject}</dd>`);
    const [, name, address] = /^(.*) <(.*)>$/.exec(email?.from.replaceAll('"', '') ?? '') ?? [];
    expect(body).toContain(`<dd>${name} <span>${address}</span></dd>`);
  });
});

describe('the menu of every page', () => {
  it('opens in its place without a script, and leads to all that the foot leads to, the other language among it', async () => {
    const { app } = await testFunnel();
    for (const url of ['/', '/white-paper', '/livre-blanc', '/articles', '/fr/privacy', '/nope']) {
      const { body } = await app.server.inject(url);
      const menu = /<details class="menu">([\s\S]*?)<\/details>/.exec(body)?.[1] ?? '';
      const plain = /<nav class="mainnav"[\s\S]*?<\/nav>/.exec(body)?.[0] ?? '';
      const foot = /<nav class="sitenav"[\s\S]*?<\/nav>/.exec(body)?.[0] ?? '';
      const links = (html: string) => html.match(/<a [^>]+>/g) ?? [];
      expect(links(menu).length).toBeGreaterThan(4);
      // An error page knows no counterpart.
      expect([url, /hreflang="(?:fr|en)" lang=/.test(menu)]).toEqual([url, url !== '/nope']);
      expect([links(menu), links(plain)]).toEqual([links(foot), links(foot)]);
    }
  });

  it('tells the language of an entry that leads to another one', async () => {
    const { app } = await testFunnel();
    const entry = 'href="https://wordrightcareer.com/"';
    expect((await app.server.inject('/livre-blanc')).body).toContain(`${entry} hreflang="en"`);
    expect((await app.server.inject('/white-paper')).body).not.toContain(`${entry} hreflang`);
  });
});

describe('the foot of every page', () => {
  it('begins with where help is, and then leads to all pages', async () => {
    const { app, funnel } = await testFunnel();
    const { email } = funnel.content.current().site.coach;
    for (const url of ['/', '/white-paper', '/white-paper/check-inbox', '/articles', '/privacy', '/nope']) {
      const { body } = await app.server.inject(url);
      const foot = /<footer[\s\S]*<\/footer>/.exec(body)?.[0] ?? '';
      expect(/href="([^"]+)"/.exec(foot)?.[1]).toBe(`mailto:${email}`);
      expect(foot.indexOf('class="sitenav"')).toBeGreaterThan(foot.indexOf('mailto:'));
    }
  });
});
