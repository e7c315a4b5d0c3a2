import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import type { LeadCursor, LeadFilter, LeadRow } from '../../src/leads/port.ts';
import type { Store } from '../../src/store/port.ts';
import {
  confirmedLead,
  CONSENT,
  fakeTimetable,
  freshStore,
  press,
  sendAllDue,
  signUp,
  START,
} from '../support/store.ts';

async function allRows(
  store: Store,
  filter: LeadFilter,
  order: 'oldest' | 'newest',
  limit: number,
): Promise<readonly LeadRow[]> {
  const rows: LeadRow[] = [];
  let after: LeadCursor | null = null;
  do {
    const page = await store.leadsPage(filter, { after, limit, order });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
}

const emails = (rows: readonly LeadRow[]) => rows.map(({ email }) => email);

describe('pages of leads', () => {
  it('are complete and in order both ways, whatever their size and however many came at one instant', async () => {
    const { store } = freshStore();
    const all: string[] = [];
    for (let n = 0; n < 23; n += 1)
      all.push(
        (await signUp(store, { email: `p${n}@example.com`, at: START + Math.floor(n / 5) * MINUTE })).email,
      );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        expect(emails(await allRows(store, {}, 'oldest', limit))).toEqual(all);
        expect(emails(await allRows(store, {}, 'newest', limit))).toEqual(all.toReversed());
      }),
      { numRuns: 30 },
    );
    expect(await store.countLeads({})).toBe(23);
  });

  it('have nothing after an exact last page', async () => {
    const { store } = freshStore();
    for (let n = 0; n < 4; n += 1) await signUp(store, { email: `p${n}@example.com`, at: START + n });
    const first = await store.leadsPage({}, { after: null, limit: 2, order: 'oldest' });
    const second = await store.leadsPage({}, { after: first.next, limit: 2, order: 'oldest' });
    expect([first.next === null, second.next]).toEqual([false, null]);
  });

  it('tell all of a lead', async () => {
    const { store } = freshStore();
    const { leadId, signupId } = await signUp(store);
    await store.confirm(signupId, press(START + MINUTE, { situation: 'between-roles', targetRole: 'COO' }));
    await signUp(store, { offer: 'infographic', at: START + HOUR });
    await signUp(store, { offer: 'white-paper', at: START + HOUR });
    await signUp(store, { offer: 'secret', held: true });
    await sendAllDue(store, START + HOUR);
    await store.recordDownload({
      signupId,
      at: START + 2 * MINUTE,
      contentVersion: 'v',
      sha256: 'ab',
      bytes: 1,
    });
    const touch = { source: 'article', medium: null, campaign: 'weak-ties', referrer: null };
    expect(await allRows(store, {}, 'oldest', 10)).toEqual([
      {
        leadId,
        email: 'maria@example.com',
        firstName: 'Maria',
        status: 'confirmed',
        followUp: 'active',
        offers: ['white-paper', 'infographic'],
        situation: 'between-roles',
        targetRole: 'COO',
        signedUpAt: START,
        confirmedAt: START + MINUTE,
        firstDownloadAt: START + 2 * MINUTE,
        downloads: 1,
        emailsSent: 3,
        lastEmailAt: START + HOUR,
        clicks: 0,
        exitReason: null,
        unsubscribedAt: null,
        consentAt: START + MINUTE,
        consentVersion: CONSENT.version,
        throwaway: false,
        timezone: 'America/Toronto',
        first: touch,
        last: touch,
      },
    ]);
  });

  it('find what a filter means', async () => {
    const { store } = freshStore();
    const attribution = {
      source: 'linkedin',
      medium: null,
      campaign: null,
      term: null,
      content: null,
      referrer: null,
    };
    await confirmedLead(store, { email: 'chloe@firm.example', firstName: 'Chloé', at: START });
    await signUp(store, {
      email: 'Omar_50%@firm.example',
      firstName: 'Omar',
      offer: 'infographic',
      attribution,
      at: START + DAY,
    });
    const found = async (filter: LeadFilter) => {
      const rows = await allRows(store, filter, 'oldest', 10);
      expect(await store.countLeads(filter)).toBe(rows.length);
      return rows.map(({ firstName }) => firstName);
    };
    expect(await found({ q: 'CHLOÉ' })).toEqual(['Chloé']);
    expect(await found({ q: 'FIRM.example' })).toEqual(['Chloé', 'Omar']);
    expect(await found({ q: '_50%' })).toEqual(['Omar']);
    expect(await found({ q: '%' })).toEqual(['Omar']);
    expect(await found({ status: 'confirmed' })).toEqual(['Chloé']);
    expect(await found({ offer: 'infographic' })).toEqual(['Omar']);
    expect(await found({ source: 'linkedin' })).toEqual(['Omar']);
    expect(await found({ from: '2026-11-24' })).toEqual(['Omar']);
    expect(await found({ to: '2026-11-23' })).toEqual(['Chloé']);
    expect(await found({ from: '2026-11-23', to: '2026-11-24', status: 'unconfirmed', q: 'o' })).toEqual([
      'Omar',
    ]);
    expect(await found({ q: "'; drop table leads; --" })).toEqual([]);
  });
});

