import { beforeAll, expect, test } from 'vitest';
import type { Block, ChartForm, PaperSource } from '../../src/content/paper-model.ts';
import type { Content } from '../../src/content/model.ts';
import { paragraph, text, words } from './fixture.ts';
import { sheetsOf, shippedPaper } from './set.ts';

let content: Content;
let source: PaperSource;
beforeAll(async () => {
  ({ content, source } = await shippedPaper());
});

/** A chapter for one situation that holds this. */
function only(...blocks: readonly Block[]): PaperSource {
  const heading = { kind: 'heading', level: 1, text: text('For you'), line: 40 } as const;
  return { ...source, blocks: [{ kind: 'only', situation: 'x', blocks: [heading, ...blocks], line: 39 }] };
}

function chart(form: ChartForm, label: string, shown = '40%'): Block {
  const values = [{ label, value: 40, shown }];
  return { kind: 'chart', form, title: 'A chart', values, caption: text('A source.'), line: 44 };
}

const LONG = words(900);
const CASES: readonly (readonly [string, () => PaperSource, number | null, RegExp])[] = [
  [
    'a summary that is longer than its page',
    () => ({ ...source, summary: { ...source.summary, source: LONG, line: 7 } }),
    7,
    /^The summary is longer than one page/,
  ],
  [
    'a closing that is longer than its page',
    () => ({ ...source, closing: { ...source.closing, source: LONG, line: 9 } }),
    9,
    /^The closing is longer than one page/,
  ],
  [
    'a plan that is longer than its page',
    () => only({ kind: 'plan', title: 'Moves', moves: [{ title: 'One', text: text(LONG) }], line: 42 }),
    42,
    /“Moves” is longer than one page/,
  ],
  ['a title that is too long', () => ({ ...source, titleLine: 2, title: words(40) }), 2, /title is too long/],
  [
    'a subtitle that is too long',
    () => ({ ...source, titleLine: 2, subtitle: words(200) }),
    2,
    /title is too long/,
  ],
  ['a label of bars that is too long', () => only(chart('bars', words(12))), 44, /label “.*too long/],
  ['a label of dots that is too long', () => only(chart('dots', words(30))), 44, /label “.*too long/],
  [
    'a value of bars that is too long',
    () => only(chart('bars', 'x', `${words(14)} 40%`)),
    44,
    /value “.*too long/,
  ],
  [
    'a value of dots that is too long',
    () => only(chart('dots', 'x', `${words(14)} 40%`)),
    44,
    /value “.*too long/,
  ],
  ['a label of parts that is too long', () => only(chart('parts', words(20))), 44, /label “.*too long/],
  [
    'more pages than are read in one sitting',
    () => ({ ...source, blocks: [paragraph(words(8000))] }),
    null,
    /^The paper has \d+ pages/,
  ],
  [
    'more chapters than the contents can hold',
    () => ({
      ...source,
      blocks: Array.from({ length: 50 }, (_, line) => ({
        kind: 'heading' as const,
        level: 1 as const,
        text: text(`Chapter ${line}`),
        line,
      })),
    }),
    null,
    /^The contents are longer than one page/,
  ],
];

test.each(CASES)('tells %s, once, and still sets all of it', async (_, made, line, problem) => {
  const { problems, pages } = await sheetsOf(content, made(), 'x', 'letter');
  const found = problems.filter((one) => problem.test(one.problem));
  expect(found).toHaveLength(1);
  expect(found[0]?.line).toBe(line);
  expect(found[0]?.remedy).not.toBe('');
  expect(pages.length).toBeGreaterThan(4);
});
