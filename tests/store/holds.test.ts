import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import type { Store } from '../../src/store/port.ts';
import { stepOf } from '../support/email.ts';
import { offer } from '../support/offer.ts';
import { confirmedLead, fakeTimetable, freshStore, sendAllDue, START, uuid } from '../support/store.ts';

const PRESS = START + MINUTE;
const DUE = PRESS + 2 * DAY;
const timetable = fakeTimetable();
const COACH = { kind: 'coach', reason: 'holidays', at: DUE } as const;

async function leads(store: Store, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    ids.push((await confirmedLead(store, { email: `p${n}@example.com`, leadId: uuid() })).leadId);
  }
  await sendAllDue(store, PRESS);
  return ids;
}

describe('a pause of everything', () => {
  it('lasts until a person ends it, and keeps documents back as well', async () => {
    const { store } = freshStore();
    await leads(store, 1);
    await store.holdSending(COACH);
    await confirmedLead(store, { email: 'new@example.com', at: DUE });
    expect(await sendAllDue(store, DUE + 300 * DAY)).toEqual([]);
    expect(await store.senderPause(DUE + 300 * DAY)).toEqual({
      kind: 'coach',
      until: null,
      reason: 'holidays',
      since: DUE,
    });
    await store.resumeSending(DUE + HOUR, timetable);
    expect(await sendAllDue(store, DUE + HOUR)).toEqual(['delivery', 'one']);
  });

  it('holds back what was claimed already, and gives it back untouched', async () => {
    const { store } = freshStore();
    const [leadId = ''] = await leads(store, 1);
    const claim = await store.claimNextDue({ now: DUE, leaseMs: MINUTE, leaseToken: 'lease', timetable });
    if (claim?.kind !== 'claimed') throw new Error('nothing was due');
    await store.holdSending(COACH);
    const begun = {
      messageId: claim.message.messageId,
      leaseToken: 'lease',
      payload: new Uint8Array([1]),
      subject: 'one',
      transport: 'resend',
      choices: null,
      at: DUE,
    };
    expect(await store.beginTry(begun)).toBe(null);
    expect((await store.messagesOf(leadId)).at(-1)).toMatchObject({ state: 'planned', dueAt: DUE });
  });

  it('of three weeks makes nobody stale and ends in one email each, at the hour of the step', async () => {
    const { store } = freshStore();
    const steps = ['one', 'two', 'three'].map((key) => stepOf(key));
    const toronto = createTimetable(steps, 'America/Toronto', systemRandom);
    for (const email of ['a@example.com', 'b@example.com']) await confirmedLead(store, { email });
    await sendAllDue(store, PRESS, toronto);
    await store.holdSending({ ...COACH, at: PRESS });
    const back = Temporal.Instant.from('2026-12-17T02:00:00Z').epochMilliseconds;
    expect(await store.resumeSending(back, toronto)).toBe(2);
    expect(await sendAllDue(store, back, toronto)).toEqual([]);
    const nine = Temporal.Instant.from('2026-12-17T14:00:00Z').epochMilliseconds;
    expect(await sendAllDue(store, nine - 1, toronto)).toEqual([]);
    expect(await sendAllDue(store, nine, toronto)).toEqual(['one', 'one']);
    expect(await sendAllDue(store, nine + HOUR, toronto)).toEqual([]);
  });

  it('of a restored database goes before the coach’s and is not softened by it', async () => {
    const { store } = freshStore();
    await store.holdSending(COACH);
    await store.holdSending({ kind: 'restored', reason: 'from a backup', at: DUE + 1 });
    await store.holdSending({ ...COACH, reason: 'again' });
    expect(await store.senderPause(DUE)).toMatchObject({ kind: 'restored', reason: 'from a backup' });
    await store.resumeSending(DUE + 2, timetable);
    expect(await store.senderPause(DUE)).toBe(null);
  });
});

describe('a pause by the account', () => {
  it('ends with the first email that goes out', async () => {
    const { store } = freshStore();
    await leads(store, 4);
    const pause = { kind: 'pause', cause: 'account', until: DUE + HOUR, reason: 'quota' } as const;
    await offer(store, DUE, pause);
    expect(await store.claimNextDue({ now: DUE, leaseMs: 1, leaseToken: 'x', timetable })).toBe(null);
    await store.probeAccount(DUE + 1);
    await offer(store, DUE + 1, { ...pause, until: DUE + 2 * HOUR });
    expect(await store.senderPause(DUE + 1)).toMatchObject({ since: DUE, until: DUE + 2 * HOUR });
    await store.probeAccount(DUE + 2);
    await offer(store, DUE + 2, { kind: 'submitted', providerId: 'p' });
    await offer(store, DUE + 3, { ...pause, until: DUE + 3 * HOUR });
    expect(await store.senderPause(DUE + 3)).toMatchObject({ since: DUE + 3 });
  });
});

