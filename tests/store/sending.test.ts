import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import type { Claim, SendOutcome } from '../../src/sequence/port.ts';
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

const PRESS = START + MINUTE;
const timetable = fakeTimetable();
const bytes = (text: string) => new TextEncoder().encode(text);

const claim = (store: Store, now: number, leaseToken = 'lease') =>
  store.claimNextDue({ now, leaseMs: MINUTE, leaseToken, timetable });

async function claimed(store: Store, now: number, leaseToken = 'lease') {
  const outcome = await claim(store, now, leaseToken);
  if (outcome?.kind !== 'claimed') throw new Error(`expected a message, found ${JSON.stringify(outcome)}`);
  return outcome.message;
}

/** The number of the last try that was begun, as a sender remembers it. */
let lastTry: number | null = null;

const settle = (store: Store, messageId: string, outcome: SendOutcome, at: number, leaseToken = 'lease') =>
  store.settle({
    messageId,
    leaseToken,
    tryNumber: lastTry,
    outcome,
    at,
    timetable,
    reminder: { messageId: uuid(), dueAt: at + DAY },
  });

const begin = async (store: Store, messageId: string, at: number, text = 'bytes', leaseToken = 'lease') => {
  const payload = bytes(text);
  lastTry = await store.beginTry({
    messageId,
    leaseToken,
    payload,
    subject: text,
    transport: 'resend',
    choices: null,
    at,
  });
  return lastTry !== null;
};

const unsubscribe = (store: Store, leadId: string, at: number) =>
  store.changePreferences(leadId, { kind: 'stop', reason: 'unsubscribed' }, { at, place: '/', timetable });

/** The step that is due next, with the delivery out of the way. */
async function stepDue(store: Store) {
  const lead = await confirmedLead(store);
  await sendAllDue(store, PRESS);
  return { ...lead, due: PRESS + 2 * DAY };
}

