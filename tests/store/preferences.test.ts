import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStopLines } from '../../src/store/sqlite/journal-lines.ts';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import type { PreferenceChange } from '../../src/leads/port.ts';
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

const change = (store: Store, leadId: string, what: PreferenceChange, at: number) =>
  store.changePreferences(leadId, what, { at, place: '/preferences', timetable: fakeTimetable() });
const UNSUBSCRIBE = { kind: 'stop', reason: 'unsubscribed' } as const;
const PRESS = START + MINUTE;

const waiting = async (store: Store, leadId: string) =>
  (await store.messagesOf(leadId))
    .filter(({ kind, state }) => kind === 'step' && state === 'planned')
    .map(({ step, dueAt }) => [step, dueAt]);

describe('unsubscribing', () => {
  it('ends everything at once and says so once', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    expect(await change(store, leadId, UNSUBSCRIBE, START + DAY)).toBe('changed');
    expect(await change(store, leadId, UNSUBSCRIBE, START + 2 * DAY)).toBe('unchanged');
    expect(await store.findLead(leadId)).toMatchObject({
      status: 'unsubscribed',
      followUp: 'stopped',
      exitReason: 'unsubscribed',
      unsubscribedAt: START + DAY,
    });
    expect(await store.messagesOf(leadId)).toMatchObject([
      { kind: 'delivery' },
      { kind: 'step', state: 'cancelled', reason: 'unsubscribed' },
    ]);
    expect((await store.consentReceipts(leadId)).at(-1)).toMatchObject({
      kind: 'withdrawn',
      place: '/preferences',
      at: START + DAY,
      tickedAt: null,
    });
    expect((await store.facts()).rows).toMatchObject({ suppressions: 1 });
    expect(await sendAllDue(store, START + 90 * DAY)).toEqual(['delivery']);
  });

  it('works for a lead without a sequence, and takes her reminder along', async () => {
    const { store } = freshStore();
    const { leadId } = await signUp(store);
    await sendAllDue(store, START);
    expect(await change(store, leadId, UNSUBSCRIBE, START + HOUR)).toBe('changed');
    expect(await store.findLead(leadId)).toMatchObject({ status: 'unsubscribed', followUp: 'none' });
    expect(await sendAllDue(store, START + 2 * DAY)).toEqual([]);
  });

  it('of nobody is no lead', async () => {
    const { store } = freshStore();
    expect(await change(store, uuid(), UNSUBSCRIBE, START)).toBe('no_lead');
  });

  it('is in the journal before it is acknowledged, without the address', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    const path = join(dataDir, 'stops.log');
    await change(store, leadId, UNSUBSCRIBE, START + DAY);
    const line = readFileSync(path, 'utf8');
    expect(line).toMatch(
      new RegExp(`^2026-11-24T09:00:00.000Z\tunsubscribed\t[0-9a-f]{64}\t1\t0\t${leadId}\n$`),
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await change(store, leadId, UNSUBSCRIBE, START + 2 * DAY);
    expect(readFileSync(path, 'utf8')).toBe(line);
  });

  it('of many at once gives each its line', async () => {
    const { store, dataDir } = freshStore();
    const signups = [];
    for (let n = 0; n < 20; n += 1) signups.push(await confirmedLead(store, { email: `p${n}@example.com` }));
    await Promise.all(signups.map(({ leadId }) => change(store, leadId, UNSUBSCRIBE, START + DAY)));
    const { stops, committed } = readStopLines(readFileSync(join(dataDir, 'stops.log'), 'utf8'));
    expect(stops.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(new Set(stops.map(({ leadId }) => leadId)).size).toBe(20);
    expect(committed).toBe(20);
  });
});

