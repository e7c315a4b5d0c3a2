import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Content, ContentProblem } from '../../src/content/model.ts';
import { isRare } from '../../src/content/rare-lines.ts';
import { loadFaces } from '../../src/documents/layout/faces.ts';
import { lostIn } from '../../src/documents/press/lost.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import { FILES, contentWith, edited } from '../content/fixture.ts';
import type { Files } from '../content/fixture.ts';
import { FONTS } from './fixture.ts';

const PAPER = 'offers/white-paper/document.md';
const GRAPHIC = 'offers/infographic/document.yaml';
const printer = createPrinter(FONTS);

async function told(changes: Files): Promise<readonly string[]> {
  return (await proof(await contentWith(changes))).map(
    ({ file, line, problem }) => `${file}:${String(line)} ${problem}`,
  );
}

async function proof(content: Content): Promise<readonly ContentProblem[]> {
  return (await printer.proof(content)).filter(({ problem }) => /printed|shown/.test(problem));
}

/** Each by a passage of the fixture, what stands there instead, and what is told of it. */
const CASES: readonly (readonly [string, string, string, string, string])[] = [
  ['a heading', PAPER, '# A chapter', '# A chapter of 李小龍', ':18 This cannot be printed here: 李 小 龍.'],
  [
    'a text, on its own line',
    PAPER,
    'Text with',
    'Text\nwith عربي and',
    ':21 This cannot be printed here: ع ر ب ي.',
  ],
  ['an item', PAPER, '- a point', '- a point\n- **☐** another ☐', ':24 This cannot be printed here: ☐.'],
  ['an emoji of several characters', PAPER, '*emphasis*', '*👩🏽‍💻*', ':20 This cannot be printed here: 👩🏽‍💻.'],
  ['the title', PAPER, 'title: A Paper', 'title: A Paper 🎉', ':2 This cannot be printed here: 🎉.'],
  ['the summary', PAPER, 'In short [1].', 'In\n  short 🎉 [1].', ':7 This cannot be printed here: 🎉.'],
  ['a reference', PAPER, 'First source', 'First 尊敬 source', ':27 This cannot be printed here: 尊 敬.'],
  ['the title of a box', PAPER, 'What to take', 'What 🎉 to take', ':22 This cannot be printed here: 🎉.'],
  [
    'a sign of a private font',
    PAPER,
    'A page.',
    '\uf0b7 A page.',
    ':15 This cannot be printed here: U+F0B7.',
  ],
  [
    'a line for the name',
    PAPER,
    'A page.',
    '尊敬 {{name|friend}},',
    ':15 The line “尊敬 …,” has characters that cannot be shown in it: 尊 敬.',
  ],
  [
    'the title of an infographic',
    GRAPHIC,
    'title: A Picture',
    'title: 🎉 Picture',
    ':1 This cannot be printed here: 🎉.',
  ],
  ['a panel', GRAPHIC, 'of something', 'of 李', ':4 This cannot be printed here: 李.'],
  [
    'a source of an infographic',
    GRAPHIC,
    'text: A study',
    'text: A study 李',
    ':7 This cannot be printed here: 李.',
  ],
  ['a page for one situation', GRAPHIC, 'intro: I,', 'intro: I ☐,', ':9 This cannot be printed here: ☐.'],
];

test.each(CASES)('tells what %s would lose, with its line', async (_, file, from, to, found) => {
  expect(await told(edited(file, from, to))).toEqual([`${file}${found}`]);
});

test('tells what several documents print from one file once, and says what to do', async () => {
  const content = await contentWith(edited('site.yaml', 'name: Ada Low', 'name: Ada Low 李'));
  expect(await proof(content)).toEqual([
    {
      file: 'site.yaml',
      line: 8,
      problem: 'This cannot be printed here: 李.',
      remedy:
        'Write it in other words; emoji and letters other than Latin, Greek and Cyrillic cannot be printed.',
    },
  ]);
});

test('tells the words of the engine once, though two lines of the documents begin with them', async () => {
  const words = FILES['words/en.yaml'] ?? '';
  const changed = words.replace('"prepared_for":"Words"', '\n"prepared_for":"🎁 For {{name}}"\n');
  expect(await told({ 'words/en.yaml': changed })).toEqual([
    expect.stringMatching(/^words\/en\.yaml:2 The line “🎁 For ….*” has .* in it: 🎁\.$/),
  ]);
});

test('tells a sign only where the cut of that place lacks it', async () => {
  const changes = edited(PAPER, '# A chapter', '# A ● chapter\n\nNot ● here.');
  expect(await told(changes)).toContainEqual(`${PAPER}:18 This cannot be printed here: ●.`);
  expect(await told(edited(PAPER, 'A page.', 'A ● page → with ① and ✓.'))).toEqual([]);
});

test('has nothing against Greek, Cyrillic, Vietnamese, arrows, and what draws nothing', async () => {
  const words = 'Καλημέρα, Добрый день, Nguyễn, Łódź, → 5 €, a\u200bb, e\u0301.';
  expect(await told(edited(PAPER, 'A page.', words))).toEqual([]);
});

test('looks only at what is printed: not at addresses, comments and other files', async () => {
  const changes = {
    ...edited(PAPER, 'A page.', 'A [page](https://example.com/李).'),
    ...edited(GRAPHIC, 'title: A', '# 🎉\ntitle: A'),
    'posts/second.md': `${FILES['posts/second.md'] ?? ''}\n🎉`,
  };
  expect(await told(changes)).toEqual([]);
});

test('knows which characters need no look: every font of the documents has them', async () => {
  const { fonts } = await loadFaces(join(FONTS));
  const plain = Array.from({ length: 0x3000 }, (_, point) => String.fromCodePoint(point)).filter(
    (character) => !isRare(character) && !/\s/.test(character),
  );
  for (const font of Object.values(fonts))
    expect(
      lostIn(plain.join(' '), (one) => one === ' ' || font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0)),
    ).toEqual([]);
});