describe('claiming', () => {
  it('gives all that is needed to write the email', async () => {
    const { store } = freshStore();
    const { leadId, signupId } = await confirmedLead(store);
    const delivery = await claimed(store, PRESS);
    expect(delivery).toMatchObject({
      kind: 'delivery',
      step: 'delivery',
      attempts: 0,
      firstAttemptAt: null,
      payload: null,
      dueAt: START,
      lead: { leadId, email: 'maria@example.com', firstName: 'Maria', timezone: 'America/Toronto' },
      signup: { signupId, offer: 'white-paper', email: 'maria@example.com', createdAt: START },
      enrollment: null,
    });
    expect(delivery.idempotencyKey).toContain(delivery.messageId);
    await settle(store, delivery.messageId, { kind: 'submitted', providerId: null }, PRESS);
    const step = await claimed(store, PRESS + 2 * DAY);
    expect(step).toMatchObject({
      kind: 'step',
      step: 'one',
      signup: { signupId },
      enrollment: { leadId, pace: 'normal', doneSteps: [] },
    });
  });

  it('never sends a step before its day', async () => {
    const { store } = freshStore();
    const { due } = await stepDue(store);
    expect(await claim(store, due - 1)).toBeNull();
    expect(await store.nextDueAt()).toBe(due);
    expect(await claim(store, due)).toMatchObject({ kind: 'claimed' });
  });

  it('takes delivery, renewal and data first, then reminders, then steps, each by due time', async () => {
    const { store } = freshStore();
    const first = await confirmedLead(store, { email: 'a@example.com' });
    await sendAllDue(store, PRESS);
    await signUp(store, { email: 'b@example.com', consent: null, at: START });
    await sendAllDue(store, PRESS);
    await signUp(store, { email: 'c@example.com', at: START + 9 * DAY });
    await store.requestDataLink(first.leadId, 'data', { messageId: uuid() }, START + 8 * DAY);
    expect((await sendAllDue(store, START + 9 * DAY)).slice(0, 4)).toEqual([
      'data',
      'delivery',
      'reminder',
      'one',
    ]);
  });

  it('keeps others away while the lease lasts, and hands the same bytes on when it has run out', async () => {
    const { store } = freshStore();
    await signUp(store);
    const first = await claimed(store, START, 'one');
    await begin(store, first.messageId, START, 'frozen', 'one');
    expect(await claim(store, START + MINUTE - 1, 'two')).toBeNull();
    const second = await claimed(store, START + MINUTE, 'two');
    expect(second).toMatchObject({
      messageId: first.messageId,
      attempts: 1,
      firstAttemptAt: START,
      idempotencyKey: first.idempotencyKey,
    });
    expect(Buffer.from(second.payload ?? []).toString()).toBe('frozen');
    const refused = { kind: 'rejected', reason: 'late word' } as const;
    expect(await settle(store, first.messageId, refused, START + MINUTE, 'one')).toBe('lease_lost');
    await begin(store, second.messageId, START + MINUTE, 'frozen', 'two');
    expect(
      await settle(store, first.messageId, { kind: 'submitted', providerId: 'p' }, START + MINUTE, 'two'),
    ).toBe('settled');
  });

  it('sends one lead no two sequence emails within 20 hours', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const hourly = fakeTimetable(['one', 'two'], 0);
    const one = PRESS + 2 * DAY;
    expect(await sendAllDue(store, one, hourly)).toEqual(['delivery', 'one', 'two postponed']);
    expect(await store.nextDueAt()).toBe(one + 20 * HOUR);
    expect(await sendAllDue(store, one + 20 * HOUR - 1, hourly)).toEqual([]);
    expect(await sendAllDue(store, one + 20 * HOUR, hourly)).toEqual(['two']);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
  });

  it('skips a reminder of a signup that is confirmed, and what goes to a mailbox that refuses mail', async () => {
    const { store, dataDir } = freshStore();
    const { signupId } = await signUp(store, { consent: null });
    await sendAllDue(store, START);
    // The press cancels the reminder; one that slips through a restore is caught here.
    await store.confirm(signupId, press(START + HOUR));
    await reopenReminder(dataDir);
    expect(await claim(store, START + 2 * DAY)).toMatchObject({
      kind: 'skipped',
      step: 'reminder',
      reason: 'already confirmed',
    });
    const bounced = await signUp(store, { email: 'b@example.com' });
    await setStatus(dataDir, bounced.leadId, 'bounced');
    expect(await claim(store, START + 2 * DAY)).toMatchObject({
      kind: 'skipped',
      step: 'delivery',
      reason: 'bounced',
    });
  });

  it('checks the lead again: a step for somebody who may not get it is skipped', async () => {
    const { store, dataDir } = freshStore();
    const { leadId, due } = await stepDue(store);
    await setStatus(dataDir, leadId, 'complained');
    expect(await claim(store, due)).toMatchObject({ kind: 'skipped', step: 'one', reason: 'complained' });
    expect((await store.messagesOf(leadId)).at(-1)).toMatchObject({ step: 'two', state: 'planned' });
  });
});

describe('freezing', () => {
  it('keeps the first bytes for good', async () => {
    const { store } = freshStore();
    await signUp(store);
    const { messageId } = await claimed(store, START);
    expect(await begin(store, messageId, START, 'first')).toBe(true);
    expect(await begin(store, messageId, START, 'second')).toBe(true);
    await settle(
      store,
      messageId,
      { kind: 'retry', at: START + HOUR, reason: '500', ambiguous: false },
      START,
    );
    expect(Buffer.from((await claimed(store, START + HOUR)).payload ?? []).toString()).toBe('first');
  });

  it('says no after an unsubscribe, a lost lease and a removal', async () => {
    const { store } = freshStore();
    const { leadId, due } = await stepDue(store);
    const step = await claimed(store, due);
    await unsubscribe(store, leadId, due);
    expect(await begin(store, step.messageId, due)).toBe(false);
    const { signupId } = await signUp(store, { email: 'b@example.com', at: due });
    const delivery = await claimed(store, due);
    expect(await begin(store, delivery.messageId, due, 'x', 'another')).toBe(false);
    expect(await begin(store, delivery.messageId, due + MINUTE)).toBe(false);
    await store.removeSignup(signupId, due);
    expect(await begin(store, delivery.messageId, due)).toBe(false);
    expect(await settle(store, delivery.messageId, { kind: 'submitted', providerId: null }, due)).toBe(
      'lease_lost',
    );
  });
});

