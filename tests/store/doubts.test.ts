import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import type { SendOutcome } from '../../src/sequence/port.ts';
import type { Store } from '../../src/store/port.ts';
import { confirmedLead, fakeTimetable, freshStore, sendAllDue, START } from '../support/store.ts';
import { offer } from '../support/offer.ts';

const PRESS = START + MINUTE;
const timetable = fakeTimetable();
const LOST: SendOutcome = { kind: 'in_doubt', reason: 'timeout' };

/** A lead whose first step ended in doubt at `at`. */
async function doubtful(store: Store) {
  const { leadId } = await confirmedLead(store);
  await sendAllDue(store, PRESS);
  const at = PRESS + 2 * DAY;
  const { messageId } = await offer(store, at, LOST);
  return { leadId, messageId, at };
}

const statesOf = async (store: Store, leadId: string) =>
  (await store.messagesOf(leadId))
    .filter(({ kind }) => kind === 'step')
    .map(({ step, state }) => `${step} ${state}`);

const emailsSent = async (store: Store) =>
  (await store.leadsPage({}, { after: null, limit: 1, order: 'oldest' })).rows[0]?.emailsSent;

describe('a step in doubt', () => {
  it('keeps the next one back for a day, then counts as sent at its own time', async () => {
    const { store } = freshStore();
    const { leadId, at } = await doubtful(store);
    expect(await statesOf(store, leadId)).toEqual(['one in_doubt']);
    expect(await sendAllDue(store, at + DAY)).toEqual([]);
    expect((await store.messagesOf(leadId)).at(-1)).toMatchObject({ step: 'two', dueAt: at + 2 * DAY });
    expect(await emailsSent(store)).toBe(2);
    expect(await sendAllDue(store, at + 2 * DAY)).toEqual(['two']);
  });

  it('that arrived, says the coach, counts once, and the sequence goes on', async () => {
    const { store } = freshStore();
    const { leadId, messageId, at } = await doubtful(store);
    const arrived = { messageId, word: 'arrived', at: at + HOUR, timetable } as const;
    expect(await store.settleDoubt(arrived)).toBe('settled');
    expect(await store.settleDoubt(arrived)).toBe('no_doubt');
    expect((await store.messagesOf(leadId)).slice(-2)).toMatchObject([
      { step: 'one', state: 'submitted', submittedAt: at },
      { step: 'two', state: 'planned', dueAt: at + 2 * DAY },
    ]);
    expect(await emailsSent(store)).toBe(2);
  });

  it('that is to be sent again goes under a new key, not before 20 hours, and counts once', async () => {
    const { store } = freshStore();
    const { leadId, messageId, at } = await doubtful(store);
    const again = { messageId, word: 'send_again', at: at + HOUR, timetable } as const;
    expect(await store.settleDoubt(again)).toBe('settled');
    expect(await sendAllDue(store, at + 20 * HOUR - 1)).toEqual([]);
    const sent = await offer(store, at + 20 * HOUR, { kind: 'submitted', providerId: 'p' });
    expect(sent).toMatchObject({ messageId, doubt: null, payload: null, attempts: 0 });
    expect(sent.idempotencyKey).toBe(`message/${messageId}/2`);
    expect(await statesOf(store, leadId)).toEqual(['one submitted', 'two planned']);
    expect(await emailsSent(store)).toBe(2);
  });

  it('may be sent again after its day too: the step that waits gives way and comes afterwards', async () => {
    const { store } = freshStore();
    const { leadId, messageId, at } = await doubtful(store);
    await store.catchUp(at + DAY, timetable);
    expect(await emailsSent(store)).toBe(2);
    const again = { messageId, word: 'send_again', at: at + DAY + HOUR, timetable } as const;
    expect(await store.settleDoubt(again)).toBe('settled');
    expect(await emailsSent(store)).toBe(1);
    expect(await statesOf(store, leadId)).toEqual(['one planned', 'two cancelled']);
    expect(await sendAllDue(store, at + DAY + HOUR)).toEqual(['one']);
    expect(await emailsSent(store)).toBe(2);
    expect(await sendAllDue(store, at + 3 * DAY + HOUR)).toEqual(['two']);
  });

  it('is not sent again once a later one went out, or the sequence is stopped', async () => {
    const { store } = freshStore();
    const first = await doubtful(store);
    await sendAllDue(store, first.at + DAY);
    await sendAllDue(store, first.at + 2 * DAY);
    const again = (messageId: string) =>
      store.settleDoubt({ messageId, word: 'send_again', at: first.at + 3 * DAY, timetable });
    expect(await again(first.messageId)).toBe('no_doubt');
    expect(await statesOf(store, first.leadId)).toEqual(['one in_doubt', 'two submitted', 'three planned']);

    const other = freshStore().store;
    const second = await doubtful(other);
    const stop = { kind: 'stop', reason: 'unsubscribed' } as const;
    await other.changePreferences(second.leadId, stop, { at: second.at + HOUR, place: '/', timetable });
    const { messageId } = second;
    const asked = { messageId, word: 'send_again', at: second.at + 2 * HOUR, timetable } as const;
    expect(await other.settleDoubt(asked)).toBe('no_doubt');
    expect(await sendAllDue(other, second.at + 90 * DAY)).toEqual([]);
  });

  it('as the last one opens a finished sequence again', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const only = fakeTimetable(['one']);
    await sendAllDue(store, PRESS, only);
    const at = PRESS + 2 * DAY;
    const { messageId } = await offer(store, at, LOST, only);
    await store.catchUp(at + DAY, only);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
    await store.settleDoubt({ messageId, word: 'send_again', at: at + 2 * DAY, timetable: only });
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active' });
    expect(await sendAllDue(store, at + 2 * DAY, only)).toEqual(['one']);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
  });
});

