import { argon2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashPassword, passwordMatches, passwordProblem } from '../../src/desk/password.ts';

const PASSWORD = 'correct horse battery staple';

describe('a password', () => {
  it('is kept as an argon2id string that other programs can read', async () => {
    const hash = await hashPassword(PASSWORD);
    const form = /^\$argon2id\$v=19\$m=47104,t=1,p=1\$([A-Za-z\d+/]{22})\$([A-Za-z\d+/]{43})$/;
    const [, salt = '', tag = ''] = form.exec(hash) ?? [];
    const again = argon2Sync('argon2id', {
      message: PASSWORD,
      nonce: Buffer.from(salt, 'base64'),
      memory: 47_104,
      passes: 1,
      parallelism: 1,
      tagLength: 32,
    });
    expect(again.toString('base64').replace(/=+$/, '')).toBe(tag);
    expect(await hashPassword(PASSWORD)).not.toBe(hash);
  });

  it('matches itself alone, spaces and case included', async () => {
    const hash = await hashPassword(PASSWORD);
    expect(await passwordMatches(PASSWORD, hash)).toBe(true);
    for (const wrong of ['', `${PASSWORD} `, PASSWORD.toUpperCase(), PASSWORD.slice(1)]) {
      expect([wrong, await passwordMatches(wrong, hash)]).toEqual([wrong, false]);
    }
    expect(await passwordMatches(PASSWORD, null)).toBe(false);
  });

  it('is the same however a keyboard composes its letters', async () => {
    const hash = await hashPassword('caf\u00E9 au lait, s\u2019il vous pla\u00EEt');
    expect(await passwordMatches('cafe\u0301 au lait, s\u2019il vous plai\u0302t', hash)).toBe(true);
  });

  it.each([
    ['elevenchars', /12 characters or more/],
    ['😀'.repeat(11), /12 characters or more/],
    ['x'.repeat(257), /256 characters at most/],
    ['aaaaaaaaaaaaaaaa', /same few characters/],
    ['abcdabcdabcdabcd', /same few characters/],
  ])('that is %j is refused in words', (password, words) => {
    expect(passwordProblem(password)).toMatch(words);
  });

  it('may be long, and may have spaces and any letters', () => {
    expect(passwordProblem('правильный конь 電池')).toBeNull();
    expect(passwordProblem('abcde'.repeat(51))).toBeNull();
  });
});