describe('settling', () => {
  it('a submission counts, plans the reminder after a day and never settles twice', async () => {
    const { store } = freshStore();
    const { leadId } = await signUp(store);
    const { messageId } = await claimed(store, START);
    expect(await settle(store, messageId, { kind: 'submitted', providerId: 'p1' }, START + 5)).toBe(
      'settled',
    );
    const again = { kind: 'submitted', providerId: 'p1' } as const;
    expect(await settle(store, messageId, again, START + 9)).toBe('settled');
    expect(await store.messagesOf(leadId)).toMatchObject([
      { state: 'submitted', submittedAt: START + 5 },
      { kind: 'reminder', state: 'planned', dueAt: START + 5 + DAY },
    ]);
    const { rows } = await store.leadsPage({}, { after: null, limit: 1, order: 'oldest' });
    expect(rows).toMatchObject([{ emailsSent: 1, lastEmailAt: START + 5 }]);
  });

  it('each terminal step plans the next, from that moment on, and the last finishes the sequence', async () => {
    const { store } = freshStore();
    const { leadId, due } = await stepDue(store);
    const outcomes: SendOutcome[] = [
      { kind: 'submitted', providerId: null },
      { kind: 'rejected', reason: 'invalid address' },
      { kind: 'in_doubt', reason: 'timeout' },
    ];
    let now = due;
    for (const outcome of outcomes) {
      const { messageId } = await claimed(store, now);
      await settle(store, messageId, outcome, now);
      now += 2 * DAY;
    }
    expect((await store.messagesOf(leadId)).slice(1).map(({ step, state }) => [step, state])).toEqual([
      ['one', 'submitted'],
      ['two', 'failed'],
      ['three', 'in_doubt'],
    ]);
    const emailsSent = async () =>
      (await store.leadsPage({}, { after: null, limit: 1, order: 'oldest' })).rows[0]?.emailsSent;
    // The delivery and one; neither the one that was refused nor the one of which nobody knows.
    expect(await emailsSent()).toBe(2);
    // A doubt is open for a day; then it counts as a submission, and the sequence goes on.
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active' });
    const doubtful = due + 4 * DAY;
    expect(await store.nextDueAt()).toBe(doubtful + DAY);
    expect(await store.catchUp(doubtful + DAY - 1, timetable)).toBe(0);
    expect(await store.catchUp(doubtful + DAY, timetable)).toBe(1);
    expect(await store.catchUp(doubtful + 2 * DAY, timetable)).toBe(0);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
    expect(await emailsSent()).toBe(3);
  });

  it('a retry waits for its time and keeps its place in the ledger', async () => {
    const { store } = freshStore();
    await signUp(store);
    const first = await claimed(store, START);
    await begin(store, first.messageId, START);
    await settle(
      store,
      first.messageId,
      { kind: 'retry', at: START + HOUR, reason: 'rate_limit', ambiguous: false },
      START,
    );
    expect(await claim(store, START + HOUR - 1)).toBeNull();
    expect(await claimed(store, START + HOUR)).toMatchObject({
      messageId: first.messageId,
      attempts: 1,
      firstAttemptAt: START,
    });
    expect(await store.countOverdue(START + HOUR, 30 * MINUTE)).toBe(1);
    expect(await store.countOverdue(START + HOUR, 2 * HOUR)).toBe(0);
  });

  it('a pause of the account gives the try back and tells until when', async () => {
    const { store } = freshStore();
    await signUp(store);
    const { messageId } = await claimed(store, START);
    await begin(store, messageId, START);
    await settle(
      store,
      messageId,
      { kind: 'pause', cause: 'account', until: START + 10 * MINUTE, reason: 'invalid_api_key' },
      START,
    );
    expect(await store.senderPause(START)).toEqual({
      kind: 'account',
      until: START + 10 * MINUTE,
      reason: 'invalid_api_key',
      since: START,
    });
    expect(await store.senderPause(START + 10 * MINUTE)).toBeNull();
    expect(await claim(store, START + 10 * MINUTE - 1)).toBeNull();
    await store.probeAccount(START + 9 * MINUTE);
    const again = await claimed(store, START + 9 * MINUTE);
    expect(again).toMatchObject({ messageId, attempts: 0, firstAttemptAt: null });
    await begin(store, messageId, START + 9 * MINUTE);
    await settle(
      store,
      messageId,
      { kind: 'pause', cause: 'account', until: START + 20 * MINUTE, reason: 'quota' },
      START + 9 * MINUTE,
    );
    expect(await store.senderPause(START + 9 * MINUTE)).toEqual({
      kind: 'account',
      until: START + 20 * MINUTE,
      reason: 'quota',
      since: START,
    });
  });

  it('a submission is written down even if the message was cancelled meanwhile, and nothing follows it', async () => {
    const { store } = freshStore();
    const { leadId, due } = await stepDue(store);
    const { messageId } = await claimed(store, due);
    expect(await begin(store, messageId, due)).toBe(true);
    await unsubscribe(store, leadId, due + 1);
    expect(await settle(store, messageId, { kind: 'submitted', providerId: null }, due + 2)).toBe('settled');
    expect((await store.messagesOf(leadId)).at(-1)).toMatchObject({
      step: 'one',
      state: 'submitted',
      reason: 'cancelled while under way',
    });
    expect(await store.nextDueAt()).toBeNull();
  });

  it('a retry does not bring a cancelled message back', async () => {
    const { store } = freshStore();
    const { leadId, due } = await stepDue(store);
    const { messageId } = await claimed(store, due);
    await unsubscribe(store, leadId, due + 1);
    expect(
      await settle(
        store,
        messageId,
        { kind: 'retry', at: due + HOUR, reason: '500', ambiguous: false },
        due + 2,
      ),
    ).toBe('settled');
    expect((await store.messagesOf(leadId)).at(-1)).toMatchObject({ state: 'cancelled' });
    expect(await sendAllDue(store, due + 90 * DAY)).toEqual([]);
  });

  it('during a pause of the lead plans the next step for after it', async () => {
    const { store } = freshStore();
    const { leadId, due } = await stepDue(store);
    const { messageId } = await claimed(store, due);
    const until = due + 40 * DAY;
    await store.changePreferences(leadId, { kind: 'pause', until }, { at: due, place: '/', timetable });
    await settle(store, messageId, { kind: 'submitted', providerId: null }, due);
    expect((await store.messagesOf(leadId)).at(-1)).toMatchObject({ step: 'two', dueAt: until });
  });
});