describe('a try', () => {
  it('that ended unknown is a doubt for the next claim, and one that was refused plainly is none', async () => {
    const { store } = freshStore();
    await confirmedLead(store);
    const plain = { kind: 'retry', at: START + HOUR, reason: '451', ambiguous: false } as const;
    expect((await offer(store, START, plain)).doubt).toBe(null);
    const lost = { ...plain, at: START + 2 * HOUR, ambiguous: true };
    expect((await offer(store, START + HOUR, lost)).doubt).toBe(null);
    const next = { ...plain, at: START + 3 * HOUR };
    expect((await offer(store, START + 2 * HOUR, next)).doubt).toEqual({
      since: START + HOUR,
      transport: 'resend',
    });
    // The plain answer in between says nothing about the try before it.
    expect((await offer(store, START + 3 * HOUR, next)).doubt).toMatchObject({ since: START + HOUR });
  });

  it('of a process that died is a doubt as well', async () => {
    const { store } = freshStore();
    await confirmedLead(store);
    await offer(store, START, null);
    expect((await offer(store, START + MINUTE, null)).doubt).toEqual({ since: START, transport: 'resend' });
  });

  it('that was taken is written down though another process holds the message by then', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const slow = await offer(store, START, null);
    const other = await store.claimNextDue({
      now: START + MINUTE,
      leaseMs: MINUTE,
      leaseToken: 'other',
      timetable,
    });
    expect(other).toMatchObject({ kind: 'claimed', message: { messageId: slow.messageId } });
    const { messageId, leaseToken, tryNumber } = slow;
    const outcome = { kind: 'submitted', providerId: 'p' } as const;
    const settlement = { messageId, leaseToken, tryNumber, outcome, at: START + MINUTE, timetable };
    expect(await store.settle({ ...settlement, reminder: null })).toBe('settled');
    const begun = {
      messageId,
      leaseToken: 'other',
      payload: new Uint8Array([1]),
      subject: '',
      transport: 'resend',
      choices: null,
      at: START + MINUTE,
    };
    expect(await store.beginTry(begun)).toBe(null);
    expect((await store.messagesOf(leadId))[0]).toMatchObject({ state: 'submitted' });
    expect(await emailsSent(store)).toBe(1);
  });
});

it('a mailbox that refuses for good gets nothing more of any kind', async () => {
  const { store } = freshStore();
  const { leadId } = await confirmedLead(store);
  await sendAllDue(store, PRESS);
  const at = PRESS + 2 * DAY;
  await store.requestDataLink(leadId, 'data', { messageId: crypto.randomUUID() }, at + 1);
  await offer(store, at, { kind: 'bounced', reason: '550 5.1.1' });
  expect(await store.findLead(leadId)).toMatchObject({
    status: 'bounced',
    followUp: 'stopped',
    exitReason: 'bounced',
  });
  expect(await sendAllDue(store, at + 90 * DAY)).toEqual([]);
  expect(await store.nextDueAt()).toBe(null);
  // Refused at the door: it was never taken.
  expect(await emailsSent(store)).toBe(1);
});
