import { beforeAll, describe, expect, test } from 'vitest';
import type { Faces } from '../../src/documents/layout/faces.ts';
import { loadFaces } from '../../src/documents/layout/faces.ts';
import { fitLine } from '../../src/documents/layout/fit.ts';
import { PERSONAL_FACE } from '../../src/documents/layout/shapes.ts';
import { alphabetOf } from '../../src/documents/pdf/alphabet.ts';
import { lettersOf, readAnswers } from '../../src/documents/press/answers.ts';
import { FONTS, pressFor } from './fixture.ts';
import { beyondMargins, readPdf } from './read.ts';

const press = pressFor();
let faces: Faces;
beforeAll(async () => {
  faces = await loadFaces(FONTS);
});

describe('a name in print', () => {
  test.each([
    'Łukasz Żółkiewski',
    'Ελένη Παπαδοπούλου',
    'Дмитрий Щербаков',
    'Nguyễn Thị Ánh',
    'Ó Briain (née O’Neill) \\ Sons',
    'Şebnem Güneş',
    'Vüqar Məmmədov',
    'Ғабит Мүсірепов',
    'Kaʻiulani Oʻzbek',
  ])('%s is filled in as it was typed', async (name) => {
    expect(read(name)).toEqual({ kind: 'slots', shown: name });
    const { pages } = await readPdf(await makeGraphic(name));
    expect(pages[0]?.text).toContain(`Prepared for ${name}`);
  });

  test.each([
    ['decomposed letters are composed', 'Zoe\u0308 Mu\u0308ller', 'Zoë Müller'],
    ['emoji are left out', 'Ann 🎉 Lee 👩🏽‍🚀', 'Ann Lee'],
    ['a word that no font has is left out', '李 Wei', 'Wei'],
    ['a word is not shown in part', 'Wei李 Zhang', 'Zhang'],
    ['soft hyphens are left out', 'Inter\u00adlaken', 'Interlaken'],
    ['marks of direction are left out', 'Ann\u202e\u2066 Lee', 'Ann Lee'],
    ['wide letters become plain', 'Ｍａｒｉａ', 'Maria'],
    ['letters of mathematics become plain', '𝓐𝓷𝓷', 'Ann'],
    ['line breaks become a blank', 'Ann\n\tLee', 'Ann Lee'],
    ['the apostrophe that is a letter becomes the usual one', 'Дем\u02bcян', 'Дем’ян'],
    ['marks that no font can place are left out', 'Max\u0331\u0489', 'Max'],
    ['marks without a letter are left out', '\u0331Ann', 'Ann'],
    ['tags and surrogates are left out', '\u{e0041}Ann\ud800\u{e007f}', 'Ann'],
    ['joiners outside the scripts that need them are left out', 'An\u200cn\u200d', 'Ann'],
  ])('%s', (_, typed, shown) => {
    expect(read(typed)).toEqual({ kind: 'slots', shown });
  });

  test.each(['', '   ', '李明', '김철수', '🎉🎉', '\ud800', '\ufffd', '()', '\u0331\u0331'])(
    'is left out when nothing readable remains of %j',
    async (name) => {
      expect(read(name)).toEqual({ kind: 'slots', shown: null });
      const paper = await readPdf(await makePaper(name));
      const all = paper.pages.map((page) => page.text).join(' ');
      expect(all).not.toContain('Prepared for');
      expect(all).toContain('This begins strongly');
      expect((await readPdf(await makeGraphic(name))).pages[1]?.text).toContain('Take your time.');
    },
  );

  test.each(['x\u0302', 'Adébáyọ\u0300', 'Ἀλέξανδρος', 'محمد', 'שרה', 'प्रिया', 'สมชาย', 'ნინო', 'Արամ'])(
    '%s needs a document made whole',
    (name) => {
      expect(read(name)).toMatchObject({ kind: 'beyond' });
    },
  );

  test('shrinks to fit its line, and then ends in an ellipsis', async () => {
    const long = await readPdf(await makePaper('Bartholomew '.repeat(5).trim()));
    expect(long.pages[0]?.text).toContain(`Prepared for ${'Bartholomew '.repeat(5).trim()} `);
    const endless = await readPdf(await makePaper('W'.repeat(80)));
    expect(endless.pages[0]?.text).toMatch(/Prepared for W{20,60}…/);
    for (const { pages } of [long, endless]) expect(beyondMargins(pages)).toEqual([]);
  });
});

test('a line of the coach shrinks to fit, and then ends in an ellipsis', () => {
  const room = 200;
  const long = fitLine('A name somewhat long', 'text', 22, room, faces);
  expect(long.text).toBe('A name somewhat long');
  expect(long.size).toBeLessThan(22);
  const endless = fitLine('W'.repeat(80), 'text', 20, room, faces);
  expect(endless.text).toMatch(/^W+…$/);
  expect(endless.width).toBeLessThanOrEqual(room);
});

/** How a name would be printed. */
function read(name: string) {
  const alphabet = alphabetOf(faces.fonts[PERSONAL_FACE]);
  const letters = lettersOf(alphabet);
  const reading = readAnswers({ name, role: null, situation: null }, letters);
  return reading.kind === 'slots' ? { kind: reading.kind, shown: reading.answers.name } : reading;
}

function makeGraphic(name: string) {
  return press.make({ offer: 'graphic', reader: { name, situation: 'looking', role: null }, paper: 'a4' });
}

function makePaper(name: string) {
  return press.make({ offer: 'paper', reader: { name, situation: null, role: name }, paper: 'a4' });
}
