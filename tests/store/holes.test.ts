import { expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/kernel/clock.ts';
import type { SendOutcome } from '../../src/sequence/port.ts';
import type { Store } from '../../src/store/port.ts';
import {
  confirmedLead,
  fakeTimetable,
  freshStore,
  press,
  sendAllDue,
  signUp,
  START,
  uuid,
} from '../support/store.ts';

// What ten thousand interleavings found (`tests/proofs/interleavings`), each as the shortest story.

/** One try of the message that is due first. @returns its id. */
async function tryNext(store: Store, at: number, outcome: SendOutcome): Promise<string> {
  const timetable = fakeTimetable();
  const leaseToken = uuid();
  const claim = await store.claimNextDue({ now: at, leaseMs: MINUTE, leaseToken, timetable });
  if (claim?.kind !== 'claimed') throw new Error('Nothing was claimed.');
  const { messageId } = claim.message;
  const payload = new TextEncoder().encode('an email');
  const begun = { messageId, leaseToken, payload, subject: 's', transport: 'resend', choices: null, at };
  const tryNumber = await store.beginTry(begun);
  await store.settle({ messageId, leaseToken, tryNumber, outcome, at, timetable, reminder: null });
  return messageId;
}

async function unsubscribe(store: Store, email: string, at: number): Promise<string> {
  const lead = await store.findLeadByEmail(email);
  const context = { at, place: '/unsubscribe', timetable: fakeTimetable() };
  await store.changePreferences(lead?.leadId ?? '', { kind: 'stop', reason: 'unsubscribed' }, context);
  return lead?.leadId ?? '';
}

it('a step that may have gone out and then is too late is in doubt, not skipped', async () => {
  const { store } = freshStore();
  const { email } = await confirmedLead(store);
  await sendAllDue(store, START + MINUTE);
  const due = START + 2 * DAY + MINUTE;
  const ambiguous = { kind: 'retry', at: due + MINUTE, reason: 'reset', ambiguous: true } as const;
  const messageId = await tryNext(store, due, ambiguous);
  const late = { ...fakeTimetable(), judge: () => ({ kind: 'skip', reason: '12 days late' }) as const };
  await sendAllDue(store, due + 12 * DAY, late);
  const lead = await store.findLeadByEmail(email);
  const messages = await store.messagesOf(lead?.leadId ?? '');
  expect(messages.find((message) => message.messageId === messageId)).toMatchObject({
    state: 'in_doubt',
    reason: 'an earlier try ended unknown, and then: 12 days late',
  });
  // The doubt is settled a day later, and the next step follows.
  await store.catchUp(due + 13 * DAY, fakeTimetable());
  expect(await store.nextDueAt()).not.toBeNull();
});

it('a tick of before a stop is spent by it, even if the clock was set back in between', async () => {
  const { store } = freshStore();
  const signup = await signUp(store);
  await store.confirm(signup.signupId, press(START + MINUTE, { declined: false }));
  const second = await signUp(store, { at: START + 5 * MINUTE });
  await unsubscribe(store, signup.email, START + 2 * MINUTE);
  await store.confirm(second.signupId, press(START + 3 * MINUTE));
  const lead = await store.findLeadByEmail(signup.email);
  expect(lead).toMatchObject({ status: 'unsubscribed', followUp: 'stopped' });
});

it('no reminder follows a document that went out after she had unsubscribed', async () => {
  const { store } = freshStore();
  const { email } = await signUp(store);
  await unsubscribe(store, email, START + MINUTE);
  expect(await sendAllDue(store, START + 2 * MINUTE)).toEqual(['delivery']);
  expect(await sendAllDue(store, START + 3 * DAY)).toEqual([]);
});

it('a try that ended in doubt after its lease was lost keeps the message from being offered again', async () => {
  const { store } = freshStore();
  await signUp(store);
  const timetable = fakeTimetable();
  const claim = (leaseToken: string, now: number) =>
    store.claimNextDue({ now, leaseMs: MINUTE, leaseToken, timetable });
  const claimed = await claim('serve:one', START);
  if (claimed?.kind !== 'claimed') throw new Error('Nothing was claimed.');
  const { messageId } = claimed.message;
  const payload = new TextEncoder().encode('an email');
  const begun = { messageId, payload, subject: 's', transport: 'resend', choices: null };
  const tryNumber = await store.beginTry({ ...begun, leaseToken: 'serve:one', at: START });
  // The machine sleeps over a day; another process takes the message before the first writes what became of its try.
  const nextDay = START + DAY;
  await claim('send:two', nextDay);
  const outcome = { kind: 'in_doubt', reason: 'reset, given up' } as const;
  const settlement = { messageId, leaseToken: 'serve:one', tryNumber, outcome, at: nextDay, timetable };
  expect(await store.settle({ ...settlement, reminder: null })).toBe('lease_lost');
  const third = await claim('serve:three', nextDay + 2 * MINUTE);
  expect(third).toMatchObject({ kind: 'claimed', message: { messageId, doubt: { since: START } } });
});
