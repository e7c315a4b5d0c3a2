import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import type { LostTime, Stop, Store } from '../../src/store/port.ts';
import { readStopLines } from '../../src/store/sqlite/journal-lines.ts';
import { openStore } from '../../src/store/sqlite/store.ts';
import {
  confirmedLead,
  fakeTimetable,
  freshFolder,
  freshStore,
  newSignup,
  NO_LIMITS,
  press,
  sendAllDue,
  signUp,
  START,
  uuid,
} from '../support/store.ts';

const TIMETABLE = fakeTimetable();

async function replay(
  store: Store,
  stops: readonly Stop[],
  lost: LostTime | null = null,
  at = START + 9 * DAY,
) {
  return await store.replayStops({ stops, lost, at, timetable: TIMETABLE });
}

/** The line that a stop leaves in the journal, made by the store itself in another copy of the same database. */
async function lineOf(dataDir: string, act: (store: Store) => Promise<unknown>): Promise<readonly Stop[]> {
  const folder = freshFolder();
  const raw = new Database(join(dataDir, 'funnel.db'));
  raw.prepare('vacuum into ?').run(join(folder, 'funnel.db'));
  raw.close();
  const copy = openStore({ dataDir: folder });
  await act(copy);
  await copy.close();
  return readStopLines(readFileSync(join(folder, 'stops.log'), 'utf8')).stops;
}

const stopping =
  (leadId: string, reason: 'unsubscribed' | 'found_job' | 'booked_call' | 'stopped_by_coach', at: number) =>
  async (store: Store) =>
    await store.changePreferences(
      leadId,
      { kind: 'stop', reason },
      { at, place: '/unsubscribe', timetable: TIMETABLE },
    );

/** Of a lead's emails: what, in which state. */
async function emailsOf(store: Store, leadId: string): Promise<readonly string[]> {
  return (await store.messagesOf(leadId)).map(({ step, state }) => `${step} ${state}`);
}

describe('carrying out the journal', () => {
  it.each(['found_job', 'booked_call', 'stopped_by_coach'] as const)(
    'stops for “%s” again',
    async (reason) => {
      const { store, dataDir } = freshStore();
      const { leadId } = await confirmedLead(store);
      const stops = await lineOf(dataDir, stopping(leadId, reason, START + DAY));
      expect(await replay(store, stops)).toEqual({ stopped: 1, doubts: 0 });
      expect(await store.findLead(leadId)).toMatchObject({ followUp: 'stopped', exitReason: reason });
      expect(await sendAllDue(store, START + 9 * DAY)).toEqual(['delivery']);
    },
  );

  it('stops a stale sequence again, and her consent stays', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const stale = {
      at: START + DAY,
      reason: 'stale',
      addressHash: 'c'.repeat(64),
      number: 1,
      leadId,
    } as const;
    await replay(store, [stale]);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'stopped', exitReason: 'stale' });
    expect((await store.consentReceipts(leadId)).map(({ kind }) => kind)).toEqual(['given']);
  });

  it('closes the mailbox of a bounce, and of one whose lead is not here yet', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    const line = { at: START + DAY, reason: 'bounced', number: 1, leadId } as const;
    const unknown = { ...line, leadId: uuid(), number: 2 };
    const hashOf = async (email: string) =>
      (await lineOf(dataDir, async (copy) => await copy.forbidAddress(email, START)))[0]!.addressHash;
    await replay(store, [
      { ...line, addressHash: await hashOf('maria@example.com') },
      { ...unknown, addressHash: await hashOf('ada@example.com') },
    ]);
    expect(await store.findLead(leadId)).toMatchObject({ status: 'bounced', followUp: 'stopped' });
    const ada = newSignup({ email: 'ada@example.com', at: START + 2 * DAY });
    expect(await store.recordSignup(ada, NO_LIMITS, { messageId: uuid() })).toMatchObject({ mail: 'none' });
  });

  it('finds a person by her address when she was another lead then', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    const [line] = await lineOf(dataDir, stopping(leadId, 'unsubscribed', START + DAY));
    expect(await replay(store, [{ ...line!, leadId: uuid() }])).toMatchObject({ stopped: 1 });
    expect(await store.findLead(leadId)).toMatchObject({ status: 'unsubscribed' });
  });

  it('erases again, held signups included, and a signup of her own is welcome afterwards', async () => {
    const { store, dataDir } = freshStore();
    const { leadId, email } = await confirmedLead(store);
    await signUp(store, { held: true, email: 'ADA@example.com' });
    const erased = await lineOf(dataDir, async (copy) => {
      await copy.eraseAddress(email, START + DAY);
      await copy.eraseAddress('ada@example.com', START + DAY);
    });
    expect(erased.map(({ leadId: id }) => id)).toEqual([leadId, null]);
    await replay(store, erased);
    expect(await store.findLead(leadId)).toBeNull();
    expect(await store.heldSignups(50)).toEqual([]);
    const back = await confirmedLead(store, { at: START + 2 * DAY });
    expect(await store.findLead(back.leadId)).toMatchObject({ status: 'confirmed', followUp: 'active' });
  });

  it('changes nothing a second time', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    const stops = await lineOf(dataDir, stopping(leadId, 'unsubscribed', START + DAY));
    await replay(store, stops);
    const before = await store.dataOf(leadId);
    await replay(store, stops);
    expect(await store.dataOf(leadId)).toEqual(before);
  });
});

