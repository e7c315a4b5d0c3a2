import { describe, expect, test } from 'vitest';
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

/** Whether a name stands anywhere in the bytes of the file outside its compressed streams. */
function hasName(pdf: Uint8Array, name: string): boolean {
  const text = Buffer.from(pdf)
    .toString('latin1')
    .replace(/\bstream\r?\n[^]*?endstream/g, '');
  return new RegExp(`${name}(?![A-Za-z0-9])`).test(text);
}
