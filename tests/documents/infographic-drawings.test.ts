import { describe, expect, test } from 'vitest';
import type { Panel } from '../../src/content/infographic-model.ts';
import type { Sheets } from '../../src/documents/layout/shapes.ts';
import { loadLook } from '../../src/kernel/look.ts';
import { PANELS, sampleContent, withPanels, words } from './fixture.ts';
import { marksOn, sheetsOf, testFaces } from './sheets.ts';

const FORMS = [
  { form: 'sheet', variant: {} },
  { form: 'phone', variant: { screen: 'narrow' } },
  { form: 'desk', variant: { screen: 'wide' } },
] as const;

const NOTE: Panel = { kind: 'note', line: 1, title: 'First', text: words(8) };

describe.each(FORMS)('a drawing on a $form', ({ variant }) => {
  const setWith = async (...panels: readonly Panel[]) =>
    await sheetsOf(withPanels([...panels, ...PANELS.slice(2, 4)])(sampleContent()), 'graphic', variant);

  test.each([
    [56, 18.8, 5, 0],
    [3, 4],
    [0.2, 0.1],
  ])('has bars as long as their values are large: %d, %d', async (...values) => {
    const bars = values.map((value) => ({ label: `Value ${value}`, value }));
    const sheets = await setWith({ kind: 'bars', line: 2, title: 'Bars', unit: '%', source: 1, bars }, NOTE);
    const drawn = figureMarks(sheets, 'Value').flatMap(({ shape }) => (shape.kind === 'rect' ? [shape] : []));
    const most = Math.max(...values);
    const longest = Math.max(...drawn.map(({ w }) => w));
    expect(drawn).toHaveLength(values.length);
    expect(longest).toBeGreaterThan(100);
    // From a common zero, equally thick.
    expect(new Set(drawn.map(({ x, h }) => `${x.toFixed(3)} ${h}`)).size).toBe(1);
    drawn.forEach(({ w }, index) => {
      const length = ((values[index] ?? 0) / most) * longest;
      // A bar of nothing is a hairline.
      expect(w).toBeCloseTo(Math.max(1, length), 3);
    });
  });

  test.each([
    { low: 76, high: 76 },
    { low: 1, high: 1 },
    { low: 100, high: 100 },
    { low: 0, high: 20 },
    { low: 60, high: 70 },
  ])('has as many points filled and open as its share: $low to $high', async (share) => {
    const figure = {
      kind: 'figure',
      line: 2,
      value: `${share.high}%`,
      label: 'So many',
      source: 1,
      share,
    } as const;
    for (const panels of [
      [figure, NOTE],
      [NOTE, figure],
    ])
      expect(pointsOf(await setWith(...panels))).toEqual([
        ...Array.from({ length: share.low }, () => 'filled'),
        ...Array.from({ length: share.high - share.low }, () => 'open'),
        ...Array.from({ length: 100 - share.high }, () => 'pale'),
      ]);
  });

  test('strikes a number out from its first figure to its last', async () => {
    const faces = await testFaces();
    for (const value of ['80%', '7', '20 million']) {
      const myth = { kind: 'myth', line: 2, value, title: 'A myth', text: words(8) } as const;
      for (const panels of [
        [myth, NOTE],
        [NOTE, myth],
      ]) {
        const sheets = await setWith(...panels);
        const number = marksOn(sheets, 0).flatMap(({ shape }) =>
          shape.kind === 'text' && shape.text.trim() === value ? [shape] : [],
        )[0];
        const [line, ...others] = figureMarks(sheets, 'struck').flatMap(({ shape }) =>
          shape.kind === 'rule' ? [shape] : [],
        );
        if (number === undefined || line === undefined) throw new Error('There is no number, or no line.');
        expect(others).toEqual([]);
        const { x, y, size } = number;
        const { width } = faces.measure(number.face, value, size);
        expect(line.x1).toBeGreaterThanOrEqual(x);
        expect(line.x1).toBeLessThan(x + 0.1 * size);
        expect(line.x2).toBeGreaterThan(x + width - 0.1 * size);
        expect(line.x2).toBeLessThanOrEqual(x + width + 0.1 * size);
        // Figures of this family are two thirds of the size high.
        for (const end of [line.y1, line.y2]) {
          expect(end).toBeGreaterThan(y - 0.67 * size);
          expect(end).toBeLessThan(y);
        }
      }
    }
  });
});

/** The marks of the drawing whose description has these words, moved to where they stand. */
function figureMarks(sheets: Sheets, alt: string) {
  return marksOn(sheets, 0).filter(({ tag }) => tag?.type === 'Figure' && tag.alt?.includes(alt) === true);
}

const { light } = loadLook().colors;
/** An open point is a ring: a smaller one in the colour of the page on it. */
function isHole(outer: number, inner: number, fill: string): boolean {
  return fill === light.surface && inner < 0.8 * outer;
}

/** What the points of the only field show, row by row. */
function pointsOf(sheets: Sheets): readonly string[] {
  const dots = figureMarks(sheets, 'of 100 points').flatMap(({ shape }) =>
    shape.kind === 'dot' ? [shape] : [],
  );
  const places = Map.groupBy(dots, ({ x, y }) => `${y.toFixed(2)} ${x.toFixed(2)}`);
  return [...places.values()]
    .toSorted(([one], [other]) => (one?.y ?? 0) - (other?.y ?? 0) || (one?.x ?? 0) - (other?.x ?? 0))
    .map((at) => {
      const [below, above] = at;
      if (below?.fill !== light.ink) return below?.fill === light.line ? 'pale' : 'strange';
      return above === undefined ? 'filled' : isHole(below.r, above.r, above.fill) ? 'open' : 'strange';
    });
}
