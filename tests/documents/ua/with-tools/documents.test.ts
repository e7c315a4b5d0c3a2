import { describe, expect, test } from 'vitest';
import type { Content } from '../../../../src/content/model.ts';
import { bytesOf } from '../../../../src/documents/model.ts';
import { heading, paragraph, pressFor, withBlocks } from '../../fixture.ts';
import { CRUEL, make, nameOf, VARIANTS } from '../variants.ts';
import { CHECKS, faultsIn } from './check.ts';
import { HUMAN } from './conditions.ts';
import { fileOf, objectsOf, run } from './file.ts';
import { elementsOf } from './tree.ts';

describe('every document of the sample content, for every situation and on both papers', () => {
  test.each(VARIANTS.map((variant) => [nameOf(variant), variant] as const))('%s', async (_, variant) => {
    const pdf = await make(variant, 'Katarzyna Żółkiewska', 'Chief Risk Officer');

    const checked = run('qpdf', ['--check'], pdf);
    expect(checked.err).toBe('');
    expect(checked.out).toContain('No syntax or stream encoding errors found');

    const [, , ...fonts] = run('pdffonts', [], pdf).out.trimEnd().split('\n');
    expect(fonts.length).toBeGreaterThan(1);
    // Name, type, encoding, then: embedded, a subset, with its characters in Unicode.
    for (const font of fonts) expect(font).toMatch(/ CID TrueType +Identity-H +yes yes yes /);

    const file = fileOf(objectsOf(pdf));
    expect(faultsIn(file)).toEqual([]);

    // Another program reads the same tree.
    const { out, err } = run('pdfinfo', ['-struct'], pdf);
    expect(err).toBe('');
    const theirs = out
      .split('\n')
      .map(
        (line) =>
          /^ *(Document|Sect|Div|H\d|P|BlockQuote|L|LI|Lbl|LBody|TOC|TOCI|Reference|Link|Span|Figure|Caption)\b/.exec(
            line,
          )?.[1],
      );
    expect(theirs.filter((type) => type !== undefined)).toEqual(elementsOf(file).map(({ type }) => type));
  });
});

describe('what a coach writes', () => {
  test('may be of every kind', async () => {
    for (const offer of ['paper', 'graphic'])
      for (const situation of [null, 'looking']) {
        const press = pressFor();
        const made = await press.make({
          offer,
          reader: { name: 'Ann', situation, role: 'CFO' },
          paper: 'letter',
        });
        expect(faultsIn(fileOf(objectsOf(bytesOf(made))))).toEqual([]);
      }
  });

  test.each(CRUEL)('cannot break a document: %j', async (words) => {
    const blocks = [heading(1, words), heading(3, words), paragraph(words), heading(2, words)];
    const cruel = (content: Content): Content => ({
      ...withBlocks(blocks)(content),
      offers: withBlocks(blocks)(content).offers.map((offer) =>
        offer.document.kind === 'paper'
          ? { ...offer, document: { ...offer.document, title: words, subtitle: words, author: words } }
          : offer,
      ),
    });
    const made = await pressFor(cruel).make({ offer: 'paper', reader: NOBODY, paper: 'a4' });
    const pdf = bytesOf(made);
    expect(run('qpdf', ['--check'], pdf).err).toBe('');
    expect(faultsIn(fileOf(objectsOf(pdf)))).toEqual([]);
  });
});

describe('a reader’s answers', () => {
  test.each(CRUEL)('cannot break a document, nor put anything into it that acts: %j', async (answer) => {
    const variants = VARIANTS.filter(({ situation, paper }) => situation === null && paper === 'letter');
    for (const variant of variants) {
      const pdf = await make(variant, answer, answer);
      const checked = run('qpdf', ['--check'], pdf);
      expect(checked.err).toBe('');
      expect(faultsIn(fileOf(objectsOf(pdf)))).toEqual([]);
      for (const word of ['/JS', '/JavaScript', '/OpenAction', '/AA', '/Launch', '/EmbeddedFiles'])
        expect(hasName(pdf, word)).toBe(false);
    }
  });
});

describe('the conditions of the Matterhorn Protocol', () => {
  test('are answered by one check each, or left to a person', () => {
    const answered = CHECKS.flatMap(({ answers }) => answers);
    const all = [...answered, ...Object.keys(HUMAN)];
    expect(new Set(all).size).toBe(all.length);
    expect(
      [...new Set(all.map((condition) => Number(condition.slice(0, 2))))].toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
  });
});

const NOBODY = { name: '', situation: null, role: null };

/** Whether a name stands anywhere in the bytes of the file outside its compressed streams. */
function hasName(pdf: Uint8Array, name: string): boolean {
  const text = Buffer.from(pdf)
    .toString('latin1')
    .replace(/\bstream\r?\n[^]*?endstream/g, '');
  return new RegExp(`${name}(?![A-Za-z0-9])`).test(text);
}
