import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import type { SendOutcome } from '../../src/sequence/port.ts';
import type { Store } from '../../src/store/port.ts';
import { OPEN_DOUBTS, RECENT } from '../../src/store/sqlite/emails-page.ts';
import {
  confirmedLead,
  fakeTimetable,
  freshStore,
  sendAllDue,
  START,
  signUp,
  uuid,
} from '../support/store.ts';

type Detail = { readonly detail: string };

const DOUBT: SendOutcome = { kind: 'in_doubt', reason: 'a fault' };

describe('emails in doubt', () => {
  it('are listed with the address that each was for, the oldest first, and counted from an instant on', async () => {
    const { store } = freshStore();
    const first = await signUp(store, { email: 'Maria@example.com' });
    await offer(store, START, DOUBT);
    const second = await signUp(store, { email: 'bo@example.com', firstName: 'Bo', at: START + HOUR });
    await offer(store, START + HOUR, DOUBT);
    const doubts = await store.openDoubts(10);
    expect(doubts).toMatchObject([
      {
        leadId: first.leadId,
        email: 'Maria@example.com',
        kind: 'delivery',
        reason: 'a fault',
        since: START,
        closedAt: null,
      },
      { leadId: second.leadId, email: 'bo@example.com', firstName: 'Bo', since: START + HOUR },
    ]);
    expect(await store.openDoubts(1)).toHaveLength(1);
    expect([await store.countDoubts(0), await store.countDoubts(START)]).toEqual([2, 1]);
    expect(await store.doubtsOf(second.leadId)).toEqual(doubts.slice(1));
    expect(await store.doubtsOf(uuid())).toEqual([]);
  });

  it('leave the list after a day, and stay with their lead', async () => {
    const { store } = freshStore();
    const { leadId } = await signUp(store);
    await offer(store, START, DOUBT);
    await store.catchUp(START + DAY, fakeTimetable());
    expect([await store.openDoubts(10), await store.countDoubts(0)]).toEqual([[], 0]);
    expect(await store.doubtsOf(leadId)).toMatchObject([{ since: START, closedAt: START + DAY }]);
  });
});

describe('the last emails of a step', () => {
  it('are those that were offered, each once however often, the newest try first', async () => {
    const { store } = freshStore();
    const early = await signUp(store, { email: 'early@example.com', firstName: 'Early' });
    const retry: SendOutcome = { kind: 'retry', at: START + 2 * HOUR, reason: 'busy', ambiguous: false };
    await offer(store, START, retry);
    const late = await signUp(store, { email: 'late@example.com', firstName: 'Late', at: START + HOUR });
    await offer(store, START + HOUR, { kind: 'rejected', reason: 'no' });
    await offer(store, START + 2 * HOUR, { kind: 'submitted', providerId: null });
    await signUp(store, { email: 'waits@example.com', at: START + 3 * HOUR });
    expect(await store.recentSends('delivery', 'delivery', 20)).toMatchObject([
      { leadId: early.leadId, firstName: 'Early', state: 'submitted', at: START + 2 * HOUR },
      { leadId: late.leadId, firstName: 'Late', state: 'failed', reason: 'no', at: START + HOUR },
    ]);
    expect(await store.recentSends('delivery', 'delivery', 1)).toHaveLength(1);
    expect(await store.recentSends('step', 'one', 20)).toEqual([]);
  });

  it('are found without a walk through all emails', () => {
    const { dataDir } = freshStore();
    const db = new Database(join(dataDir, 'funnel.db'), { readonly: true });
    const plans = [
      db.prepare<[number], Detail>(`explain query plan ${OPEN_DOUBTS}`).all(100),
      db
        .prepare<[object], Detail>(`explain query plan ${RECENT}`)
        .all({ kind: 'step', step: 'one', limit: 20 }),
    ];
    db.close();
    for (const plan of plans)
      for (const { detail } of plan)
        expect(detail).not.toMatch(/^SCAN (?!newest|m USING INDEX messages_doubts)/);
  });
});

describe('people whose emails are stopped as stale', () => {
  it('are listed from an instant on, the newest first, and not those who were stopped otherwise', async () => {
    const { store } = freshStore();
    const stale = { ...fakeTimetable(), judge: () => ({ kind: 'stale', days: 15 }) as const };
    const first = await confirmedLead(store);
    await sendAllDue(store, START + MINUTE);
    await sendAllDue(store, START + 20 * DAY, stale);
    const second = await confirmedLead(store, { email: 'bo@example.com', at: START + 20 * DAY });
    const other = await confirmedLead(store, { email: 'cy@example.com', at: START + 20 * DAY });
    await store.changePreferences(
      other.leadId,
      { kind: 'stop', reason: 'found_job' },
      { at: START + 21 * DAY, place: '/', timetable: stale },
    );
    await sendAllDue(store, START + 40 * DAY, stale);
    const listed = await store.stoppedAsStale(START, 10);
    expect(listed.map(({ leadId, stoppedAt }) => [leadId, stoppedAt])).toEqual([
      [second.leadId, START + 40 * DAY],
      [first.leadId, START + 20 * DAY],
    ]);
    expect(await store.stoppedAsStale(START + 30 * DAY, 10)).toHaveLength(1);
    expect(await store.stoppedAsStale(START, 1)).toHaveLength(1);
  });
});

it('knows whose an email is', async () => {
  const { store } = freshStore();
  const { leadId } = await signUp(store);
  const [message] = await store.messagesOf(leadId);
  expect(await store.messagePlace(message?.messageId ?? '')).toEqual({
    leadId,
    step: 'delivery',
    state: 'planned',
    doubtClosedAt: null,
  });
  expect(await store.messagePlace(uuid())).toBeNull();
});

/** Offers the next email that is due, and settles it. */
async function offer(store: Store, now: number, outcome: SendOutcome): Promise<void> {
  const leaseToken = `serve:${uuid()}`;
  const timetable = fakeTimetable();
  const claim = await store.claimNextDue({ now, leaseMs: MINUTE, leaseToken, timetable });
  if (claim?.kind !== 'claimed') throw new Error('Nothing is due.');
  const { messageId } = claim.message;
  const payload = new TextEncoder().encode('{}');
  const begun = { messageId, leaseToken, payload, subject: 'A subject', transport: 'resend', choices: null };
  const tryNumber = await store.beginTry({ ...begun, at: now });
  await store.settle({ messageId, leaseToken, tryNumber, outcome, at: now, timetable, reminder: null });
}