it('the funnel’s numbers count what happened in the stretch of time', async () => {
  const { store } = freshStore();
  const first = await confirmedLead(store, { at: START });
  expect(await sendAllDue(store, START)).toContain('delivery');
  await signUp(store, {
    email: 'b@example.com',
    at: START + DAY,
    attribution: { ...NO_TOUCH, source: 'linkedin' },
  });
  await signUp(store, { email: 'c@example.com', at: START + DAY, held: true });
  await store.changePreferences(
    first.leadId,
    { kind: 'stop', reason: 'booked_call' },
    { at: START + DAY, place: '/', timetable: fakeTimetable() },
  );
  await store.addPageViews([
    { day: '2026-11-24', path: '/', count: 4 },
    { day: '2026-11-24', path: '/download', count: 5 },
  ]);
  expect(await store.funnelNumbers({ from: START, to: START + 2 * DAY })).toEqual({
    views: 4,
    links: { mailed: 1, pressed: 1, taken: 0, returned: 0, looks: 5 },
    signups: 2,
    confirmed: 1,
    downloaded: 0,
    withFollowUp: 1,
    finished: 0,
    clicked: 0,
    clicksRaw: 0,
    clicksByPersons: 0,
    clicksByScanners: 0,
    unsubscribed: 0,
    foundJob: 0,
    bookedCall: 1,
    held: 1,
    sources: [
      { source: 'article', site: null, signups: 1, confirmed: 1 },
      { source: 'linkedin', site: null, signups: 1, confirmed: 0 },
    ],
    days: [
      { day: '2026-11-23', views: 0, signups: 1 },
      { day: '2026-11-24', views: 4, signups: 1 },
    ],
  });
  expect(await store.funnelNumbers({ from: START + DAY, to: START + 2 * DAY })).toMatchObject({
    signups: 1,
    confirmed: 0,
  });
});

const NO_TOUCH = { source: null, medium: null, campaign: null, term: null, content: null, referrer: null };

describe('made-up leads', () => {
  const ingredients = {
    random: systemRandom,
    now: START,
    offers: ['white-paper', 'infographic'],
    situations: ['between-roles'],
    steps: ['one', 'two', 'three'],
    posts: ['weak-ties'],
    consent: CONSENT,
  };

  it('fill an empty database with a history that the sender never touches and the numbers do not count', async () => {
    const { store } = freshStore();
    const progress: number[] = [];
    expect(await store.fillWithDemoLeads(2500, ingredients, (leads) => progress.push(leads))).toBe('filled');
    expect(progress).toEqual([1000, 2000, 2500]);
    const rows = await allRows(store, {}, 'oldest', 1000);
    expect(rows).toHaveLength(2500);
    expect(new Set(emails(rows)).size).toBe(2500);
    expect(
      rows.every(
        ({ email, signedUpAt }) =>
          email.endsWith('.example') && signedUpAt <= START && signedUpAt >= START - 90 * DAY,
      ),
    ).toBe(true);
    expect([...new Set(rows.map(({ followUp }) => followUp))].toSorted()).toEqual([
      'active',
      'finished',
      'none',
      'stopped',
    ]);
    expect(await store.nextDueAt()).toBeNull();
    expect(await sendAllDue(store, START + 99 * DAY)).toEqual([]);
    expect(await store.funnelNumbers({ from: 0, to: START + DAY })).toMatchObject({
      signups: 0,
      confirmed: 0,
      clicked: 0,
      clicksRaw: 0,
      sources: [],
    });
    expect(
      (await store.leadsPage({}, { after: null, limit: 10, order: 'oldest', demo: false })).rows,
    ).toEqual([]);
  });

  it('are refused where there are leads', async () => {
    const { store } = freshStore();
    await signUp(store);
    expect(await store.fillWithDemoLeads(1, ingredients, () => {})).toBe('has_leads');
  });
});
