import { describe, expect, test } from 'vitest';
import type { Panel } from '../../src/content/infographic-model.ts';
import type { Mark, Sheets } from '../../src/documents/layout/shapes.ts';
import { contrast } from './contrast.ts';
import { PANELS, sampleContent, withPanels, words } from './fixture.ts';
import { marksOn, sheetsOf, testFaces, textsOn } from './sheets.ts';

const note = (title: string, count: number): Panel => ({ kind: 'note', line: 9, title, text: words(count) });

const setWith = async (...panels: readonly Panel[]) =>
  await sheetsOf(withPanels(panels)(sampleContent()), 'graphic');

/** Of a page of four notes in two strips: at which scale it is set, and the white above each strip and above the sources. */
async function pageOf(count: number) {
  const sheets = await setWith(...['One', 'Two', 'Three', 'Four'].map((title) => note(title, count)));
  expect(sheets.problems).toEqual([]);
  const [head, first, , second] = marksOn(sheets, 0).flatMap(({ shape }) =>
    shape.kind === 'rect' ? [shape] : [],
  );
  const title = textOf(sheets, 'One');
  const sources = textOf(sheets, 'Sources');
  if (head === undefined || first === undefined || second === undefined) throw new Error('No strips.');
  const end = second.y + second.h;
  const gaps = [first.y - head.h, second.y - first.y - first.h, sources.y - 0.979 * sources.size - end];
  const scale = title.size / TITLE;
  return { scale, gaps, more: gaps.map((gap) => gap - GAP * scale) };
}

/** At scale 1, points: the title of a panel, the least white between two strips, and the most that is added to it. */
const TITLE = 15;
const GAP = 21;
const MOST_MORE = 13;

describe('the page of an infographic', () => {
  test('is set in the largest type that fits: little white is left over', async () => {
    expect((await pageOf(20)).scale).toBeGreaterThan(1.29);
    let before = Infinity;
    for (const count of [80, 95, 110, 120]) {
      const { scale, more } = await pageOf(count);
      expect(scale).toBeLessThanOrEqual(before);
      before = scale;
      expect(more.reduce((sum, each) => sum + each, 0)).toBeLessThan(40);
    }
    expect(before).toBeLessThan(1.1);
  });

  test('has the white that is left evenly between its strips, and no more than looks well', async () => {
    const {
      gaps: [above = 0, between = 0, below = 0],
      more,
    } = await pageOf(20);
    expect(more[0]).toBeCloseTo(MOST_MORE, 1);
    expect(above).toBeCloseTo(between, 6);
    // The sources stand at the foot of the page.
    expect(below).toBeGreaterThan(above + 50);
    for (const count of [80, 95, 110, 120]) {
      const { gaps, more } = await pageOf(count);
      expect(more[0]).toBeGreaterThan(0.5);
      for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] ?? 0, 0);
    }
  });
});

test.each([{}, { screen: 'narrow' }, { screen: 'wide' }] as const)(
  'every text can be read on the ground it stands on: %j',
  async (variant) => {
    const myth: Panel = { kind: 'myth', line: 1, value: '80%', title: 'A myth', text: words(8), source: 1 };
    const ties: Panel = {
      kind: 'ties',
      line: 2,
      title: 'The tie',
      near: 'Near',
      weak: 'Half known',
      far: 'Far',
      text: words(8),
      source: 2,
    };
    const sheets = await sheetsOf(withPanels([myth, ...PANELS, ties])(sampleContent()), 'graphic', variant);
    expect(sheets.problems).toEqual([]);
    const told = await readTexts(sheets);
    expect(told.length).toBeGreaterThan(40);
    // White page, wash of the notes, ink of the steps, accent behind their numbers, paper of the head.
    expect(new Set(told.map(({ ground }) => ground)).size).toBe(5);
    expect(told.filter(({ color, ground }) => contrast(color, ground) < 4.5)).toEqual([]);
  },
);

/** Every text with what is drawn under its middle. */
async function readTexts(sheets: Sheets) {
  const faces = await testFaces();
  const marks = marksOn(sheets, 0);
  return marks.flatMap(({ shape }, index) => {
    if (shape.kind !== 'text') return [];
    const text = shape.text.trim();
    const x = shape.x + faces.measure(shape.face, text, shape.size).width / 2;
    const y = shape.y - 0.3 * shape.size;
    const ground = marks
      .slice(0, index)
      .map((mark) => fillAt(mark, x, y))
      .findLast((fill) => fill !== null);
    return [{ text, color: shape.color, ground: ground ?? '#FFFFFF' }];
  });
}

function fillAt({ shape }: Mark, x: number, y: number): string | null {
  if (shape.kind === 'rect')
    return x >= shape.x && x <= shape.x + shape.w && y >= shape.y && y <= shape.y + shape.h
      ? shape.fill
      : null;
  if (shape.kind === 'dot') return Math.hypot(x - shape.x, y - shape.y) <= shape.r ? shape.fill : null;
  return null;
}

function textOf(sheets: Sheets, text: string) {
  const found = textsOn(sheets, 0).find((one) => one.text.trim() === text);
  if (found === undefined) throw new Error(`There is no “${text}”.`);
  return found;
}
