import { beforeAll, describe, expect, test } from 'vitest';
import { openPdf } from '../../previews/raster.ts';
import type { OpenedPdf } from '../../previews/raster.ts';
import { bytesOf } from '../../src/documents/model.ts';
import { readAnswers } from '../../src/documents/press/answers.ts';
import { fillBase, readyBase } from '../../src/documents/press/fill.ts';
import type { ReadyBase } from '../../src/documents/press/fill.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import type { PrintOrder } from '../../src/documents/press/printer.ts';
import { FONTS, heading, paragraph, sampleContent, text, withBlocks, withPanels } from './fixture.ts';

const printer = createPrinter(FONTS);
const content = withPanels([])(
  withBlocks([
    heading(1, 'A chapter'),
    { kind: 'personal', field: 'name', before: '', after: ',', without: '', line: 1 },
    paragraph('A paragraph.'),
    {
      kind: 'worksheet',
      title: 'Your list',
      above: [
        { kind: 'personal', field: 'role', before: 'For “', after: '” – now', without: 'For you', line: 2 },
      ],
      items: [text('A prompt')],
      line: 3,
    },
  ])(sampleContent()),
);
const orders = (['paper', 'graphic'] as const).map((offer): PrintOrder => ({
  content,
  variant: { offer, situation: null, paper: 'a4' },
  publicUrl: 'https://funnel.example',
}));
const bases: ReadyBase[] = [];
beforeAll(async () => {
  for (const order of orders) bases.push(readyBase(await printer.base(order)));
});

describe('a document that is filled in and one that is made whole', () => {
  test.each([
    ['a short name', 'Jo', 'CTO'],
    ['letters that would be drawn nearer together', 'AVA TOLLER-WÄTY, Ph.D.', 'VP, AV & Td.'],
    ['no answers', '', ''],
    ['long names, set smaller', 'Bartholomew '.repeat(5), 'Chief Executive Officer '.repeat(4)],
    ['names that are cut', 'W'.repeat(80), 'MW'.repeat(40)],
    ['Greek and Cyrillic', 'Ελένη Παπαδοπούλου', 'Генеральний директор'],
    ['Vietnamese, decomposed', 'Nguyễn Thị Ánh'.normalize('NFD'), 'Giám đốc điều hành'.normalize('NFD')],
    ['what is left out', '李 Wei 🎉', 'Ｖ𝓟 (ops) \\'],
  ])('look the same and read the same: %s', async (_, name, role) => {
    const reader = { name, role, situation: null };
    for (const [at, order] of orders.entries()) {
      const base = bases[at];
      if (base === undefined) throw new Error('There is no base.');
      const read = readAnswers(reader, base.letters);
      if (read.kind === 'beyond') throw new Error('The name would not be filled in.');
      const filled = await openPdf(bytesOf(fillBase(base, read.answers)));
      const whole = await openPdf(await printer.whole(order, reader));
      expect(whole.pages.map(({ letters }) => letters)).toEqual(filled.pages.map(({ letters }) => letters));
      expect(await differences(filled, whole)).toEqual([]);
      await filled.close();
      await whole.close();
    }
  });
});

test('a picture tells two names apart', async () => {
  const [, order] = orders;
  if (order === undefined) throw new Error('There is no order.');
  const [ann, anm] = await Promise.all(
    ['Ann Lee', 'Ann Iee'].map(async (name) =>
      openPdf(await printer.whole(order, { name, role: null, situation: null })),
    ),
  );
  if (ann === undefined || anm === undefined) throw new Error('There are no documents.');
  expect(await differences(ann, anm)).toEqual([1]);
});

/** Pages of which any pixel differs, at 108 dots an inch. */
async function differences(one: OpenedPdf, other: OpenedPdf): Promise<readonly number[]> {
  const differing: number[] = [];
  expect(other.pages).toHaveLength(one.pages.length);
  for (const [at, page] of one.pages.entries()) {
    const [left, right] = [await page.draw(WIDTH), await other.pages[at]?.draw(WIDTH)];
    const pixels = [left, right].map((canvas) => canvas?.data());
    if (pixels[0] === undefined || pixels[1] === undefined || !pixels[0].equals(pixels[1]))
      differing.push(page.number);
  }
  return differing;
}

const WIDTH = 893;
