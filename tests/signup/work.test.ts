import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { createWorkCheck } from '../../src/signup/work.ts';
import { solvedSum } from '../support/sum.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(32);
/** The sum with the smallest answer, so that nobody has to wait for it. */
const quick = { ...systemRandom, fraction: () => 0 };

async function solved(secrets: readonly string[]): Promise<string> {
  const { challenge } = await createWorkCheck(secrets, quick).ask('white-paper', NOW);
  return await solvedSum(` data-challenge="${challenge.replaceAll('"', '&quot;')}"`);
}

describe('a proof of work', () => {
  it('is good for its form, ten minutes long', async () => {
    const check = createWorkCheck([NEW], quick);
    const text = await solved([NEW]);
    const work = { id: expect.stringMatching(/^[0-9a-f]{64}$/) as string, until: NOW + 10 * MINUTE };
    expect(await check.check(text, 'white-paper', NOW)).toEqual(work);
    expect(await check.check(text, 'white-paper', NOW + 10 * MINUTE - 1)).toEqual(work);
    expect(await check.check(text, 'white-paper', NOW + 10 * MINUTE)).toBeNull();
    expect(await check.check(text, 'infographic', NOW)).toBeNull();
  });

  it('outlives a change of the secret as long as the old one verifies', async () => {
    const text = await solved([OLD]);
    expect(await createWorkCheck([NEW, OLD], quick).check(text, 'white-paper', NOW)).not.toBeNull();
    expect(await createWorkCheck([NEW], quick).check(text, 'white-paper', NOW)).toBeNull();
  });

  it('has the same name however often it is sent, and every sum another', async () => {
    const check = createWorkCheck([NEW], quick);
    const [one, other] = [await solved([NEW]), await solved([NEW])];
    const idOf = async (text: string) => (await check.check(text, 'white-paper', NOW))?.id;
    expect(await idOf(one)).toBe(await idOf(one));
    expect(await idOf(one)).not.toBe(await idOf(other));
  });

  it('cannot be had by naming a smaller sum, a later end or another form', async () => {
    const check = createWorkCheck([NEW], quick);
    const json = Buffer.from(await solved([NEW]), 'base64').toString();
    const changes: readonly (readonly [string | RegExp, string])[] = [
      [/"cost":\d+/, '"cost":1'],
      [/"until":\d+/, `"until":${NOW + 60 * MINUTE}`],
      [/"keyPrefix":"[0-9a-f]+"/, '"keyPrefix":"00"'],
      [/"keySignature":"[0-9a-f]+",/, ''],
      [/"derivedKey":"../, '"derivedKey":"zz'],
      [/"signature":"[0-9a-f]+"/, '"signature":""'],
    ];
    for (const [from, to] of changes) {
      const text = Buffer.from(json.replace(from, to)).toString('base64');
      expect([to, await check.check(text, 'white-paper', NOW)]).toEqual([to, null]);
    }
  });

  it('is asked for at random, between one try and three thousand', async () => {
    const { most, challenge } = await createWorkCheck([NEW], systemRandom).ask('white-paper', NOW);
    expect(most).toBe(3000);
    expect(JSON.parse(challenge)).toMatchObject({ parameters: { cost: 1000, algorithm: 'PBKDF2/SHA-256' } });
  });

  it('needs a secret', () => {
    expect(() => createWorkCheck([], quick)).toThrow('at least one');
  });
});
