import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import type { Content } from '../../src/content/model.ts';
import { ROOT } from '../../src/root.ts';
import { sheetsOf, testFaces, textsOn } from './sheets.ts';

let content: Content;
beforeAll(async () => {
  const loaded = await loadContent([join(ROOT, 'assets/content')]);
  if (!loaded.ok) throw new Error('The sample content is wrong.');
  content = loaded.content;
});

describe('the infographic of the sample', () => {
  test.each(['infographic', 'infographie'])(
    '%s fits on one page of both papers, and on a second one for every situation',
    async (offer) => {
      for (const paper of ['a4', 'letter'] as const) {
        for (const situation of [undefined, ...content.site.situations.map(({ key }) => key)]) {
          const sheets = await sheetsOf(content, offer, {
            paper,
            ...(situation === undefined ? {} : { situation }),
          });
          expect(sheets.pages, `${paper} ${situation}`).toHaveLength(situation === undefined ? 1 : 2);
          expect(sheets.problems).toEqual([]);
        }
      }
    },
  );

  test('has no text below 9.5 points but the small print, and none of that below 7.5', async () => {
    for (const paper of ['a4', 'letter'] as const) {
      const texts = textsOn(await sheetsOf(content, 'infographic', { paper }), 0);
      const sizes = texts.filter(({ tag }) => tag?.type !== 'Link').map(({ size }) => size);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(7.5);
      const small = texts.filter(({ size, tag }) => size < 9.5 && tag?.type !== 'Link');
      // Whose page it is, the sources, the foot: nothing of the panels.
      const { sources } = content.offers
        .map(({ document }) => document)
        .find((document) => document.kind === 'infographic')!;
      const { name, coach } = content.site;
      const known = [name, coach.name, 'Sources', 'Edition', 'Page', ...sources.map(({ text }) => text)];
      const stray = small
        .map(({ text }) => text.trim())
        .filter(
          (text) => !/^\d+$/.test(text) && !known.some((one) => one.includes(text) || text.includes(one)),
        );
      expect(stray).toEqual([]);
    }
  });

  test('numbers its sources in the order in which they are named, as they stand in the list', () => {
    const source = content.offers.find(({ document }) => document.kind === 'infographic')?.document;
    if (source?.kind !== 'infographic') throw new Error('The sample has no infographic.');
    const named = source.panels.flatMap((panel) => ('source' in panel ? [panel.source] : []));
    expect([...new Set(named)]).toEqual(source.sources.map(({ id }) => id));
    expect(source.sources.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  });

  test('opens with a number that is ten times as large as its text', async () => {
    const texts = textsOn(await sheetsOf(content, 'infographic'), 0);
    expect(texts.find(({ text }) => text.trim() === '80%')?.size).toBeGreaterThan(100);
  });

  test('has a description and a box for every drawing, each within the page', async () => {
    const { pages, width, height } = await sheetsOf(content, 'infographic');
    const figures = new Set(
      pages.flatMap(({ pieces }) =>
        pieces.flatMap(({ marks }) => marks.flatMap(({ tag }) => (tag?.type === 'Figure' ? [tag] : []))),
      ),
    );
    expect([...figures].map(({ alt }) => alt)).toEqual([
      'A line strikes the 80% out.',
      'Through personal contacts: 56%; Through advertisements or agencies: 18.8%; By applying directly: 18.8%',
      expect.stringContaining('Somebody you half know'),
      '76 of 100 points are filled',
      '20 of 100 points are open: the number lies somewhere below',
      '60 of 100 points are filled, and the points up to 70 are open',
    ]);
    for (const { box = [-1, -1, -1, -1] } of figures) {
      const [left, top, right, bottom] = box;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(right).toBeGreaterThan(left);
      expect(bottom).toBeGreaterThan(top);
      expect(right).toBeLessThanOrEqual(width);
      expect(bottom).toBeLessThanOrEqual(height);
    }
  });

  test.each([
    { screen: 'narrow', width: 360, right: 340.5, left: 13, least: 14 },
    { screen: 'wide', width: 900, right: 844.5, left: 43, least: 12.5 },
  ] as const)('on a $screen screen has no text beyond it, and none below $least pixels', async (expected) => {
    const { screen, width, right, left, least } = expected;
    const sheets = await sheetsOf(content, 'infographic', { screen });
    const faces = await testFaces();
    expect(sheets.width).toBe(width);
    expect(sheets.pages).toHaveLength(1);
    for (const { text, face, size, x, y, tag } of textsOn(sheets, 0)) {
      // Raised numbers are smaller.
      expect(tag?.type === 'Link' || size >= least).toBe(true);
      expect(x + faces.measure(face, text.trimEnd(), size).width).toBeLessThanOrEqual(right);
      expect(x).toBeGreaterThanOrEqual(left);
      expect(y).toBeLessThanOrEqual(sheets.height);
    }
  });
});