it('the first live sending marks the database once', async () => {
  const { store } = freshStore();
  await store.markSentLive(START);
  await store.markSentLive(START + DAY);
  expect(await store.facts()).toMatchObject({ sentLiveAt: START });
});

it('nobody is mailed after an acknowledged stop, whenever it comes', async () => {
  const { store } = freshStore();
  for (let n = 0; n < 30; n += 1) {
    const { leadId } = await confirmedLead(store, { email: `p${n}@example.com` });
    await sendAllDue(store, PRESS);
    const claims: Promise<Claim | null>[] = [];
    const stopped = unsubscribe(store, leadId, PRESS + 2 * DAY).then(() =>
      claims.push(claim(store, PRESS + 2 * DAY)),
    );
    if (n % 2 === 0) claims.push(claim(store, PRESS + 2 * DAY, 'early'));
    await stopped;
    const [last] = (await Promise.all(claims)).slice(-1);
    expect(last).toBeNull();
  }
});

async function raw(dataDir: string) {
  const { default: Database } = await import('better-sqlite3');
  return new Database(`${dataDir}/funnel.db`);
}

async function setStatus(dataDir: string, leadId: string, status: string): Promise<void> {
  const db = await raw(dataDir);
  db.prepare('update leads set status = ? where lead_id = ?').run(status, leadId);
  db.close();
}

async function reopenReminder(dataDir: string): Promise<void> {
  const db = await raw(dataDir);
  db.prepare("update messages set state = 'planned' where kind = 'reminder'").run();
  db.close();
}

describe('a server that was killed', () => {
  it('gets back at once what it had claimed, with its bytes, and leaves what another process is sending', async () => {
    const { store } = freshStore();
    await signUp(store, { email: 'a@example.com' });
    await signUp(store, { email: 'b@example.com' });
    const mine = await claimed(store, START, 'serve:1');
    await begin(store, mine.messageId, START, 'frozen', 'serve:1');
    const theirs = await claimed(store, START, 'send:1');
    expect(await claim(store, START + 1)).toBeNull();
    expect(await store.releaseLeases('serve', START + 2)).toBe(1);
    const again = await claimed(store, START + 2, 'serve:2');
    expect(again).toMatchObject({
      messageId: mine.messageId,
      idempotencyKey: mine.idempotencyKey,
      attempts: 1,
    });
    expect(new TextDecoder().decode(again.payload ?? undefined)).toBe('frozen');
    expect(await claim(store, START + 3)).toBeNull();
    expect(theirs.messageId).not.toBe(mine.messageId);
  });
});