describe('a time that the ledger knows nothing of', () => {
  const lost = { from: START + HOUR, to: START + 9 * DAY };

  it('leaves every step that may have gone out in doubt, and none is sent again', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await sendAllDue(store, START + MINUTE);
    // Steps every two days from the press: one and two fall into five days.
    expect(await replay(store, [], { from: START + HOUR, to: START + 5 * DAY }, START + 5 * DAY)).toEqual({
      stopped: 0,
      doubts: 2,
    });
    expect(await emailsOf(store, leadId)).toEqual(['delivery submitted', 'one in_doubt', 'two in_doubt']);
    expect((await store.messagesOf(leadId)).at(-1)?.reason).toBe(
      'may have gone out after the backup was made',
    );
    expect(await sendAllDue(store, START + 5 * DAY)).toEqual([]);
    // The doubt counts as sent a day later; the next step follows from there.
    expect(await sendAllDue(store, START + 6 * DAY)).toEqual([]);
    expect(await sendAllDue(store, START + 20 * DAY)).toEqual(['three']);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
  });

  it('may hold the whole rest of a sequence', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await sendAllDue(store, START + MINUTE);
    expect(await replay(store, [], lost)).toMatchObject({ doubts: 3 });
    expect(await sendAllDue(store, START + 30 * DAY)).toEqual([]);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
  });

  it('leaves what was due only after it', async () => {
    const { store } = freshStore();
    await confirmedLead(store);
    await sendAllDue(store, START + MINUTE);
    expect(await replay(store, [], { from: START + HOUR, to: START + DAY }, START + 9 * DAY)).toMatchObject({
      doubts: 0,
    });
    expect(await sendAllDue(store, START + 9 * DAY)).toEqual(['one']);
  });

  it('puts deliveries and reminders that waited in doubt', async () => {
    const { store } = freshStore();
    const waiting = await signUp(store);
    const reminded = await signUp(store, { email: 'ada@example.com', at: START - HOUR });
    await sendAllDue(store, START - HOUR);
    expect(await replay(store, [], lost)).toMatchObject({ doubts: 3 });
    expect(await emailsOf(store, waiting.leadId)).toEqual(['delivery in_doubt', 'reminder in_doubt']);
    expect(await emailsOf(store, reminded.leadId)).toEqual(['delivery submitted', 'reminder in_doubt']);
    expect(await sendAllDue(store, START + 30 * DAY)).toEqual([]);
  });

  it('that ends before a reminder would have been due leaves it to come', async () => {
    const { store } = freshStore();
    const { leadId } = await signUp(store);
    await replay(store, [], { from: START, to: START + HOUR }, START + HOUR);
    expect(await emailsOf(store, leadId)).toEqual(['delivery in_doubt', 'reminder planned']);
    expect(await sendAllDue(store, START + DAY)).toEqual(['reminder']);
  });

  it('counts that a paused person may have gone on right after the backup', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await sendAllDue(store, START + MINUTE);
    const until = START + 60 * DAY;
    await store.changePreferences(
      leadId,
      { kind: 'pause', until },
      { at: START + HOUR, place: '/preferences', timetable: TIMETABLE },
    );
    expect(
      await replay(store, [], { from: START + HOUR, to: START + 3 * DAY }, START + 3 * DAY),
    ).toMatchObject({
      doubts: 1,
    });
    // Her pause holds for the rest.
    expect(await sendAllDue(store, START + 30 * DAY)).toEqual([]);
    expect(await sendAllDue(store, until)).toEqual(['two']);
  });

  it('counts that a doubt of before may have been settled, and the next step sent', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await sendAllDue(store, START + MINUTE);
    const now = START + 3 * DAY;
    const leaseToken = uuid();
    const claim = await store.claimNextDue({ now, leaseMs: MINUTE, leaseToken, timetable: TIMETABLE });
    await store.settle({
      messageId: claim?.kind === 'claimed' ? claim.message.messageId : '',
      leaseToken,
      tryNumber: null,
      outcome: { kind: 'in_doubt', reason: 'reset' },
      at: now,
      timetable: TIMETABLE,
      reminder: null,
    });
    expect(await replay(store, [], { from: now + HOUR, to: START + 6 * DAY }, START + 6 * DAY)).toMatchObject(
      {
        doubts: 1,
      },
    );
    expect((await emailsOf(store, leadId)).slice(1)).toEqual(['one in_doubt', 'two in_doubt']);
    expect(await sendAllDue(store, START + 30 * DAY)).toEqual(['three']);
  });

  it('ends for a person with her stop: what was due later did not go out', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    await sendAllDue(store, START + MINUTE);
    const stops = await lineOf(dataDir, stopping(leadId, 'unsubscribed', START + 3 * DAY));
    expect(await replay(store, stops, lost)).toEqual({ stopped: 1, doubts: 1 });
    expect((await emailsOf(store, leadId)).slice(1)).toEqual(['one in_doubt']);
    expect(await sendAllDue(store, START + 30 * DAY)).toEqual([]);
    // By a new yes the sequence goes on behind what she may have had.
    const again = await signUp(store, { at: START + 31 * DAY });
    await store.confirm(again.signupId, press(START + 31 * DAY + MINUTE));
    expect(await sendAllDue(store, START + 34 * DAY)).toEqual(['delivery', 'two']);
  });

  it('touches no made-up lead', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    const raw = new Database(join(dataDir, 'funnel.db'));
    raw.exec('update leads set demo = 1; update messages set demo = 1');
    raw.close();
    expect(await replay(store, [], lost)).toMatchObject({ doubts: 0 });
    expect(await store.findLead(leadId)).not.toBeNull();
  });
});
