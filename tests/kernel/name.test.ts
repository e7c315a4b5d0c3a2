import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidyName } from '../../src/kernel/name.ts';

const ok = (name: string) => ({ ok: true, name });

describe('a name as typed', () => {
  it('loses spaces around it and doubled inside it, and is composed', () => {
    expect(tidyName('  Zoe\u0308   van\tDijk ')).toEqual(ok('Zoë van Dijk'));
  });

  it('keeps accents, apostrophes and hyphens, and its case', () => {
    for (const name of ["Anne-Zoë O'Brien-Şahin", 'D’Arcy', 'María José', 'JEAN', 'van der Berg', 'İpek'])
      expect(tidyName(name)).toEqual(ok(name));
  });

  it('may be written in full-width letters', () => {
    expect(tidyName('Ｍａｒｉａ　Silva')).toEqual(ok('Maria Silva'));
  });

  it('is no place for addresses of the web', () => {
    expect(tidyName('Win now https://spam.example/x?y www.spam.example')).toEqual(ok('Win now'));
    expect(tidyName('HTTPS://spam.example')).toEqual({ ok: false, problem: 'empty' });
    expect(tidyName('J. R. Www')).toEqual(ok('J. R. Www'));
  });

  it('loses controls and direction marks, so that it cannot break a header or turn a line around', () => {
    expect(tidyName('Maria\u0000\u202E\u2066\u200F\uFEFF\u0007')).toEqual(ok('Maria'));
    expect(tidyName('Maria\r\nBcc: x')).toEqual(ok('Maria Bcc: x'));
  });

  it('keeps the joiners that Persian names and emoji need', () => {
    expect(tidyName('می\u200Cنا')).toEqual(ok('می\u200Cنا'));
    expect(tidyName('👩\u200D💻')).toEqual(ok('👩\u200D💻'));
  });

  it('may have 80 characters as people count them', () => {
    expect(tidyName('👩\u200D💻'.repeat(80)).ok).toBe(true);
    expect(tidyName('a'.repeat(81))).toEqual({ ok: false, problem: 'too_long' });
    expect(tidyName('a'.repeat(1_000_000))).toEqual({ ok: false, problem: 'too_long' });
  });

  it('that nobody can see is empty', () => {
    for (const text of ['', '  ', '\u200D\u200C', '\u0301', '\u202E'])
      expect(tidyName(text)).toEqual({ ok: false, problem: 'empty' });
  });

  it('is stable: what was tidied stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const first = tidyName(text);
        if (!first.ok) return;
        expect(first.name).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(tidyName(first.name)).toEqual(first);
      }),
      { numRuns: 2000 },
    );
  });
});
