import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import type { Content } from '../../src/content/model.ts';
import {
  documentSource,
  MANIFEST,
  manifestSchema,
  offerCard,
  siteSource,
} from '../../src/content/previews.ts';
import { ROOT } from '../../src/root.ts';
import { testFunnel } from '../support/funnel.ts';

const PICTURES = join(ROOT, 'assets/previews');

/** A coach's own content folder: the sample with some words of one file replaced. */
function ownContent(file: string, from: string, to: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'content-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  cpSync(join(ROOT, 'assets/content'), dir, { recursive: true });
  const path = join(dir, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} holds no “${from}”.`);
  writeFileSync(path, text.replaceAll(from, to));
  return dir;
}

/** What `npm run previews` leaves in a content folder; the sample's pictures stand in for its own. */
async function makeOwn(dir: string): Promise<void> {
  const loaded = await loadContent([dir]);
  if (!loaded.ok) throw new Error('The content has mistakes.');
  const { content } = loaded;
  const kept = manifestSchema.parse(JSON.parse(readFileSync(join(PICTURES, MANIFEST), 'utf8')));
  for (const offer of content.offers) {
    const made = kept.offers[offer.key];
    if (made !== undefined) made.source = documentSource(content, offer);
  }
  kept.site.source = siteSource(content);
  cpSync(PICTURES, join(dir, 'previews'), { recursive: true });
  writeFileSync(join(dir, 'previews', MANIFEST), JSON.stringify(kept));
}

/** A picture that leads to a larger one. */
const LARGER = /<a class="larger[ a-z]*" href="([^"]+)"><picture>/g;
const pictures = (body: string) => body.match(/<picture>[\s\S]*?<\/picture>/g) ?? [];
const cardOf = (body: string) => /<meta property="og:image" content="([^"]+)">/.exec(body)?.[1];

describe('a landing page', () => {
  it('shows the first page and two more, in WebP with PNG behind it, with their sizes and what they show', async () => {
    const { app } = await testFunnel();
    const { body } = await app.server.inject('/white-paper');
    const [first = '', ...inner] = pictures(body);
    expect(inner).toHaveLength(2);
    for (const picture of [first, ...inner]) {
      expect(picture).toMatch(
        /<source type="image\/webp" srcset="\S+\.webp 360w, \S+\.webp 720w" sizes="[^"]+">/,
      );
      expect(picture).toMatch(/<img src="\/assets\/[^"]+\.png" width="720" height="1018" alt="[^"]{10,}"/);
    }
    expect(first).toContain('fetchpriority="high"');
    expect(body.match(/fetchpriority/g)).toHaveLength(1);
    expect(first).not.toContain('loading="lazy"');
    expect(inner.every((picture) => picture.includes('loading="lazy"'))).toBe(true);
    expect(first).toContain('alt="The first page of “Early and by Name');
    expect(inner[0]).toMatch(/alt="Page \d+, from the chapter “/);
    for (const [, href = ''] of body.matchAll(LARGER)) {
      expect((await app.server.inject(href)).headers['content-type']).toBe('image/png');
    }
    expect(body.match(LARGER)).toHaveLength(3);
  });

  it('shows the one page of the infographic', async () => {
    const { app } = await testFunnel();
    expect(pictures((await app.server.inject('/infographic')).body)).toHaveLength(1);
  });

  it('names its own card to other sites, at the address of the configuration', async () => {
    const { app, funnel } = await testFunnel();
    const { body } = await app.server.inject({ url: '/white-paper', headers: { host: 'evil.example' } });
    const [offer] = funnel.content.current().offers;
    expect(cardOf(body)).toMatch(/^http:\/\/funnel\.test\/assets\/white-paper-card\.[0-9a-f]{10}\.png$/);
    expect(body).toContain('<meta property="og:image:width" content="1200">');
    expect(body).toContain('<meta property="og:image:height" content="630">');
    expect(body).toContain(`<meta property="og:title" content="${offer?.title}">`);
    expect(body).toContain('<meta property="og:url" content="http://funnel.test/white-paper">');
    expect(body).toContain('<meta name="twitter:card" content="summary_large_image">');
    const { title, subtitle } = offerCard(funnel.content.current(), offer as Content['offers'][number]);
    expect(body).toContain(`${title}. ${subtitle}.`);
  });
});

describe('the pictures', () => {
  it('are kept by browsers for good, under addresses that change with them', async () => {
    const { app } = await testFunnel();
    const { body } = await app.server.inject('/white-paper');
    const paths = [...body.matchAll(/(\/assets\/white-paper-[^" ]+\.(png|webp))/g)];
    expect(new Set(paths.map(([, path]) => path)).size).toBe(10);
    for (const [, path = '', ending = ''] of paths) {
      const answer = await app.server.inject(path);
      expect([path, answer.statusCode]).toEqual([path, 200]);
      expect(answer.headers['content-type']).toBe(`image/${ending}`);
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      const again = await app.server.inject({
        url: path,
        headers: { 'if-none-match': String(answer.headers.etag) },
      });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    }
  });

  it('are there for a browser that asks for one before anybody asked for a page', async () => {
    const before = await testFunnel();
    const { body } = await before.app.server.inject('/white-paper');
    const path = /src="(\/assets\/white-paper-[^"]+)"/.exec(body)?.[1] ?? '';
    const { app } = await testFunnel();
    expect((await app.server.inject(path)).statusCode).toBe(200);
  });

  it('stand on the cards of the first page too, where they say nothing that the title does not', async () => {
    const { app } = await testFunnel();
    const { body } = await app.server.inject('/');
    expect(pictures(body)).toHaveLength(2);
    expect(pictures(body).every((picture) => picture.includes('alt=""'))).toBe(true);
    expect(cardOf(body)).toMatch(/\/assets\/card\.[0-9a-f]{10}\.png$/);
    expect(cardOf((await app.server.inject('/articles')).body)).toBe(cardOf(body));
  });

  it('stand beside an article as well, and are fetched only when they come into sight', async () => {
    const { app } = await testFunnel();
    const beside = pictures((await app.server.inject('/articles/losing-the-job-offer')).body);
    expect(beside).toHaveLength(2);
    expect(beside.every((picture) => picture.includes('loading="lazy"'))).toBe(true);
  });

  it('are on no page that is not to be found, such as an unknown one', async () => {
    const { app } = await testFunnel();
    expect((await app.server.inject('/nope')).body).not.toContain('og:');
  });
});

describe('another coach’s pages', () => {
  it('never show the pictures of the sample: a drawn cover stands in their place', async () => {
    const dir = ownContent('site.yaml', 'WordRight Career', 'Low Career');
    const { app } = await testFunnel({ env: { CONTENT_DIR: dir } });
    for (const url of ['/', '/white-paper', '/infographic']) {
      const { body } = await app.server.inject(url);
      expect(pictures(body)).toEqual([]);
      expect(cardOf(body)).toBeUndefined();
      expect(body).not.toContain('summary_large_image');
      expect(body).toContain('class="cover"');
    }
    const old = await testFunnel();
    const path = new URL(cardOf((await old.app.server.inject('/')).body) ?? '').pathname;
    expect((await app.server.inject(path)).statusCode).toBe(404);
  });

  it('show those that were made of her words', async () => {
    const dir = ownContent('site.yaml', 'WordRight Career', 'Low Career');
    await makeOwn(dir);
    const { app } = await testFunnel({ env: { CONTENT_DIR: dir } });
    expect(pictures((await app.server.inject('/white-paper')).body)).toHaveLength(3);
    expect(cardOf((await app.server.inject('/')).body)).toBeDefined();
  });

  it('lose only the pictures of the document whose words she changed', async () => {
    const dir = ownContent('offers/infographic/document.yaml', 'Hidden Job Market', 'Quiet Job Market');
    const { app } = await testFunnel({ env: { CONTENT_DIR: dir } });
    expect(pictures((await app.server.inject('/infographic')).body)).toHaveLength(0);
    expect(pictures((await app.server.inject('/white-paper')).body)).toHaveLength(3);
  });

  it('keep them when only words change that no picture shows', async () => {
    const dir = ownContent('offers/white-paper/offer.yaml', 'landing:', '# of the page\nlanding:');
    const { app } = await testFunnel({ env: { CONTENT_DIR: dir } });
    expect(pictures((await app.server.inject('/white-paper')).body)).toHaveLength(3);
  });

  it('lose them and get them back with an edit and its undoing, without a restart', async () => {
    const dir = ownContent('site.yaml', 'WordRight Career', 'WordRight Career');
    const { app, funnel } = await testFunnel({ env: { CONTENT_DIR: dir } });
    const site = readFileSync(join(dir, 'site.yaml'), 'utf8');
    const shown = async () => pictures((await app.server.inject('/white-paper')).body).length;
    expect(await shown()).toBe(3);
    writeFileSync(join(dir, 'site.yaml'), site.replaceAll('WordRight Career', 'Low Career'));
    expect(await funnel.content.reload()).toEqual([]);
    expect(await shown()).toBe(0);
    writeFileSync(join(dir, 'site.yaml'), site);
    expect(await funnel.content.reload()).toEqual([]);
    expect(await shown()).toBe(3);
  });

  it('come without pictures, and with a warning, when the folder of pictures is damaged', async () => {
    const dir = ownContent('site.yaml', 'WordRight Career', 'Low Career');
    const damages: readonly ((previews: string) => void)[] = [
      (previews) => writeFileSync(join(previews, MANIFEST), '{'),
      (previews) => writeFileSync(join(previews, MANIFEST), '{"offers":{},"site":{}}'),
      (previews) => rmSync(join(previews, 'white-paper/card.png')),
    ];
    for (const damage of damages) {
      rmSync(join(dir, 'previews'), { recursive: true, force: true });
      mkdirSync(join(dir, 'previews'));
      await makeOwn(dir);
      damage(join(dir, 'previews'));
      const { app, takeLog } = await testFunnel({ env: { CONTENT_DIR: dir } });
      const answer = await app.server.inject('/white-paper');
      expect([answer.statusCode, pictures(answer.body)]).toEqual([200, []]);
      expect(takeLog().filter((line) => line.includes('npm run previews'))).toHaveLength(1);
    }
  });

  it('read no file outside the folder of pictures, whatever its list says', () => {
    const list = JSON.parse(readFileSync(join(PICTURES, MANIFEST), 'utf8')) as { site: { card: object } };
    for (const file of ['../content/site.yaml', '/etc/passwd', 'a/../../x.png', 'a/b/c.png', 'x.svg']) {
      const changed = { ...list, site: { ...list.site, card: { ...list.site.card, file } } };
      expect(manifestSchema.safeParse(changed).success).toBe(false);
    }
    expect(manifestSchema.safeParse(list).success).toBe(true);
  });
});
