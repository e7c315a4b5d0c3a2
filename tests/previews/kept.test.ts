import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { MANIFEST, manifestSchema } from '../../src/content/previews.ts';
import { ROOT } from '../../src/root.ts';
import { draftsOf } from '../../previews/draft.ts';
import { sizeOf } from './size.ts';

const KB = 1024;
const FOLDER = join(ROOT, 'assets/previews');
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(FOLDER, MANIFEST), 'utf8')));
const offers = Object.values(manifest.offers);
const webps = offers.flatMap(({ sheets }) => sheets.flatMap(({ webp }) => webp));
const pngs = offers.flatMap(({ sheets }) => sheets.map(({ png }) => png));
const cards = [...offers.map(({ card }) => card), manifest.site.card];
const bytesOf = (file: string) => readFileSync(join(FOLDER, file));

describe('the pictures kept in assets/previews', () => {
  it('are those on the list, and no others', () => {
    const named = [...webps, ...pngs, ...cards].map(({ file }) => file);
    const lying = globSync('**/*.*', { cwd: FOLDER }).map((file) => file.replaceAll('\\', '/'));
    expect(new Set(lying)).toEqual(new Set([...named, MANIFEST]));
    expect(new Set(named).size).toBe(named.length);
  });

  it('have the size that the list states', () => {
    for (const { file, width, height } of [...webps, ...pngs, ...cards]) {
      expect([file, sizeOf(bytesOf(file))]).toEqual([file, { width, height }]);
    }
    for (const { width, height } of cards) expect([width, height]).toEqual([1200, 630]);
  });

  it('are light: WebP under 75 KB, PNG under 150 KB', () => {
    const heavy = (most: number) => (picture: { readonly file: string }) =>
      bytesOf(picture.file).length > most;
    expect(webps.filter(heavy(75 * KB))).toEqual([]);
    expect([...pngs, ...cards].filter(heavy(150 * KB))).toEqual([]);
  });

  it('show the first page of each document, and two more of the paper', async () => {
    const pages = Object.fromEntries(
      Object.entries(manifest.offers).map(([key, { sheets }]) => [key, sheets.map(({ page }) => page)]),
    );
    const three = [1, expect.any(Number), expect.any(Number)];
    expect(pages).toEqual({ 'white-paper': three, infographic: [1], 'livre-blanc': three, infographie: [1] });
    for (const paper of ['white-paper', 'livre-blanc']) expect(new Set(pages[paper]).size).toBe(3);
  });

  it('are of the sample as it is written and drawn today; if not, make them anew: npm run previews', async () => {
    const loaded = await loadContent([join(ROOT, 'assets/content')]);
    if (!loaded.ok) throw new Error('The sample has mistakes.');
    const drafts = await draftsOf(loaded.content);
    const today = drafts.offers.map(({ key, source, drawing }) => [key, source, drawing]);
    const kept = Object.entries(manifest.offers).map(([key, { source, drawing }]) => [key, source, drawing]);
    const { site } = drafts;
    await drafts.close();
    expect(kept).toEqual(today);
    expect([manifest.site.source, manifest.site.drawing]).toEqual([site.source, site.drawing]);
  });
});
