import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likelyMeant } from '../../src/signup/mistyped.ts';
import { isSlipOf } from '../../src/signup/slips.ts';

describe('a mistyped domain', () => {
  it.each([
    ['gmial.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gnail.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gmail.ca', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmial.con', 'gmail.com'],
    ['hotnail.com', 'hotmail.com'],
    ['hotmial.fr', 'hotmail.fr'],
    ['hotmail.cm', 'hotmail.com'],
    ['outlok.com', 'outlook.com'],
    ['outlook.co', 'outlook.com'],
    ['yahooo.ca', 'yahoo.ca'],
    ['yaho.co.uk', 'yahoo.co.uk'],
    ['iclod.com', 'icloud.com'],
    ['sympatcio.ca', 'sympatico.ca'],
    ['verison.net', 'verizon.net'],
    // No top-level domain: nobody has an address there, a company no more than a provider.
    ['northwind.con', 'northwind.com'],
    ['northwind.cmo', 'northwind.com'],
  ])('%s may have been %s', (typed, meant) => {
    expect(likelyMeant(`Maria.S+x@${typed}`)).toBe(`Maria.S+x@${meant}`);
  });

  it.each([
    ['gmail,com', 'gmail.com'],
    ['gmail..com', 'gmail.com'],
    ['northwind,com', 'northwind.com'],
    ['gmail', 'gmail.com'],
    ['gmailcom', 'gmail.com'],
    ['outlook', 'outlook.com'],
  ])('%s is no domain, and may have been %s', (typed, meant) => {
    expect(likelyMeant(`maria@${typed}`)).toBe(`maria@${meant}`);
  });

  it('is never seen in one that people have addresses at', () => {
    const providers = `gmail.com googlemail.com gmx.com gmx.de mail.com email.com ymail.com rocketmail.com aol.com aim.com live.com live.ca
      msn.com me.com mac.com icloud.com proton.me protonmail.com protonmail.ch pm.me fastmail.com fastmail.fm hey.com tutanota.com
      hotmail.com hotmail.ca hotmail.co.uk hotmail.fr hotmail.co.th hotmail.rs outlook.com outlook.fr outlook.com.br outlook.sa
      yahoo.com yahoo.ca yahoo.co.uk yahoo.com.vn yahoo.com.co sympatico.ca bell.net bell.ca rogers.com shaw.ca telus.net videotron.ca
      orange.fr free.fr laposte.net wanadoo.fr web.de t-online.de qq.com 163.com mail.ru comcast.net verizon.net att.net cox.net`;
    const neighbours = `aon.com cloud.com grail.com wahoo.com tahoo.com verizon.com comcast.com att.com telus.com yahooinc.com
      google.com apple.com outlookindia.com gmail.example.com mail.gmail.example hotmail.example firm.co firm.cm firm.om firm.ca
      company.co.uk cam.ac.uk hmail.com qmail.com fmail.com zmail.com`;
    for (const domain of `${providers} ${neighbours}`.split(/\s+/))
      expect([domain, likelyMeant(`maria@${domain}`)]).toEqual([domain, null]);
  });

  it('is not stumbled over by the names that every object has', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect(likelyMeant(`maria@${name}.com`)).toBeNull();
  });

  it('is not asked about when the text is no single address', () => {
    for (const text of [
      '',
      'maria',
      '@',
      'a@gmial.com b@gmial.com',
      '@gmial.com',
      'maria@',
      'a'.repeat(5000),
    ])
      expect(likelyMeant(text)).toBeNull();
  });

  it('leads to an address that is not questioned in its turn', () => {
    const near = fc.constantFrom('gmail', 'hotmail', 'outlook', 'yahoo', 'icloud', 'protonmail', 'verizon');
    const domains = fc.tuple(
      near,
      fc.nat(12),
      fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz.,'.split('')),
      fc.constantFrom('com', 'ca', 'co', 'con', 'co.uk', ''),
    );
    fc.assert(
      fc.property(domains, ([name, at, letter, ending]) => {
        const meant = likelyMeant(`maria@${name.slice(0, at)}${letter}${name.slice(at)}.${ending}`);
        expect(meant === null ? null : likelyMeant(meant)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a slip of the finger', () => {
  it('leaves a letter out, doubles it, hits the key beside it, or swaps two', () => {
    for (const typed of ['gmal', 'gmai', 'gmaail', 'gmaill', 'gnail', 'gmaik', 'gmial', 'gamil'])
      expect([typed, isSlipOf(typed, 'gmail')]).toEqual([typed, true]);
  });

  it('is not another name: another first letter, a letter far away, two changes', () => {
    for (const typed of [
      'gmail',
      'mail',
      'email',
      'ymail',
      'grail',
      'gmall',
      'gmxail',
      'gmails',
      'gamli',
      '',
    ])
      expect([typed, isSlipOf(typed, 'gmail')]).toEqual([typed, false]);
  });
});
