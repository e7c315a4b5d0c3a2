import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/kernel/clock.ts';
import { createTokens } from '../../src/kernel/tokens.ts';
import type { TokenClaim, TokenPurpose } from '../../src/kernel/tokens.ts';

const NOW = Date.UTC(2026, 10, 23);
const OLD = 'the old secret, thirty-two bytes or more';
const NEW = 'the new secret, thirty-two bytes or more';
const PURPOSES: readonly TokenPurpose[] = [
  'download',
  'unsubscribe',
  'not_me',
  'preferences',
  'data',
  'erase',
  'read',
];
const tokens = createTokens([OLD]);
const ID = '019aa000-0000-7000-8000-0000000000ff';

const claims: fc.Arbitrary<TokenClaim> = fc.oneof(
  fc.record({ purpose: fc.constantFrom('unsubscribe' as const, 'not_me' as const), id: fc.uuid() }),
  fc.record({
    purpose: fc.constantFrom('download' as const, 'preferences' as const, 'data' as const, 'erase' as const),
    id: fc.uuid(),
    expiresAt: fc.integer({ min: NOW + 1000, max: NOW + 400 * DAY }),
  }),
  fc.record({
    purpose: fc.constant('read' as const),
    id: fc.uuid(),
    slug: fc.stringMatching(/^[a-z0-9-]{1,60}$/),
    expiresAt: fc.integer({ min: NOW + 1000, max: NOW + 400 * DAY }),
  }),
);

/** No purpose makes anything of it. */
function isWorthless(token: string): boolean {
  return PURPOSES.every((purpose) => tokens.read(purpose, token, NOW).kind === 'invalid');
}

describe('tokens', () => {
  it('tell back what they were made for', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const slug = claim.purpose === 'read' ? claim.slug : '';
        const reading = tokens.read(claim.purpose, tokens.mint(claim), NOW);
        expect(reading).toEqual({ kind: 'valid', id: claim.id, slug });
      }),
    );
  });

  it('are short enough for a line of an email, and safe in a path', () => {
    const token = tokens.mint({ purpose: 'download', id: ID, expiresAt: NOW + DAY });
    expect(token).toMatch(/^[A-Za-z0-9_-]{52}$/);
  });

  it('tell an expired but genuine one apart, with its subject', () => {
    const token = tokens.mint({ purpose: 'download', id: ID, expiresAt: NOW + HOUR });
    expect(tokens.read('download', token, NOW + HOUR - 1).kind).toBe('valid');
    expect(tokens.read('download', token, NOW + HOUR)).toEqual({ kind: 'expired', id: ID, slug: '' });
  });

  it('never let a link to leave expire', () => {
    const token = tokens.mint({ purpose: 'unsubscribe', id: ID });
    expect(tokens.read('unsubscribe', token, NOW + 50 * 365 * DAY).kind).toBe('valid');
  });

  it('are good for no other purpose', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(...PURPOSES), (claim, purpose) => {
        fc.pre(purpose !== claim.purpose);
        expect(tokens.read(purpose, tokens.mint(claim), NOW).kind).toBe('invalid');
      }),
    );
  });

  it('are refused with any bit flipped', () => {
    fc.assert(
      fc.property(claims, fc.nat(), (claim, chance) => {
        const bytes = Buffer.from(tokens.mint(claim), 'base64url');
        const bit = chance % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isWorthless(bytes.toString('base64url'))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused with any character changed, cut, added or doubled', () => {
    fc.assert(
      fc.property(claims, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (claim, chance, letter) => {
        const token = tokens.mint(claim);
        const at = chance % token.length;
        fc.pre(token[at] !== letter);
        expect(isWorthless(token.slice(0, at) + letter + token.slice(at + 1))).toBe(true);
        expect(isWorthless(token.slice(0, at))).toBe(true);
        expect(isWorthless(token.slice(0, at) + letter + token.slice(at))).toBe(true);
        expect(isWorthless(token + token)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused in any other spelling of the same bytes', () => {
    // 42 bytes and a rest: the last character has bits that decoding ignores.
    const token = tokens.mint({ purpose: 'read', id: ID, slug: 'ab', expiresAt: NOW + DAY });
    const bytes = Buffer.from(token, 'base64url');
    const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twins = ALPHABET.split('')
      .map((letter) => token.slice(0, -1) + letter)
      .filter((twin) => twin !== token && Buffer.from(twin, 'base64url').equals(bytes));
    expect(twins.length).toBeGreaterThan(0);
    const spellings = [`${token}=`, `${token}==`, ` ${token}`, `${token}\n`, bytes.toString('base64')];
    for (const twin of [...twins, ...spellings]) expect(isWorthless(twin)).toBe(true);
  });

  it('are refused when another key signed them', () => {
    const foreign = createTokens([NEW]);
    fc.assert(fc.property(claims, (claim) => isWorthless(foreign.mint(claim))));
  });

  it('live on after a rotation: the first secret signs, all verify', () => {
    const old = tokens.mint({ purpose: 'unsubscribe', id: ID });
    const rotated = createTokens([NEW, OLD]);
    expect(rotated.read('unsubscribe', old, NOW).kind).toBe('valid');
    const fresh = rotated.mint({ purpose: 'unsubscribe', id: ID });
    expect(isWorthless(fresh)).toBe(true);
    expect(createTokens([NEW]).read('unsubscribe', fresh, NOW).kind).toBe('valid');
  });

  it('make nothing of what was never a token', () => {
    fc.assert(fc.property(fc.string({ maxLength: 500 }), isWorthless));
    expect(isWorthless('A'.repeat(100_000))).toBe(true);
  });
});
