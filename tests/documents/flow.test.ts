import { beforeAll, describe, expect, test } from 'vitest';
import type { Block, PaperSource } from '../../src/content/paper-model.ts';
import type { Content } from '../../src/content/model.ts';
import type { Mark, Sheets } from '../../src/documents/layout/shapes.ts';
import { heading, paragraph, text, words } from './fixture.ts';
import { lineage, linesOn, marksOn, sheetsOf, shippedPaper } from './set.ts';

let content: Content;
let source: PaperSource;
beforeAll(async () => {
  ({ content, source } = await shippedPaper());
});

/** A chapter that holds this, for a reader without a situation. */
function chapter(...blocks: readonly Block[]): Promise<Sheets> {
  return sheetsOf(content, { ...source, blocks: [heading(1, 'Chapter'), ...blocks] }, null, 'a4');
}

const LIST: Block = {
  kind: 'list',
  ordered: false,
  items: [1, 2, 3].map((n) => text(`Item ${n}`)),
  line: 60,
};
const EXCERPT: Block = { kind: 'excerpt', paragraphs: [text(words(30)), text(words(30))], line: 60 };
const CHECKLIST: Block = {
  kind: 'checklist',
  title: 'Box',
  items: [text('Item 1'), text('Item 2')],
  line: 60,
};
const KEY: Block = { kind: 'key', title: 'Box', blocks: [LIST], line: 60 };

describe.each([
  ['a list', LIST],
  ['words to say', EXCERPT],
  ['a checklist', CHECKLIST],
  ['a key box', KEY],
])('before %s', (_, block) => {
  test('a heading and one line end no page', async () => {
    // Wherever the page ends, the line is not the last on it.
    for (let count = 240; count < 420; count += 10) {
      const sheets = await chapter(
        paragraph(words(count)),
        heading(2, 'Section'),
        paragraph('One line.'),
        block,
      );
      for (const { pieces } of sheets.pages.slice(1)) {
        const all = bodyOf({ pieces, places: [] });
        expect(all.at(-1)).not.toContain('One line.');
      }
    }
  });
});

test.each([
  ['a checklist', CHECKLIST],
  ['a key box', KEY],
])('%s does not begin a page without two lines of the text before it', async (_, box) => {
  let torn = 0;
  for (let count = 340; count < 460; count += 6) {
    const sheets = await chapter(paragraph(words(40)), paragraph(words(count)), box, paragraph(words(60)));
    const page = sheets.pages.findIndex((each) => linesOn(each).some(({ tag }) => isBoxed(tag)));
    const lines = linesOn(sheets.pages[page] ?? { pieces: [], places: [] });
    const before = lines.findIndex(({ tag }) => isBoxed(tag));
    expect(before).toBeGreaterThanOrEqual(2);
    if (lines[0]?.tag.type === 'P') torn += 1;
  }
  expect(torn).toBeGreaterThan(0);
});

test('words to say are not torn while they fit on a page', async () => {
  for (let count = 300; count < 420; count += 6) {
    const sheets = await chapter(paragraph(words(count)), EXCERPT, paragraph(words(40)));
    const holds = sheets.pages.filter((page) =>
      linesOn(page).some(({ tag }) => lineage(tag).some(({ type }) => type === 'BlockQuote')),
    );
    expect(holds).toHaveLength(1);
  }
});

test('a text for one situation goes on as the text around it does', async () => {
  const only = { kind: 'only', situation: 'final-rounds', blocks: [paragraph(words(40))], line: 50 } as const;
  const blocks = [heading(1, 'Chapter'), paragraph(words(40)), only, paragraph(words(40))];
  const sheets = await sheetsOf(content, { ...source, blocks }, 'final-rounds', 'a4');
  const page = sheets.pages.find(({ places }) => places.some(({ name }) => name === 'chapter-1'));
  const lines = page === undefined ? [] : linesOn(page).filter(({ tag }) => tag.type === 'P');
  const starts = lines.filter(({ tag }, at) => lines[at - 1]?.tag !== tag);
  expect(starts.slice(0, 3).map(({ left }) => left - (lines[1]?.left ?? 0))).toEqual([0, 14, 14]);
});

test('a chart of parts is one bar as long as the whole, and tells its parts below', async () => {
  const values = [
    { label: 'Inside', value: 34, shown: 'nearly 34%' },
    { label: 'Named', value: 16, shown: '16%' },
  ];
  const chart = {
    kind: 'chart',
    form: 'parts',
    title: 'Ways',
    values,
    caption: text('Who.'),
    line: 60,
  } as const;
  const sheets = await chapter(paragraph(words(20)), chart, paragraph(words(20)));
  const drawn = sheets.pages.flatMap(marksOn).filter(({ tag }) => tag?.type === 'Figure' && isWide(tag.alt));
  const [whole] = drawn.flatMap(({ shape }) => (shape.kind === 'frame' ? [shape] : []));
  const [first, second] = drawn.flatMap(({ shape }) => (shape.kind === 'rect' ? [shape] : []));
  expect((first?.w ?? 0) / (whole?.w ?? 1)).toBeCloseTo(0.34, 2);
  expect(((second?.x ?? 0) - (first?.x ?? 0)) / (whole?.w ?? 1)).toBeCloseTo(0.34, 2);
  expect((second?.w ?? 0) / (whole?.w ?? 1)).toBeCloseTo(0.16, 2);
  const said = drawn.map(({ shape }) => (shape.kind === 'text' ? shape.text : '')).join('');
  expect(said).toContain('nearly 34% Inside 16% Named');
  expect(drawn[0]?.tag?.alt).toContain('Ways. Inside: nearly 34%; Named: 16%.');
});

function isWide(alt: string | undefined): boolean {
  return alt?.includes('Ways') === true;
}

function isBoxed(tag: Mark['tag']): boolean {
  return lineage(tag).some(({ type }) => type === 'Div');
}

/** The words of a page in the order of reading, without its footer. */
function bodyOf(page: Sheets['pages'][number]): readonly string[] {
  return linesOn(page).map((line) => line.text);
}
