import { describe, expect, test } from 'vitest';
import { infographicText } from '../../src/content/infographic-text.ts';
import type { Panel } from '../../src/content/infographic-model.ts';
import { PANELS, pressFor, sampleContent, withPanels, words } from './fixture.ts';
import { sheetsOf, testFaces, textsOn } from './sheets.ts';

/** Of a sheet, a phone and a desk: how wide its text may be, and the least size of it. */
const FORMS = [
  { form: 'sheet', variant: {}, left: 42, right: 553.3, least: 9.5 },
  { form: 'phone', variant: { screen: 'narrow' }, left: 20, right: 340, least: 14 },
  { form: 'desk', variant: { screen: 'wide' }, left: 56, right: 844, least: 15 },
] as const;

const TIES = {
  kind: 'ties',
  line: 31,
  title: 'The tie',
  near: 'People you speak with nearly every week',
  weak: 'Somebody you once worked with and half know',
  far: 'People who hear of posts that you never hear of',
  text: words(20),
  source: 1,
} as const satisfies Panel;
const LIST: Panel = { kind: 'list', line: 32, title: 'A list', items: ['one thing', 'another', 'a third'] };
const bars = (unit: string): Panel => ({
  kind: 'bars',
  line: 30,
  title: 'Bars',
  unit,
  source: 1,
  bars: [
    { label: 'Through people', value: 384 },
    { label: 'Through paper', value: 52 },
  ],
});

const setWith = async (panels: readonly Panel[], { variant }: (typeof FORMS)[number]) =>
  await sheetsOf(withPanels([...panels, ...PANELS.slice(2, 4)])(sampleContent()), 'graphic', variant);

describe.each(FORMS)('an infographic on a $form', (form) => {
  test('has the names of the weak tie in lines, in type that can be read', async () => {
    for (const panels of [[TIES, LIST], [TIES]]) {
      const sheets = await setWith(panels, form);
      expect(sheets.problems).toEqual([]);
      const names = textsOn(sheets, 0).filter(({ tag }) => tag?.alt?.includes(TIES.near));
      expect(names.map(({ text }) => text.trim()).join(' ')).toBe(`${TIES.weak} ${TIES.near} ${TIES.far}`);
      for (const { size } of names) expect(size).toBeGreaterThanOrEqual(form.least);
    }
  });

  test('tells the names that find no room in type that can be read', async () => {
    const sheets = await setWith([{ ...TIES, near: words(30) }, LIST], form);
    expect(sheets.problems).toEqual([
      {
        line: 31,
        problem: expect.stringMatching(/^ties “The tie” has no room for “amber .*” in type that can be read/),
        remedy: 'Shorten it.',
      },
    ]);
  });

  test('keeps what bars say beside them, and leaves half of the width for the longest bar', async () => {
    for (const panels of [[bars(' million people asked'), LIST], [bars(' million people asked')]]) {
      const sheets = await setWith(panels, form);
      expect(sheets.problems).toEqual([]);
      const faces = await testFaces();
      const texts = textsOn(sheets, 0);
      const said = texts.filter(({ text }) => text.includes('million people'));
      const besides = texts.find(({ text }) => text.trim() === 'A list');
      const end = besides === undefined || form.form === 'phone' ? form.right : besides.x;
      expect(said).toHaveLength(2);
      for (const { x, face, text, size } of said) {
        expect(size).toBeGreaterThanOrEqual(form.least);
        expect(x + faces.measure(face, text.trim(), size).width).toBeLessThanOrEqual(end);
      }
      const longest = Math.max(...said.map(({ x }) => x)) - form.left;
      const part = form.form === 'phone' ? 0.4 : 0.49;
      expect(longest).toBeGreaterThan(part * (end - form.left - 24));
    }
  });

  test('tells a unit that finds no room in type that can be read', async () => {
    const sheets = await setWith([bars(` ${words(14)}`), LIST], form);
    expect(sheets.problems).toEqual([
      {
        line: 30,
        problem: expect.stringContaining('bars “Bars” has no room for “384'),
        remedy: 'Shorten it.',
      },
    ]);
    const faces = await testFaces();
    for (const { x, face, text, size } of textsOn(sheets, 0))
      expect(x + faces.measure(face, text.trim(), size).width).toBeLessThanOrEqual(form.right + 0.05);
  });

  test('tells a number of figures that finds no room in type that can be read', async () => {
    const value = '20 million people '.repeat(7).trim();
    const sheets = await setWith(
      [LIST, { kind: 'figure', line: 33, value, label: 'So many', source: 1 }],
      form,
    );
    expect(sheets.problems).toEqual([
      { line: 33, problem: expect.stringContaining('has no room for “20 million'), remedy: 'Shorten it.' },
    ]);
  });
});

test('what fits on paper and not on a phone is told before it is published', async () => {
  const told = await pressFor().proof(
    withPanels([bars(' million people were asked'), ...PANELS.slice(2, 4)])(sampleContent()),
  );
  expect(told.filter(({ file }) => file.includes('graphic'))).toEqual([
    {
      file: 'offers/graphic/document.yaml',
      line: 30,
      problem:
        'In the picture for a phone: bars “Bars” has no room for “384 million people were asked” in type that can be read.',
      remedy: 'Shorten it.',
    },
  ]);
});

// On a desk the titles stand above their texts.
test.each(FORMS.slice(0, 2))(
  'ends the title of a step once, on a $form: a question keeps its mark alone',
  async (form) => {
    const titles = ['What now?', 'Wait…', 'Go!', 'Said “so.”', 'Write', 'Ask'];
    const steps: Panel = {
      kind: 'steps',
      line: 3,
      title: 'Steps',
      steps: titles.map((title) => ({ title, text: 'Do it.' })),
    };
    const content = withPanels([steps, LIST, ...PANELS.slice(2, 4)])(sampleContent());
    const sheets = await sheetsOf(content, 'graphic', form.variant);
    const texts = textsOn(sheets, 0).map(({ text }) => text.trim());
    const ends = ['What now?', 'Wait…', 'Go!', 'Said “so.”', 'Write.', 'Ask.'];
    for (const end of ends) expect(texts).toContain(end);
    const { document } = content.offers[1] ?? {};
    if (document?.kind !== 'infographic') throw new Error('No infographic.');
    const [first] = infographicText(document, content, null);
    expect(first?.steps.map(({ title }) => title)).toEqual(ends);
  },
);

test('steps beside each other keep to type that can be read where the page is full', async () => {
  const myth: Panel = { kind: 'myth', line: 1, value: '80%', title: 'A myth', text: words(40) };
  const note = (line: number): Panel => ({ kind: 'note', line, title: 'A note', text: words(66) });
  const steps: Panel = {
    kind: 'steps',
    line: 9,
    title: 'Steps',
    steps: ['Look', 'Say', 'Ask', 'Write'].map((title) => ({ title, text: words(6) })),
  };
  const sheets = await sheetsOf(
    withPanels([myth, note(2), note(3), note(4), note(5), steps])(sampleContent()),
    'graphic',
  );
  expect(sheets.problems).toEqual([]);
  const texts = textsOn(sheets, 0);
  const sizeOf = (text: string) => texts.find((one) => one.text.trim() === text)?.size;
  // At so small a scale their titles would be below it.
  expect(sizeOf('Steps')).toBeLessThan(11.4);
  expect(sizeOf('Write')).toBeGreaterThanOrEqual(9.5);
  expect(sizeOf('4')).toBeGreaterThanOrEqual(9.5);
});
