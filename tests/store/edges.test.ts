import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import type { SendOutcome } from '../../src/sequence/port.ts';
import type { Store } from '../../src/store/port.ts';
import { stepOf } from '../support/email.ts';
import { offer } from '../support/offer.ts';
import { confirmedLead, fakeTimetable, freshStore, press, sendAllDue, START } from '../support/store.ts';

const PRESS = START + MINUTE;
const DUE = PRESS + 2 * DAY;
const timetable = fakeTimetable();
const plain = (at: number): SendOutcome => ({ kind: 'retry', at, reason: '451', ambiguous: false });
const lost = (at: number): SendOutcome => ({ kind: 'retry', at, reason: 'timeout', ambiguous: true });

async function stepDue(store: Store) {
  const lead = await confirmedLead(store);
  await sendAllDue(store, PRESS);
  return lead;
}

const stepsOf = async (store: Store, leadId: string) =>
  (await store.messagesOf(leadId))
    .filter(({ kind }) => kind === 'step')
    .map(({ step, state }) => `${step} ${state}`);

const unsubscribe = (store: Store, leadId: string, at: number) =>
  store.changePreferences(leadId, { kind: 'stop', reason: 'unsubscribed' }, { at, place: '/', timetable });

/** A new tick and press after a stop. */
async function comeBack(store: Store, at: number): Promise<void> {
  const { signupId } = await confirmedLead(store, { at });
  await store.confirm(signupId, press(at + MINUTE));
}

describe('a stop of a step that had been offered', () => {
  it('is a doubt when a try may have been taken, and counts as sent after a day', async () => {
    const { store } = freshStore();
    const { leadId } = await stepDue(store);
    await offer(store, DUE, lost(DUE + HOUR));
    await unsubscribe(store, leadId, DUE + MINUTE);
    expect((await store.messagesOf(leadId)).at(-1)).toMatchObject({
      state: 'in_doubt',
      reason: 'an earlier try ended unknown, and then: unsubscribed',
    });
    expect(await sendAllDue(store, DUE + 30 * DAY)).toEqual([]);
    expect((await store.proveLedger()).flatMap(({ breaches }) => breaches)).toEqual([]);
  });

  it('is a cancellation when all tries were refused, and the step comes after a new yes', async () => {
    const { store } = freshStore();
    const { leadId } = await stepDue(store);
    await offer(store, DUE, plain(DUE + HOUR));
    await unsubscribe(store, leadId, DUE + MINUTE);
    expect(await stepsOf(store, leadId)).toEqual(['one cancelled']);
    await comeBack(store, DUE + DAY);
    await sendAllDue(store, DUE + DAY + MINUTE);
    const again = await offer(store, DUE + 4 * DAY, { kind: 'submitted', providerId: 'p' });
    // Other bytes may never go under a key that was used.
    expect(again).toMatchObject({ step: 'one', payload: null, doubt: null });
    expect(again.idempotencyKey).toMatch(/\/2$/);
    expect((await store.proveLedger()).flatMap(({ breaches }) => breaches)).toEqual([]);
  });

  it('while it is under way, by a process that dies, is a doubt for the next one', async () => {
    const { store } = freshStore();
    const { leadId } = await stepDue(store);
    const claim = await store.claimNextDue({
      now: DUE,
      leaseMs: MINUTE,
      leaseToken: 'serve:1',
      timetable,
    });
    if (claim?.kind !== 'claimed') throw new Error('nothing was due');
    const begun = { payload: new Uint8Array([1]), subject: '', transport: 'resend', choices: null, at: DUE };
    await store.beginTry({ messageId: claim.message.messageId, leaseToken: 'serve:1', ...begun });
    await unsubscribe(store, leadId, DUE + 1);
    expect(await stepsOf(store, leadId)).toEqual(['one cancelled']);
    await store.releaseLeases('serve', DUE + MINUTE);
    expect(await stepsOf(store, leadId)).toEqual(['one in_doubt']);
  });
});