describe('other exits', () => {
  it.each(['found_job', 'booked_call', 'stopped_by_coach'] as const)(
    '“%s” ends the sequence and keeps the lead',
    async (reason) => {
      const { store } = freshStore();
      const { leadId } = await confirmedLead(store);
      expect(await change(store, leadId, { kind: 'stop', reason }, START + DAY)).toBe('changed');
      expect(await change(store, leadId, { kind: 'stop', reason }, START + DAY)).toBe('unchanged');
      expect(await store.findLead(leadId)).toMatchObject({
        status: 'confirmed',
        followUp: 'stopped',
        exitReason: reason,
      });
      expect((await store.consentReceipts(leadId)).at(-1)).toMatchObject({ kind: 'withdrawn' });
      expect(await sendAllDue(store, START + 90 * DAY)).toEqual(['delivery']);
    },
  );

  it('keep the reason that ended the sequence when another follows', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await change(store, leadId, { kind: 'stop', reason: 'found_job' }, START + DAY);
    expect(await change(store, leadId, UNSUBSCRIBE, START + 2 * DAY)).toBe('changed');
    expect(await store.findLead(leadId)).toMatchObject({ status: 'unsubscribed', exitReason: 'found_job' });
    expect(await store.funnelNumbers({ from: START, to: START + 9 * DAY })).toMatchObject({
      foundJob: 1,
      bookedCall: 0,
      unsubscribed: 1,
    });
  });
});

describe('pace', () => {
  it('a pause moves the step that waits, and ends by itself', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const until = START + 20 * DAY;
    expect(await change(store, leadId, { kind: 'pause', until }, START + DAY)).toBe('changed');
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'paused', pausedUntil: until });
    expect(await waiting(store, leadId)).toEqual([['one', until]]);
    expect(await sendAllDue(store, until - 1)).toEqual(['delivery']);
    expect(await sendAllDue(store, until)).toEqual(['one']);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active', pausedUntil: null });
  });

  it('a resume plans the step anew from now', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    expect(await change(store, leadId, { kind: 'resume' }, START + DAY)).toBe('unchanged');
    await change(store, leadId, { kind: 'pause', until: START + 60 * DAY }, START + DAY);
    expect(await change(store, leadId, { kind: 'resume' }, START + 5 * DAY)).toBe('changed');
    expect(await waiting(store, leadId)).toEqual([['one', START + 7 * DAY]]);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active', pausedUntil: null });
  });

  it('a resume after the content has changed goes on with what is next now', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await change(store, leadId, { kind: 'pause', until: START + 60 * DAY }, START + DAY);
    const timetable = fakeTimetable(['two', 'three']);
    await store.changePreferences(leadId, { kind: 'resume' }, { at: START + 5 * DAY, place: '/', timetable });
    expect(await waiting(store, leadId)).toEqual([['two', START + 7 * DAY]]);
  });

  it('“fewer” doubles the wait that has begun and those that follow', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    expect(await change(store, leadId, { kind: 'fewer' }, PRESS + DAY)).toBe('changed');
    expect(await change(store, leadId, { kind: 'fewer' }, PRESS + DAY)).toBe('unchanged');
    expect(await waiting(store, leadId)).toEqual([['one', PRESS + 3 * DAY]]);
    await sendAllDue(store, PRESS + 3 * DAY);
    expect(await waiting(store, leadId)).toEqual([['two', PRESS + 7 * DAY]]);
    expect(await store.findLead(leadId)).toMatchObject({ pace: 'fewer' });
  });

  it('taking “fewer” back leaves an email alone that waits to be tried again', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await sendAllDue(store, PRESS);
    await change(store, leadId, { kind: 'fewer' }, PRESS + DAY);
    const now = PRESS + 3 * DAY;
    const retryAt = now + 2 * HOUR;
    const leaseToken = uuid();
    const claim = await store.claimNextDue({ now, leaseMs: MINUTE, leaseToken, timetable: fakeTimetable() });
    if (claim?.kind !== 'claimed') throw new Error('Nothing to claim.');
    const { messageId } = claim.message;
    const tryNumber = await store.beginTry({
      messageId,
      leaseToken,
      payload: Buffer.from('email'),
      subject: 'Hello',
      transport: 'smtp',
      choices: { subject: null, posts: [], stepVersion: null },
      at: now,
    });
    const outcome = { kind: 'retry', at: retryAt, reason: 'slow down', ambiguous: false } as const;
    const settlement = { messageId, leaseToken, tryNumber, outcome, at: now, reminder: null };
    await store.settle({ ...settlement, timetable: fakeTimetable() });
    expect(await change(store, leadId, { kind: 'resume' }, now + MINUTE)).toBe('changed');
    expect(await store.findLead(leadId)).toMatchObject({ pace: 'normal' });
    expect(await store.nextDueAt()).toBe(retryAt);
  });

  it('nothing of it exists without a sequence', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store, { consent: null });
    for (const kind of ['resume', 'fewer'] as const)
      expect(await change(store, leadId, { kind }, START + DAY)).toBe('unchanged');
    expect(await change(store, leadId, { kind: 'pause', until: START + 9 * DAY }, START + DAY)).toBe(
      'unchanged',
    );
  });
});