it('a message that meets a fault of the account makes way for another one at the next probe', async () => {
  const { store } = freshStore();
  await leads(store, 2);
  const refused = (until: number) =>
    ({ kind: 'pause', cause: 'account', until, reason: 'relay refused' }) as const;
  const first = await offer(store, DUE, refused(DUE + HOUR));
  await store.probeAccount(DUE + 1);
  const second = await offer(store, DUE + 1, { kind: 'submitted', providerId: 'p' });
  expect(second.messageId).not.toBe(first.messageId);
  // Alone, it is the probe itself.
  const again = await offer(store, DUE + HOUR + 1, refused(DUE + 2 * HOUR));
  expect(again.messageId).toBe(first.messageId);
  await store.probeAccount(DUE + HOUR + 2);
  expect((await offer(store, DUE + HOUR + 2, refused(DUE + 3 * HOUR))).messageId).toBe(first.messageId);
});

it('a visitor’s pause that comes between claim and try is kept', async () => {
  const { store } = freshStore();
  const [leadId = ''] = await leads(store, 1);
  const claim = await store.claimNextDue({ now: DUE, leaseMs: MINUTE, leaseToken: 'lease', timetable });
  if (claim?.kind !== 'claimed') throw new Error('nothing was due');
  const until = DUE + 30 * DAY;
  await store.changePreferences(leadId, { kind: 'pause', until }, { at: DUE, place: '/', timetable });
  const begun = {
    messageId: claim.message.messageId,
    leaseToken: 'lease',
    payload: new Uint8Array([1]),
    subject: 'one',
    transport: 'resend',
    choices: null,
    at: DUE,
  };
  expect(await store.beginTry(begun)).toBe(null);
  expect(await sendAllDue(store, until - 1)).toEqual([]);
  expect(await sendAllDue(store, until)).toEqual(['one']);
});

describe('after a long silence', () => {
  const steps = ['one', 'two', 'three', 'four', 'five'].map((key) => stepOf(key, { daysAfter: 2 }));
  const real = createTimetable(steps, 'America/Toronto', systemRandom);
  /** Wednesday, nine in Toronto: the day of the first step. */
  const first = Temporal.Instant.from('2026-11-25T14:00:00Z').epochMilliseconds;

  it('a step that is not too late goes, and the rest shifts behind it', async () => {
    const { store } = freshStore();
    await confirmedLead(store);
    await sendAllDue(store, PRESS, real);
    const back = first + 9 * DAY;
    expect(await sendAllDue(store, back, real)).toEqual(['one']);
    expect(await sendAllDue(store, back + 2 * DAY, real)).toEqual([]);
    // Friday, so the next one on Monday: two days after would be a Sunday.
    expect(await sendAllDue(store, back + 3 * DAY, real)).toEqual(['two']);
  });

  it('one that is too late is skipped with its reason, and the next comes in its time', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await sendAllDue(store, PRESS, real);
    expect(await sendAllDue(store, first + 12 * DAY, real)).toEqual(['one skipped']);
    expect((await store.messagesOf(leadId)).slice(-2)).toMatchObject([
      { step: 'one', state: 'skipped', reason: '12 days late' },
      { step: 'two', state: 'planned' },
    ]);
    expect(await sendAllDue(store, first + 14 * DAY, real)).toEqual(['two']);
  });

  it('more than a fortnight behind, the sequence ends as stale, and a new tick begins it where it was', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await sendAllDue(store, PRESS, real);
    const late = first + 15 * DAY;
    expect(await sendAllDue(store, late, real)).toEqual(['one skipped']);
    expect(await store.findLead(leadId)).toMatchObject({
      status: 'confirmed',
      followUp: 'stopped',
      exitReason: 'stale',
    });
    expect(await sendAllDue(store, late + 90 * DAY, real)).toEqual([]);
    const again = await confirmedLead(store, { at: late + DAY });
    expect(again.email).toBe('maria@example.com');
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active', exitReason: null });
  });
});