it('a copy under a new key is never within 20 hours of the one in doubt, whatever she does meanwhile', async () => {
  for (const meanwhile of ['pause and resume', 'leave and come back'] as const) {
    const { store } = freshStore();
    const { leadId } = await stepDue(store);
    const { messageId } = await offer(store, DUE, { kind: 'in_doubt', reason: 'timeout' });
    await store.settleDoubt({ messageId, word: 'send_again', at: DUE + MINUTE, timetable });
    if (meanwhile === 'leave and come back') {
      await unsubscribe(store, leadId, DUE + 2 * MINUTE);
      await comeBack(store, DUE + 3 * MINUTE);
    } else {
      const context = { at: DUE + 2 * MINUTE, place: '/', timetable };
      await store.changePreferences(leadId, { kind: 'pause', until: DUE + HOUR }, context);
      await store.changePreferences(leadId, { kind: 'resume' }, context);
    }
    const early = await sendAllDue(store, DUE + 19 * HOUR, fakeTimetable(['one', 'two', 'three'], 0));
    expect({ meanwhile, early: early.filter((step) => step === 'one') }).toEqual({ meanwhile, early: [] });
  }
});

describe('a bad hour', () => {
  const steps = ['one', 'two'].map((key) => stepOf(key, { daysAfter: 2 }));
  const real = createTimetable(steps, 'America/Toronto', systemRandom);
  const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

  it('keeps a step back once: a timer that always comes at night still sends it on the next one', async () => {
    const { store } = freshStore();
    await confirmedLead(store, { timezone: 'Australia/Lord_Howe' });
    const nightly = async (day: string) => await sendAllDue(store, at(`${day}T15:00:00Z`), real);
    expect(await nightly('2026-11-23')).toEqual(['delivery']);
    const sent: string[] = [];
    for (let day = 24; day <= 30; day += 1) sent.push(...(await nightly(`2026-11-${day}`)));
    expect(sent).toEqual(['one postponed', 'one', 'two postponed', 'two'].slice(0, sent.length));
    expect(sent).toContain('one');
  });

  it('does not hold a doubt back until its key is too old', async () => {
    const { store } = freshStore();
    await confirmedLead(store);
    await sendAllDue(store, PRESS, real);
    const nine = at('2026-11-25T14:00:00Z');
    await offer(store, nine, lost(nine + 12 * HOUR), real);
    const night = await offer(store, nine + 12 * HOUR, lost(nine + 13 * HOUR), real);
    expect(night.doubt).toMatchObject({ since: nine });
  });
});

it('a pause brings nothing forward', async () => {
  const { store } = freshStore();
  const { leadId } = await stepDue(store);
  const context = { at: PRESS + HOUR, place: '/', timetable };
  await store.changePreferences(leadId, { kind: 'pause', until: PRESS + DAY }, context);
  expect((await store.messagesOf(leadId)).at(-1)).toMatchObject({ step: 'one', dueAt: DUE });
  // Over by itself, and not only when the next step comes.
  await store.catchUp(PRESS + DAY, timetable);
  expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active', pausedUntil: null });
});

it('a pause of everything that ends finds what a dead process had in hand', async () => {
  const { store } = freshStore();
  const { leadId } = await stepDue(store);
  await store.claimNextDue({ now: DUE, leaseMs: MINUTE, leaseToken: 'send:1', timetable });
  await store.holdSending({ kind: 'coach', reason: '', at: DUE });
  expect(await store.resumeSending(DUE + 20 * DAY, timetable)).toBe(1);
  expect(await sendAllDue(store, DUE + 20 * DAY)).toEqual(['one']);
  expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active' });
});

it('what met a fault of the account goes as soon as an email proves that it is mended', async () => {
  const { store } = freshStore();
  for (const email of ['a@example.com', 'b@example.com']) await confirmedLead(store, { email });
  const fault: SendOutcome = { kind: 'pause', cause: 'account', until: START + HOUR, reason: 'key' };
  const first = await offer(store, START, fault);
  await store.probeAccount(START + 1);
  const second = await offer(store, START + 1, { kind: 'submitted', providerId: 'p' });
  const third = await offer(store, START + 2, { kind: 'submitted', providerId: 'q' });
  expect(new Set([first, second, third].map(({ messageId }) => messageId)).size).toBe(2);
});

it('a press with many emails in the ledger looks into an index, and not at every row', async () => {
  const { store, dataDir } = freshStore();
  await stepDue(store);
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(`${dataDir}/funnel.db`, { readonly: true });
  const plan = db.prepare('explain query plan select 1 from messages where signup_id = 1').all();
  db.close();
  expect(JSON.stringify(plan)).toContain('messages_by_signup');
});
