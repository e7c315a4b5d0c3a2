import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/kernel/clock.ts';
import type { Attribution } from '../../src/kernel/words.ts';
import { freshStore, press, signUp, START } from '../support/store.ts';

const NOTHING: Attribution = {
  source: null,
  medium: null,
  campaign: null,
  term: null,
  content: null,
  referrer: null,
};
const LINKEDIN: Attribution = { ...NOTHING, source: 'linkedin', medium: 'social', campaign: 'autumn' };
const EMAIL: Attribution = { ...NOTHING, source: 'email', medium: 'sequence', campaign: 'two-markets' };
const COPY: Attribution = { ...NOTHING, source: 'shared-copy' };
const CARD: Attribution = { ...NOTHING, source: 'card', medium: 'print' };

const shown = ({ source, medium, campaign, referrer }: Attribution) => ({
  source,
  medium,
  campaign,
  referrer,
});

/** A lead whom one touch brought, who asks for the other offer by another and presses both times. */
async function touched(first: Attribution, second: Attribution) {
  const { store } = freshStore();
  const one = await signUp(store, { attribution: first });
  await store.confirm(one.signupId, press(START + HOUR));
  const other = await signUp(store, { offer: 'infographic', attribution: second, at: START + DAY });
  await store.confirm(other.signupId, press(START + DAY + HOUR));
  const { rows } = await store.leadsPage({}, { after: null, limit: 1, order: 'oldest' });
  return { first: rows[0]?.first, last: rows[0]?.last };
}

describe('of a lead who comes again, the last touch', () => {
  it('is the campaign that brought her back', async () => {
    expect(await touched(LINKEDIN, CARD)).toEqual({ first: shown(LINKEDIN), last: shown(CARD) });
  });

  it.each([
    ['our own email', EMAIL],
    ['the link in her own copy', COPY],
    ['her own page, of which nothing is known', NOTHING],
  ])('stays as it was when she came by %s', async (_, second) => {
    expect(await touched(LINKEDIN, second)).toEqual({ first: shown(LINKEDIN), last: shown(LINKEDIN) });
  });

  it('is moved by the press, and by no form that somebody filled in with her address', async () => {
    const { store } = freshStore();
    await signUp(store, { attribution: LINKEDIN });
    await signUp(store, { offer: 'infographic', attribution: CARD });
    const { rows } = await store.leadsPage({}, { after: null, limit: 1, order: 'oldest' });
    expect(rows[0]?.last).toEqual(shown(LINKEDIN));
  });
});

it.each([
  ['a forwarded email', EMAIL],
  ['a copy that was handed on', COPY],
])('somebody new who came by %s is counted so, first and last', async (_, came) => {
  expect(await touched(came, NOTHING)).toEqual({ first: shown(came), last: shown(came) });
});

describe('the numbers of campaigns', () => {
  it('count each signup by its own link, with those that were pressed, the newest campaign first', async () => {
    const { store } = freshStore();
    const { signupId } = await signUp(store, { attribution: LINKEDIN });
    await store.confirm(signupId, press(START + HOUR));
    await signUp(store, { email: 'two@example.com', attribution: LINKEDIN, at: START + 1 });
    // The same person again, by a card.
    await signUp(store, { offer: 'infographic', attribution: CARD, at: START + 2 });
    await signUp(store, { email: 'direct@example.com', attribution: NOTHING, at: START + 3 });
    await signUp(store, { email: 'held@example.com', attribution: CARD, held: true, at: START + 4 });
    expect(await store.campaignNumbers(9)).toEqual([
      { source: 'card', medium: 'print', campaign: null, signups: 1, confirmed: 0, lastAt: START + 2 },
      {
        source: 'linkedin',
        medium: 'social',
        campaign: 'autumn',
        signups: 2,
        confirmed: 1,
        lastAt: START + 1,
      },
    ]);
    expect(await store.campaignNumbers(1)).toHaveLength(1);
  });

  it('name the site of those whose link had no source', async () => {
    const { store } = freshStore();
    const from = async (email: string, referrer: string | null, source: string | null = null) =>
      await signUp(store, { email: `${email}@example.com`, attribution: { ...NOTHING, source, referrer } });
    await from('a', 'https://www.google.com/');
    await from('b', 'https://google.com/search');
    await from('c', 'android-app://com.linkedin.android/');
    await from('d', 'https://blog.example');
    await from('e', null);
    await from('f', 'https://www.google.com/', 'card');
    const { sources } = await store.funnelNumbers({ from: START, to: START + DAY });
    expect(sources.map(({ source, site, signups }) => [source, site, signups])).toEqual([
      [null, 'google.com', 2],
      [null, null, 1],
      [null, 'blog.example', 1],
      [null, 'com.linkedin.android', 1],
      ['card', null, 1],
    ]);
  });
});
