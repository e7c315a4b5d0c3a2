import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressKey,
  domainOf,
  isPlainAddress,
  isLargeMailProvider,
  limitKey,
  maskAddress,
  parseAddress,
} from '../../src/kernel/address.ts';

const ok = (address: string) => ({ ok: true, address });

describe('an address as typed', () => {
  it('is kept as it is but for spaces around it and the case of its domain', () => {
    expect(parseAddress('  Maria.Silva+job@Example.COM ')).toEqual(ok('Maria.Silva+job@example.com'));
  });

  it('may be written in full-width characters', () => {
    expect(parseAddress('ｍaria＠example．com')).toEqual(ok('maria@example.com'));
  });

  it('may have a domain of other letters, which becomes its ASCII form', () => {
    expect(parseAddress('maria@bücher.example')).toEqual(ok('maria@xn--bcher-kva.example'));
    expect(parseAddress('maria@pаypal.com')).toEqual(ok('maria@xn--pypal-4ve.com'));
  });

  it.each([
    ['Maria Silva <maria@example.com>', 'a name before it'],
    ['"Silva, Maria" <maria@example.com>,', 'a name in quotes, and a comma behind'],
    ['maria@example.com <maria@example.com>', 'itself in the place of the name, as Outlook has it'],
    ['maria@example.com <mailto:maria@example.com>', 'the same as a link'],
    ['mailto:maria@example.com?subject=Hello', 'a copied link'],
    ['MAILTO:maria@example.com', 'the same, shouted'],
    ['<maria@example.com>', 'brackets'],
    ['(maria@example.com)', 'round ones'],
    ['“maria@example.com”', 'curly quotes'],
    ["'maria@example.com'", 'straight ones'],
    ['maria@example.com.', 'the full stop of a sentence'],
    ['maria@example.com ; ', 'a semicolon'],
    ['maria @ example. com', 'the spaces of a phone’s keyboard'],
    ['maria@example.com\u200b', 'a space of no width'],
    ['\u202amaria@example.com\u202c', 'marks of direction, as Windows copies them'],
    ['\ufeffmaria\u00ad@exam\u2060ple.com', 'a byte order mark, a soft hyphen, a joiner'],
    ['\u00a0maria@example.com\t', 'a space that does not break, and a tab'],
  ])('is taken out of “%s”: %s', (text) => {
    expect(parseAddress(text)).toEqual(ok('maria@example.com'));
  });

  it('keeps the apostrophe, the sign and the case that belong to it', () => {
    for (const text of [
      "Sean.O'Brien@example.com",
      'a+b@example.com',
      'MARIA@example.com',
      'what?@example.com',
    ])
      expect(parseAddress(text)).toEqual(ok(text));
  });

  it('is not guessed where two are given', () => {
    const several = [
      'maria@example.com, ana@example.com',
      'Maria <maria@example.com>, Ana <ana@example.com>',
      'ana@example.com <maria@example.com>',
      'maria@example.com maria@example.com',
    ];
    for (const text of several) expect(parseAddress(text)).toEqual({ ok: false, problem: 'format' });
  });

  it('has no letters that only look like ASCII, and those that grow when they are made small are refused', () => {
    expect(parseAddress('İstanbul@example.com')).toEqual({ ok: false, problem: 'format' });
    expect(parseAddress('mаria@example.com')).toEqual({ ok: false, problem: 'format' });
    // NFKC makes plain letters of these, before anything is looked for.
    expect(parseAddress('\u212Aate@example.com')).toEqual(ok('Kate@example.com'));
    expect(parseAddress('maria@exampLE\u2025com')).toEqual({ ok: false, problem: 'format' });
    expect(parseAddress('maria@example\u2100.com')).toEqual({ ok: false, problem: 'format' });
    expect(parseAddress('maria@İstanbul.example')).toMatchObject({ ok: true });
  });

  it('stands as it is in a setting, with nothing around it', () => {
    const whole = [
      'maria@example.com',
      'maria@example.com.',
      'Maria <maria@example.com>',
      ' maria@example.com',
    ];
    expect(whole.map(isPlainAddress)).toEqual([true, false, false, false]);
  });

  it('is refused as empty, too long or misshapen', () => {
    expect(parseAddress('   ')).toEqual({ ok: false, problem: 'empty' });
    expect(parseAddress(`${'a'.repeat(250)}@x.com`)).toEqual({ ok: false, problem: 'too_long' });
    const misshapen = [
      'maria',
      'maria@',
      '@x.com',
      'a@b@c.com',
      'maria@localhost',
      'maria@x..com',
      'maria@-x.com',
      'ma ria@x.com',
    ];
    const more = [
      'maria@1.2.3.4',
      'maria@[1.2.3.4]',
      '.a@x.com',
      'a.@x.com',
      'a..b@x.com',
      'a@x.c',
      'a@x.com:25',
      'a@x.com/y',
      'a\r\nb@x.com',
    ];
    for (const text of [
      ...misshapen,
      ...more,
      '"a b"@x.com',
      'mañana@x.com',
      `${'a'.repeat(65)}@x.com`,
      'a@%78.com',
    ]) {
      expect([text, parseAddress(text)]).toEqual([text, { ok: false, problem: 'format' }]);
    }
  });

  it('never makes the check throw, and what is accepted is accepted again unchanged', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.emailAddress());
    fc.assert(
      fc.property(anything, (text) => {
        const first = parseAddress(text);
        if (!first.ok) return;
        expect(first.address).toMatch(/^[!-~]+@[a-z0-9.-]+$/);
        expect(parseAddress(first.address)).toEqual(first);
      }),
      { numRuns: 2000 },
    );
  });

  it('of a hundred thousand characters is refused in no time', () => {
    const before = performance.now();
    for (const text of [
      'a@'.repeat(50_000),
      `${'a'.repeat(99_999)}@`,
      '.'.repeat(100_000),
      '㌀'.repeat(100_000),
      '㌀'.repeat(1000),
      "' ".repeat(500),
      '<'.repeat(1000),
      `a${' '.repeat(998)}b`,
    ])
      parseAddress(text);
    // Some milliseconds, and on a loaded machine more; a pattern that looks at each character for each takes minutes.
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

describe('keys of an address', () => {
  it('tell a person by everything but the case', () => {
    expect(addressKey('Maria+Job@Example.com')).toBe('maria+job@example.com');
  });

  it('count a mailbox without tag, at Gmail without dots and with one domain', () => {
    expect(limitKey('M.a.ria+job@GoogleMail.com')).toBe('maria@gmail.com');
    expect(limitKey('m.aria+a+b@example.com')).toBe('m.aria@example.com');
    expect(limitKey('+maria@example.com')).toBe('+maria@example.com');
  });

  it('count a mailbox the same however it is tagged', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{1,10}$/),
        fc.stringMatching(/^[a-z0-9.]{0,10}$/),
        (local, tag) => {
          expect(limitKey(`${local}+${tag}@gmail.com`)).toBe(
            limitKey(`${local.toUpperCase()}@googlemail.com`),
          );
        },
      ),
    );
  });
});

it('knows the domain, the large providers and the mask of an address', () => {
  expect(domainOf('maria@Example.com')).toBe('example.com');
  expect([isLargeMailProvider('gmail.com'), isLargeMailProvider('example.com')]).toEqual([true, false]);
  expect(maskAddress('maria@example.com')).toBe('m•••@example.com');
});
