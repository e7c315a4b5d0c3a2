import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CardWords } from '../../src/content/previews.ts';
import { loadFaces } from '../../src/documents/layout/faces.ts';
import { ROOT } from '../../src/root.ts';
import { CARD, cardSheets, COVER } from '../../previews/card.ts';

const SHORT: CardWords = { site: 'Low & Co', title: 'Early', subtitle: 'In brief', by: 'Ada Low' };
const LONG: CardWords = {
  site: 'The Association of Career Consultancies of the Northern Provinces and Territories',
  title: `${'A title that goes on and on and does not end where one would like it to '.repeat(3)}at all`,
  subtitle: 'A subtitle that is no shorter, because whoever wrote the title wrote this too, and meant it all',
  by: 'Ada Wilhelmina Low-Featherstonehaugh-Cholmondeley · Consultant for careers of every kind',
};
const WORD: CardWords = { ...SHORT, title: 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3) };

const faces = await loadFaces(join(ROOT, 'assets/fonts'));

it.each([
  ['short', SHORT],
  ['long', LONG],
  ['one endless', WORD],
])('a card holds %s words, clear of each other, of its edges and of the cover', (_, words) => {
  const [page] = cardSheets(words, 'cover', faces, 'en').pages;
  const texts = (page?.pieces ?? []).flatMap(({ x, y, marks }) =>
    marks.flatMap(({ shape }) =>
      shape.kind === 'text' ? [{ ...shape, x: x + shape.x, y: y + shape.y }] : [],
    ),
  );
  expect(texts.length).toBeGreaterThanOrEqual(4);
  for (const { x, y, text, face, size } of texts) {
    expect(x + faces.measure(face, text.trimEnd(), size).width).toBeLessThan(COVER.x);
    expect(y).toBeLessThan(CARD.height - 40);
  }
  const lines = texts.toSorted((one, other) => one.y - other.y);
  const tight = lines.filter(({ y, size }, index) => {
    const above = lines[index - 1];
    return above !== undefined && above.y !== y && y - above.y < size * 0.7;
  });
  expect(tight).toEqual([]);
});
