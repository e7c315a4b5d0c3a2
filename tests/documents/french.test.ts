import { expect, test } from 'vitest';
import { quantity } from '../../src/content/numbers.ts';
import type { Content } from '../../src/content/model.ts';
import { linesOf } from '../../src/documents/layout/lines.ts';
import { personalShape } from '../../src/documents/layout/personal.ts';
import type { Face } from '../../src/documents/layout/shapes.ts';
import { plainSpan } from '../../src/documents/layout/spans.ts';
import { printStyles } from '../../src/documents/layout/styles.ts';
import { shortTitle, titleParts } from '../../src/documents/layout/title-parts.ts';
import { wordsOf } from '../../src/documents/layout/words.ts';
import { loadLook } from '../../src/kernel/look.ts';
import { PANELS, sampleContent, withPanels } from './fixture.ts';
import { faces } from './set.ts';
import { sheetsOf, textsOn } from './sheets.ts';

const { body } = printStyles(loadLook());
const type = await faces();
const FACES = [
  'text',
  'textItalic',
  'textBold',
  'serif',
  'serifItalic',
  'serifBold',
] as const satisfies Face[];

test.each(FACES)(
  'both blanks at which no line breaks are drawn as they are, the narrow one narrower: %s',
  (face) => {
    const [blank = 0, fixed = 0, narrow = 0] = [' ', '\u00a0', '\u202f'].map((one) => {
      const { text, width } = type.measure(face, one, 100);
      expect(text).toBe(one);
      return width;
    });
    expect(fixed).toBe(blank);
    expect(narrow).toBeGreaterThan(blank / 3);
    expect(narrow).toBeLessThan(blank * 0.8);
  },
);

test.each([
  ['« Qui\u202f? » dit-il\u00a0: 76\u00a0%\u202f!', ['« Qui\u202f? »', 'dit-il\u00a0:', '76\u00a0%\u202f!']],
  // As it is typed on a keyboard that has no other blank.
  ['« Qui ? », dit-il : 76 % ! (« Non »)', ['« Qui ? »,', 'dit-il :', '76 % !', '(« Non »)']],
  ['l’offre d’aujourd’hui', ['l’offre', 'd’aujourd’hui']],
  ['peut-être celui-ci pense-t-elle', ['peut-', 'être', 'celui-ci', 'pense-t-elle']],
  // German turns the marks round, and puts no blanks within.
  ['ein »Wort« und »zwei«', ['ein', '»Wort«', 'und', '»zwei«']],
])('a line of %s breaks only where it may', (text, expected) => {
  const words = wordsOf([plainSpan(text, body, null)], 300, type);
  const said = words.map(({ bits }) => bits.map((bit) => bit.text).join(''));
  expect(said.map(plain)).toEqual(expected.map(plain));
  // However narrow the column, nothing stands alone that belongs to a word.
  for (const { words: line } of linesOf([plainSpan(text, body, null)], 60, type))
    expect(line[0]?.bits[0]?.text ?? '').not.toMatch(/^[\s;:!?»%]/u);
});

test('a line for the reader has plain blanks only, which are all that can be filled in', () => {
  const words = {
    field: 'role',
    before: 'Poste visé\u00a0: ',
    after: '\u202f!',
    without: 'Poste\u00a0: x',
  } as const;
  expect(personalShape(words, 10, 100, '#000000')).toMatchObject({
    before: 'Poste visé : ',
    after: ' !',
    without: 'Poste : x',
  });
});

test('a title is parted at its colon, whether a blank stands before it or not', () => {
  const main = 'Tôt, et par votre nom';
  expect(titleParts(`${main}\u00a0: le marché caché`)).toEqual({ main, rest: 'Le marché caché' });
  expect(titleParts('Early: The Market')).toEqual({ main: 'Early', rest: 'The Market' });
  expect(titleParts('Without any')).toEqual({ main: 'Without any', rest: '' });
  expect(shortTitle(`${main}\u00a0: le marché caché`)).toBe(main);
  expect(shortTitle('Early: The Market')).toBe('Early');
});

test.each([
  ['en', 18.8, '%', '18.8%'],
  ['fr', 18.8, '%', '18,8 %'],
  ['fr', 56, '%', '56 %'],
  ['de', 18.8, '%', '18,8 %'],
  ['en', 1234.5, ' km', '1,234.5 km'],
  ['fr', 0.2, '', '0,2'],
])('a number and its unit are written as %s writes them: %d', (language, value, unit, said) => {
  expect(plain(quantity(value, unit, language))).toBe(said);
});

test('bars are said and described in the signs of their language', async () => {
  const sheets = await sheetsOf(french(withPanels(PANELS)(sampleContent())), 'graphic');
  const texts = textsOn(sheets, 0);
  expect(texts.map(({ text }) => plain(text).trim())).toContain('18,8 %');
  const alts = texts.flatMap(({ tag }) => (tag?.alt === undefined ? [] : [plain(tag.alt)]));
  expect(alts).toContain('Through people : 56 % ; Through paper : 18,8 %');
});

function french(content: Content): Content {
  const document = {
    ...content.words.document,
    chart_value: '{{label}}\u00a0: {{value}}',
    between_values: '\u202f; ',
  };
  return { ...content, site: { ...content.site, language: 'fr' }, words: { ...content.words, document } };
}

/** Blanks of every kind as plain ones. */
function plain(text: string): string {
  return text.replace(/\s/gu, ' ');
}
