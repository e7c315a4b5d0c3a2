import { expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/kernel/clock.ts';
import type { Timetable } from '../../src/leads/timetable.ts';
import { rawLedger } from '../support/raw-ledger.ts';
import { confirmedLead, freshStore, sendAllDue, START } from '../support/store.ts';

const unknown = { offer: null, language: null };
const known = { offer: 'white-paper', language: 'en' };

it('tells how many people stand at each place of the sequence, the largest first', async () => {
  const { store, dataDir } = freshStore();
  const { lead, message } = rawLedger(dataDir);
  for (let n = 0; n < 3; n += 1) {
    const one = lead();
    message(one, { step: 'tide', state: 'delivered' });
    message(one, { step: 'wind', state: 'planned' });
  }
  const other = lead();
  message(other, { step: 'wind', state: 'skipped' });
  message(other, { step: 'tide', state: 'submitted' });
  message(other, { step: 'stars', state: 'in_doubt' });
  // A stop cancelled it before it was written: it can still come.
  const back = lead();
  message(back, { step: 'tide', state: 'cancelled' });
  message(lead({ demo: true }), { step: 'tide', state: 'planned' });
  expect(await store.placesInSequence()).toEqual([
    { people: 3, done: ['tide'], waiting: 'wind', written: false, ...unknown },
    { people: 1, done: [], waiting: null, written: false, ...unknown },
    { people: 1, done: ['stars', 'tide', 'wind'], waiting: null, written: false, ...unknown },
  ]);
});

it('knows when the waiting email is written already, and who has come to the end', async () => {
  const { store } = freshStore();
  await confirmedLead(store);
  await sendAllDue(store, START + MINUTE);
  expect(await store.placesInSequence()).toEqual([
    { people: 1, done: [], waiting: 'one', written: false, ...known },
  ]);
  const now = START + MINUTE + 2 * DAY;
  const leaseToken = 'send:1';
  const timetable: Timetable = { next: () => null, notBefore: () => now, judge: () => ({ kind: 'go' }) };
  const claim = await store.claimNextDue({ now, leaseMs: MINUTE, leaseToken, timetable });
  if (claim?.kind !== 'claimed') throw new Error('nothing was due');
  const { messageId } = claim.message;
  const tryNumber = await store.beginTry({
    messageId,
    leaseToken,
    payload: new Uint8Array([1]),
    subject: '',
    transport: 'resend',
    choices: null,
    at: now,
  });
  const settled = { messageId, leaseToken, tryNumber, timetable, reminder: null, at: now };
  await store.settle({
    ...settled,
    outcome: { kind: 'retry', at: now + MINUTE, reason: 'no network', ambiguous: false },
  });
  expect(await store.placesInSequence()).toEqual([
    { people: 1, done: [], waiting: 'one', written: true, ...known },
  ]);
  expect(await store.countFinished()).toBe(0);
  await sendAllDue(store, now + MINUTE, timetable);
  expect(await store.placesInSequence()).toEqual([]);
  expect(await store.countFinished()).toBe(1);
});

it('tells those of each language by themselves', async () => {
  const { store } = freshStore();
  await confirmedLead(store);
  await confirmedLead(store, { email: 'b@example.com', offer: 'livre', language: 'fr' });
  await confirmedLead(store, { email: 'c@example.com', offer: 'livre', language: 'fr' });
  const place = { done: [], waiting: 'one', written: false };
  expect(await store.placesInSequence()).toEqual([
    { people: 2, ...place, offer: 'livre', language: 'fr' },
    { people: 1, ...place, ...known },
  ]);
});
