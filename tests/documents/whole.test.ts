import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/content/model.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import type { Printer } from '../../src/documents/press/printer.ts';
import { createPress } from '../../src/documents/press.ts';
import type { DocumentRequest } from '../../src/documents/model.ts';
import { bytesOf } from '../../src/documents/model.ts';
import { expectHarmless } from './drawn-lines.ts';
import { FONTS, sampleContent } from './fixture.ts';
import { beyondMargins, readPdf } from './read.ts';
import { CRUEL, foreignName } from './strange-names.ts';

const printer = createPrinter(FONTS);
const press = createPress(printer, sampleContent, () => 'https://funnel.example');

describe('a document made whole', () => {
  test.each([
    ['Yoruba', 'Adébáyọ\u0300'],
    ['marks on letters that have none', 'X\u0302 m\u0302 \u0175\u0303'],
    ['Lithuanian, decomposed', 'J\u0117\u0303 l\u0303'],
    ['polytonic Greek', 'Ἀλέξανδρος Ζεῦς'],
    ['Devanagari', 'नरेश'],
    ['Thai', 'สมชาย'],
    ['Georgian', 'ნინო ბერიძე'],
    ['Armenian', 'Արամ Խաչատրյան'],
  ])('shows %s as it was typed', async (_, name) => {
    const { pages } = await readPdf({ parts: [await wholeFor(name)] });
    expect(pages[0]?.text.normalize('NFC')).toContain(`Prepared for ${name}`);
    expect(beyondMargins(pages)).toEqual([]);
  });

  test.each([
    ['Arabic', 'محمد', ['محمد']],
    ['Persian, with a joiner between letters', 'علی\u200cرضا', ['علیرضا']],
    ['Arabic ligatures', 'عبد الله', ['الله', 'عبد']],
    ['Arabic vowels', 'مُحَمَّد', ['مُحَمَّد']],
    ['Hebrew', 'דוד בן', ['בן', 'דוד']],
    ['Hebrew points', 'שָׁלוֹם', ['שָׁלוֹם']],
    ['numbers among them', 'دفعة 2024', ['2024', 'دفعة']],
  ])('shows %s from right to left, to be copied as it is read', async (_, name, words) => {
    const { pages } = await readPdf({ parts: [await wholeFor(name)] });
    const line = pages[0]?.items.find(({ text }) => text.startsWith('Prepared for'));
    const shown = pages[0]?.items.filter(({ y }) => Math.abs(y - (line?.y ?? 0)) < 1);
    // In the order of their places on the page, the last word first.
    const letters = shown?.toSorted((one, other) => one.left - other.left).map(({ text }) => text);
    expect(letters?.join(' ').normalize('NFC')).toBe(['Prepared for', ...words].join(' ').normalize('NFC'));
  });

  test('puts the date behind a name from right to left', async () => {
    const order = { content: sampleContent(), publicUrl: 'https://funnel.example' };
    const variant = { offer: 'graphic', situation: null, paper: 'a4' } as const;
    const reader = { name: 'محمد', role: null, situation: null };
    const change = (phrase: string) => ({
      ...order.content,
      words: { document: { ...order.content.words.document, prepared_for: phrase } } as Content['words'],
    });
    const content = change('{{name}} · 2026');
    const { pages } = await readPdf({ parts: [await printer.whole({ ...order, content, variant }, reader)] });
    const [name, year] = ['محمد', '2026'].map((part) =>
      pages[0]?.items.find(({ text }) => text.includes(part)),
    );
    expect(name?.left).toBeLessThan(year?.left ?? 0);
  });

  test('says the line without an answer where the letters have no font', async () => {
    const { pages } = await readPdf({ parts: [await wholeFor('ᚠᚢᚦ 李明', 'ཀ')] });
    const all = pages.map((page) => page.text).join(' ');
    expect(all).not.toContain('Prepared for');
    expect(all).toContain('For your next post');
  });

  test('shows the words that it can', async () => {
    const { pages } = await readPdf({ parts: [await wholeFor('李 محمد Ann🎉')] });
    expect(pages[0]?.text).toMatch(/Prepared for محمد Ann/);
  });

  test('is what the press gives for such a name, and only for such a name', async () => {
    const whole = await press.make(requestFor('محمد'));
    expect(whole.parts).toHaveLength(1);
    expect(Buffer.from(bytesOf(whole)).equals(await wholeFor('محمد'))).toBe(true);
    expect((await press.make(requestFor('李明'))).parts).toHaveLength(2);
  });

  test('is the same for the same reader, whoever came before, and another for another one', async () => {
    const fresh = createPress(createPrinter(FONTS), sampleContent, () => 'https://funnel.example');
    await fresh.make(requestFor('شريف'));
    await fresh.make(requestFor('प्रिया \u0931'));
    const [first, again] = [await press.make(requestFor('محمد')), await fresh.make(requestFor('محمد'))];
    expect(again.sha256).toBe(first.sha256);
    expect(Buffer.from(bytesOf(again)).equals(bytesOf(first))).toBe(true);
    const other = await press.make(requestFor('محمود'));
    expect(other.sha256).not.toBe(first.sha256);
    expect(idOf(bytesOf(other))).not.toBe(idOf(bytesOf(first)));
  });

  test('is another for the same name with another role, and for the same answers once', async () => {
    let count = 0;
    const whole: Printer['whole'] = async (...order) => {
      count += 1;
      return await printer.whole(...order);
    };
    const counting = createPress({ ...printer, whole }, sampleContent, () => 'https://funnel.example');
    const [cfo, cto] = [
      await counting.make(requestFor('محمد', 'CFO')),
      await counting.make(requestFor('محمد', 'CTO')),
    ];
    const postsIn = async (made: typeof cfo) =>
      new Set((await readPdf(made)).pages.flatMap(({ text }) => text.match(/For C.O/g) ?? []));
    expect(await postsIn(cfo)).toEqual(new Set(['For CFO']));
    expect(await postsIn(cto)).toEqual(new Set(['For CTO']));
    expect((await counting.make(requestFor('محمد', 'CFO'))).sha256).toBe(cfo.sha256);
    expect(count).toBe(2);
  });

  test('is made anew for another version of the content', async () => {
    let content: Content = sampleContent();
    const changing = createPress(
      printer,
      () => content,
      () => 'https://funnel.example',
    );
    const first = await changing.make(requestFor('محمد'));
    content = { ...content, version: 'ba9876543210', site: { ...content.site, updated: '2026-11-24' } };
    const second = await changing.make(requestFor('محمد'));
    expect(second.sha256).not.toBe(first.sha256);
    expect([first.contentVersion, second.contentVersion]).toEqual(['0123456789ab', 'ba9876543210']);
  });

  test('cannot be broken by a name, and none leaves its room or shows a box', async () => {
    const check = async (name: string, role: string): Promise<void> => {
      const bytes = await wholeFor(name, role);
      expectHarmless(bytes);
      for (const line of linesOf(bytes)) expect(line).not.toMatch(/<(?:[0-9a-f]{4})*?0000/);
      expect(beyondMargins((await readPdf({ parts: [bytes] })).pages)).toEqual([]);
    };
    for (const name of CRUEL) await check(name, name);
    await fc.assert(fc.asyncProperty(foreignName, foreignName, check), { numRuns: 40, seed: 20_261_123 });
  }, 120_000);
});

function wholeFor(name: string, role: string | null = null): Promise<Uint8Array> {
  const { offer, paper, reader } = requestFor(name, role);
  const variant = { offer, paper, situation: reader.situation };
  const order = { content: sampleContent(), variant, publicUrl: 'https://funnel.example' };
  return printer.whole(order, reader);
}

function requestFor(name: string, role: string | null = null): DocumentRequest {
  return { offer: 'paper', reader: { name, situation: 'looking', role }, paper: 'a4' };
}

/** The drawings of the personal lines. */
function linesOf(bytes: Uint8Array): readonly string[] {
  const file = Buffer.from(bytes).toString('latin1');
  return [...file.matchAll(/stream\n(BT [^]*?ET)\nendstream/g)].map(([, line = '']) => line);
}

function idOf(bytes: Uint8Array): string {
  return /\/ID \[[^\]]*\]/.exec(Buffer.from(bytes).toString('latin1'))?.[0] ?? '';
}