it('a new name is written, the same name is no change', async () => {
  const { store } = freshStore();
  const { leadId, signupId } = await confirmedLead(store);
  expect(await change(store, leadId, { kind: 'rename', firstName: 'Mária' }, START + DAY)).toBe('changed');
  expect(await change(store, leadId, { kind: 'rename', firstName: 'Mária' }, START + DAY)).toBe('unchanged');
  expect(await store.findSignup(signupId)).toMatchObject({ firstName: 'Mária' });
});

describe('her data', () => {
  it('is linked by email, one of each kind in ten minutes', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const ask = (kind: 'data' | 'erase', at: number) =>
      store.requestDataLink(leadId, kind, { messageId: uuid() }, at);
    expect(await ask('data', START + DAY)).toBe('planned');
    expect(await ask('data', START + DAY + MINUTE)).toBe('too_soon');
    expect(await ask('erase', START + DAY + MINUTE)).toBe('planned');
    expect(await ask('data', START + DAY + 10 * MINUTE)).toBe('planned');
    expect(await store.requestDataLink(uuid(), 'data', { messageId: uuid() }, START)).toBe('no_lead');
    expect(await sendAllDue(store, START + DAY + HOUR)).toEqual(['delivery', 'data', 'erase', 'data']);
  });

  it('is told whole, with times to read and without our numbers', async () => {
    const { store } = freshStore();
    const { leadId, signupId } = await confirmedLead(store);
    await sendAllDue(store, START + 3 * DAY);
    await store.recordDownload({ signupId, at: START + HOUR, contentVersion: 'v', sha256: 'ab', bytes: 10 });
    const data = await store.dataOf(leadId);
    expect(data).toMatchObject({
      lead: {
        lead_id: leadId,
        email: 'maria@example.com',
        created_at: '2026-11-23T09:00:00.000Z',
        confirmed_at: '2026-11-23T09:01:00.000Z',
      },
      signups: [{ signup_id: signupId, first_name: 'Maria', network: '192.0.2.0/24', source: 'article' }],
      attributions: [{ touch: 'first', campaign: 'weak-ties' }, { touch: 'last' }],
      consents: [{ kind: 'given', ticked_at: '2026-11-23T09:00:00.000Z' }],
      follow_up: { state: 'active' },
      emails: [
        { step: 'delivery', subject: 'delivery' },
        { step: 'one', subject: 'one' },
        { step: 'two', subject: null },
      ],
      downloads: [{ bytes: 10, at: '2026-11-23T10:00:00.000Z' }],
      clicks: [],
    });
    expect(JSON.stringify(data)).not.toMatch(/"id":|payload|_key"/);
    expect(await store.dataOf(uuid())).toBeNull();
  });

  it('is erased but for a keyed hash, and she may sign up anew', async () => {
    const { store, dataDir } = freshStore();
    const { leadId, email } = await confirmedLead(store);
    await sendAllDue(store, START + 3 * DAY);
    await signUp(store, { held: true, email: 'Maria@Example.com' });
    expect(await store.eraseLead(leadId, START + 4 * DAY)).toBe(true);
    expect(await store.eraseLead(leadId, START + 4 * DAY)).toBe(false);
    const { rows } = await store.facts();
    for (const table of ['leads', 'signups', 'messages', 'events', 'consents', 'enrollments', 'attributions'])
      expect([table, rows[table]]).toEqual([table, 0]);
    expect(rows['suppressions']).toBe(1);
    expect(readFileSync(join(dataDir, 'stops.log'), 'utf8')).toContain('\terased\t');
    await store.setSetting('flush', 'the log');
    const again = await signUp(store, { email, at: START + 5 * DAY });
    expect(await sendAllDue(store, START + 5 * DAY)).toEqual(['delivery']);
    await store.confirm(again.signupId, press(START + 5 * DAY));
    expect(await sendAllDue(store, START + 7 * DAY)).toEqual(['one']);
  });
});
