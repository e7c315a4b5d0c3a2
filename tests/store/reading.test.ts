import { expect, it } from 'vitest';
import { MINUTE, DAY } from '../../src/kernel/clock.ts';
import type { Store } from '../../src/store/port.ts';
import { rawLedger } from '../support/raw-ledger.ts';
import { confirmedLead, fakeTimetable, freshStore, newSignup, START, uuid } from '../support/store.ts';

const PRESS = START + MINUTE;
const timetable = fakeTimetable();

/** Takes what is due next and submits it with a list of posts, unless it is to stay under way. */
async function send(store: Store, now: number, posts: readonly string[], outcome: 'submitted' | 'rejected') {
  const leaseToken = uuid();
  const claim = await store.claimNextDue({ now, leaseMs: MINUTE, leaseToken, timetable });
  if (claim?.kind !== 'claimed') throw new Error(JSON.stringify(claim));
  const { messageId } = claim.message;
  const tryNumber = await store.beginTry({
    messageId,
    leaseToken,
    payload: new Uint8Array([1]),
    subject: '',
    transport: 'resend',
    choices: { subject: null, posts, stepVersion: 'v' },
    at: now,
  });
  await store.settle({
    messageId,
    leaseToken,
    tryNumber,
    outcome: outcome === 'submitted' ? { kind: outcome, providerId: null } : { kind: outcome, reason: 'no' },
    at: now,
    timetable,
    reminder: null,
  });
  return claim.message;
}

it('knows what a lead was shown, what she read, and by which article she came', async () => {
  const { store, dataDir } = freshStore();
  const { click } = rawLedger(dataDir);
  await confirmedLead(store);
  const delivery = await send(store, PRESS, [], 'submitted');
  expect(delivery.reading?.read ?? []).toEqual([]);
  const one = await send(store, PRESS + 2 * DAY, ['tides', 'knots'], 'submitted');
  expect(one.reading).toEqual({ read: [], mailed: [], cameBy: 'weak-ties' });
  // The only lead; her delivery is the first row, this step the second.
  const opened = (slug: string, at: number, actor: 'person' | 'scanner') =>
    click({ lead: 1, enrollment: 1, demo: false }, 2, actor, PRESS + 3 * DAY + at, slug);
  opened('knots', 1, 'person');
  opened('storms', 2, 'scanner');
  opened('tides', 3, 'person');
  opened('knots', 4, 'person');
  const two = await send(store, PRESS + 4 * DAY, ['stars'], 'rejected');
  expect(two.reading).toEqual({ read: ['tides', 'knots'], mailed: ['tides', 'knots'], cameBy: 'weak-ties' });
  // What the provider refused was shown to nobody.
  const three = await send(store, PRESS + 6 * DAY, [], 'submitted');
  expect(three.reading?.mailed).toEqual(['tides', 'knots']);
});

it('knows no article for somebody who came another way', async () => {
  const { store } = freshStore();
  const { attribution } = newSignup();
  await confirmedLead(store, { attribution: { ...attribution, source: 'newsletter' } });
  await send(store, PRESS, [], 'submitted');
  const step = await send(store, PRESS + 2 * DAY, [], 'submitted');
  expect(step.reading?.cameBy).toBeNull();
});
