import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/kernel/clock.ts';
import { createPatience } from '../../src/signup/patience.ts';
import type { Patience } from '../../src/signup/patience.ts';
import { testFunnel } from '../support/funnel.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

function useUp(patience: Patience, network: string, now: number) {
  return Array.from({ length: 60 }, () => patience.spentUntil(network, now));
}

describe('patience with a network', () => {
  it('ends with the sixty-first form in ten minutes, for the rest of them, and for that network alone', () => {
    const patience = createPatience();
    expect(new Set(useUp(patience, 'a', NOW))).toEqual(new Set([null]));
    expect(patience.spentUntil('a', NOW + MINUTE)).toBe(NOW + 10 * MINUTE);
    expect(patience.spentUntil('b', NOW + MINUTE)).toBeNull();
    expect(patience.spentUntil('a', NOW + 10 * MINUTE - 1)).toBe(NOW + 10 * MINUTE);
    // What was sent meanwhile is not held against it.
    expect(new Set(useUp(patience, 'a', NOW + 10 * MINUTE))).toEqual(new Set([null]));
  });

  it('remembers ten thousand networks and no more, the newest ones', () => {
    const patience = createPatience();
    for (const network of ['oldest', 'second']) useUp(patience, network, NOW);
    for (let n = 0; n < 9999; n++) patience.spentUntil(`n${n}`, NOW + 1);
    expect(patience.spentUntil('second', NOW + 2)).not.toBeNull();
    expect(patience.spentUntil('oldest', NOW + 2)).toBeNull();
  });
});

describe('a network that sends dozens of forms that cannot be taken', () => {
  /** The sixtieth and the sixty-first answer. */
  async function tired(query = '', offer = 'white-paper') {
    const made = await testFunnel();
    for (let n = 0; n < 59; n++) await made.signUp({ email: 'x' }, offer, query);
    const last = await made.signUp({ email: 'x' }, offer, query);
    return { ...made, last, answer: await made.signUp({ email: 'x' }, offer, query) };
  }

  it('gets a short page that says when, instead of its form', async () => {
    const { last, answer, clock, signUp } = await tired('?utm_source=talk');
    expect([last.statusCode, answer.statusCode]).toEqual([422, 429]);
    expect(answer.headers).toMatchObject({
      'retry-after': '600',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    });
    expect(answer.body).toContain('Please send it again in 10 minutes.');
    expect(answer.body).toContain('href="/?utm_source=talk"');
    expect(answer.body).not.toContain('<form');
    clock.advance(8.5 * MINUTE);
    const later = await signUp({ email: 'x' });
    expect([later.headers['retry-after'], later.body.includes('again in 2 minutes.')]).toEqual(['90', true]);
    clock.advance(1.5 * MINUTE);
    expect((await signUp({ email: 'x' })).statusCode).toBe(422);
  });

  it('is told in the language of the offer', async () => {
    const { answer } = await tired('', 'livre-blanc');
    expect(answer.body).toContain('<html lang="fr"');
    expect(answer.body).toContain('dans 10 minutes');
  });

  it('has every good form taken all the same', async () => {
    const { signUp, send, inbox } = await tired();
    expect((await signUp()).statusCode).toBe(303);
    await send();
    expect(inbox).toHaveLength(1);
  });

  it('gets the short page beyond a limit as well', async () => {
    const { signUp } = await tired();
    for (let n = 0; n < 10; n++) await signUp({ email: `n${n}@example.com` });
    const answer = await signUp({ email: 'eleventh@example.com' });
    expect([answer.statusCode, answer.body.includes('<form')]).toEqual([429, false]);
  });
});
