import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY, HOUR } from '../../src/kernel/clock.ts';
import { createCommit } from '../../src/store/sqlite/commit.ts';
import { openStopJournal, readJournal } from '../../src/store/sqlite/journal.ts';
import { inspectStore } from '../../src/store/sqlite/inspect.ts';
import {
  readStopLines,
  stopLines,
  stopsMissingFrom,
  uniteJournals,
} from '../../src/store/sqlite/journal-lines.ts';
import { openStore } from '../../src/store/sqlite/store.ts';
import type { Store } from '../../src/store/port.ts';
import { confirmedLead, fakeTimetable, freshFolder, freshStore, START, uuid } from '../support/store.ts';

const stop = (number: number, change: { readonly leadId?: string | null } = {}) => ({
  at: START,
  reason: 'unsubscribed' as const,
  addressHash: 'a'.repeat(64),
  number,
  leadId: uuid(),
  ...change,
});

/** One transaction, committed. */
const whole = (...stops: Parameters<typeof stopLines>[0]) => `${stopLines(stops)}\n`;

const unsubscribe = async (store: Store, leadId: string, at: number) =>
  await store.changePreferences(
    leadId,
    { kind: 'stop', reason: 'unsubscribed' },
    { at, place: '/unsubscribe', timetable: fakeTimetable() },
  );

/** The database of a folder as a file of its own, as somebody copies it who has stopped the server. */
async function copiedAfter(store: Store, dataDir: string): Promise<string> {
  await store.close();
  const copy = join(freshFolder(), 'funnel.db');
  copyFileSync(join(dataDir, 'funnel.db'), copy);
  return copy;
}

/** Puts a copy in the place of the database, by hand. */
function putBack(copy: string, dataDir: string): Store {
  for (const companion of ['-wal', '-shm']) rmSync(join(dataDir, `funnel.db${companion}`), { force: true });
  copyFileSync(copy, join(dataDir, 'funnel.db'));
  return freshStore(dataDir).store;
}

describe('the lines of the journal', () => {
  it('come back as they were written', () => {
    const stops = [stop(1), stop(2, { leadId: null }), stop(3)];
    expect(readStopLines(whole(stops[0]!) + whole(stops[1]!, stops[2]!))).toEqual({ stops, committed: 3 });
  });

  it('of a transaction without the line feed at its end are not known to be committed, all of it', () => {
    const text = whole(stop(1), stop(2)) + stopLines([stop(3), stop(4)]);
    const { stops, committed } = readStopLines(text);
    expect(stops.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(committed).toBe(2);
    expect(readStopLines(`${text}\n`).committed).toBe(4);
  });

  it('of a transaction that a later line does not know of were never committed', () => {
    const failed = whole(stop(1), stop(2), stop(3));
    expect(readStopLines(failed + whole(stop(1))).committed).toBe(1);
    expect(readStopLines(failed + whole(stop(1)) + whole(stop(2))).committed).toBe(2);
    expect(readStopLines(whole(stop(1)) + whole(stop(2), stop(3)) + whole(stop(4))).committed).toBe(4);
  });

  it('without a number are those of the first version', () => {
    const { addressHash, leadId } = stop(0);
    const { stops } = readStopLines(`2026-11-23T09:00:00.000Z\tcomplained\t${addressHash}\t${leadId}\n`);
    expect(stops).toEqual([{ at: START, reason: 'complained', addressHash, number: null, leadId }]);
  });

  it('cut off anywhere are no lines, and spoil no other', () => {
    const last = whole(stop(23));
    const cut = Array.from({ length: last.length - 1 }, (_, length) =>
      readStopLines(whole(stop(1)) + last.slice(0, length)),
    );
    expect(new Set(cut.map(({ stops }) => stops.length))).toEqual(new Set([1]));
    expect(new Set(cut.map(({ committed }) => committed))).toEqual(new Set([1]));
    // And none is made whole by the line that another program writes behind it.
    const mended = Array.from({ length: last.length - 1 }, (_, length) =>
      readStopLines(`${last.slice(0, length)}\n${whole(stop(2))}`),
    );
    expect(mended.filter(({ stops, committed }) => stops.length !== 1 || committed !== 2)).toEqual([]);
  });

  it('of two journals are united, each once', () => {
    const [a, b, c] = [stop(1), stop(2), stop(2)];
    const first = whole(a) + whole(b);
    const second = whole(a) + stopLines([c]);
    expect(uniteJournals(first, second)).toBe(first + whole(c));
    // Of two that went apart the highest number counts.
    const longer = whole(a) + whole(b) + whole(stop(3));
    for (const united of [uniteJournals(longer, second), uniteJournals(second, longer)])
      expect(readStopLines(united).committed).toBe(3);
    expect(stopsMissingFrom(second, first)).toEqual([c]);
  });
});

describe('writing a stop', () => {
  it('ends a line that a crash cut off, before its own', async () => {
    const { store, dataDir } = freshStore();
    const [one, two] = [await confirmedLead(store), await confirmedLead(store, { email: 'ada@example.com' })];
    await unsubscribe(store, one.leadId, START + HOUR);
    appendFileSync(join(dataDir, 'stops.log'), '2026-11-23T11:00:00.000Z\tunsubs');
    await unsubscribe(store, two.leadId, START + 2 * HOUR);
    const { stops, committed } = readStopLines(readJournal(dataDir));
    expect(stops.map(({ leadId, number }) => [leadId, number])).toEqual([
      [one.leadId, 1],
      [two.leadId, 2],
    ]);
    expect(committed).toBe(2);
  });

  it('says that it is committed only after the COMMIT, and never for another transaction', async () => {
    const folder = freshFolder();
    const raw = new Database(join(folder, 'a.db'));
    onTestFinished(() => void raw.close());
    raw.exec(
      'create table v (n primary key); create table u (n references v (n) deferrable initially deferred)',
    );
    raw.pragma('foreign_keys = ON');
    const journal = openStopJournal(folder);
    const { commit } = createCommit(raw, journal);
    const failing = commit(() => {
      journal.note(stop(1));
      raw.prepare('insert into u values (7)').run();
    });
    await expect(failing).rejects.toThrow(/FOREIGN KEY/);
    await commit(() => void raw.prepare('insert into v values (1)').run());
    expect(readStopLines(readJournal(folder))).toMatchObject({ stops: [{ number: 1 }], committed: 0 });
    await commit(() => journal.note(stop(1)));
    expect(readStopLines(readJournal(folder)).committed).toBe(1);
  });
});

describe('a start', () => {
  it('finds nothing missing, however long nothing happened', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    await unsubscribe(store, leadId, START + HOUR);
    await store.close();
    const again = freshStore(dataDir).store;
    expect(await again.missedStops()).toBeNull();
    expect(await again.senderPause(START + 900 * DAY)).toBeNull();
  });

  it('knows an older copy by the later stops beside it', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    const copy = await copiedAfter(store, dataDir);
    const later = openStore({ dataDir });
    await unsubscribe(later, leadId, START + 3 * DAY);
    await later.close();
    const older = putBack(copy, dataDir);
    const missed = await older.missedStops();
    expect(missed).toMatchObject({ isOlder: true, stops: [{ leadId, reason: 'unsubscribed', number: 1 }] });
    expect(missed?.knownUntil).toBe(START + 60_000);
    const { stops = [] } = missed ?? {};
    await older.replayStops({ stops, lost: null, at: START + 4 * DAY, timetable: fakeTimetable() });
    expect(await older.findLead(leadId)).toMatchObject({ status: 'unsubscribed', followUp: 'stopped' });
    expect(await older.missedStops()).toBeNull();
    // What was in the journal is not written into it again, and the next stop has the next number.
    expect(readStopLines(readJournal(dataDir)).stops).toHaveLength(1);
    const next = await confirmedLead(older, { email: 'ada@example.com' });
    await unsubscribe(older, next.leadId, START + 5 * DAY);
    expect(readStopLines(readJournal(dataDir)).stops.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('after a crash between the line and its COMMIT carries the stop out and takes the database for no older copy', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    await unsubscribe(store, leadId, START + HOUR);
    await store.close();
    const journal = readJournal(dataDir);
    const fresh = await confirmedLead(openStore({ dataDir }), { email: 'ada@example.com' });
    writeFileSync(join(dataDir, 'stops.log'), journal + stopLines([stop(2, { leadId: fresh.leadId })]));
    const again = freshStore(dataDir).store;
    const missed = await again.missedStops();
    expect(missed).toMatchObject({ isOlder: false, stops: [{ leadId: fresh.leadId }] });
    await again.replayStops({
      stops: missed?.stops ?? [],
      lost: null,
      at: START + DAY,
      timetable: fakeTimetable(),
    });
    expect(await again.findLead(fresh.leadId)).toMatchObject({ status: 'unsubscribed' });
    expect(await again.missedStops()).toBeNull();
    // From now on a database without it is an older copy.
    expect(readStopLines(readJournal(dataDir)).committed).toBe(2);
  });

  /** Every COMMIT of a stop fails from here on, as on a full disk. @returns what ends that. */
  function failCommits(dataDir: string): () => void {
    const raw = new Database(join(dataDir, 'funnel.db'));
    const trigger = (on: string) =>
      `create trigger t_${on} after ${on} on settings when new.key = 'stops.last' begin insert into t_child values (7); end;`;
    raw.exec(
      `create table t_parent (n primary key); create table t_child (n references t_parent (n) deferrable initially deferred);
       ${trigger('insert')} ${trigger('update')}`,
    );
    return () => {
      raw.exec('drop trigger t_insert; drop trigger t_update; drop table t_child; drop table t_parent');
      raw.close();
    };
  }

  it('after stops whose COMMIT failed, and later ones of the same numbers, takes the database for no older copy', async () => {
    const { store, dataDir } = freshStore();
    const people = ['a', 'b', 'c'].map((name) => `${name}@example.com`);
    const [a, b, c] = await Promise.all(people.map(async (email) => await confirmedLead(store, { email })));
    const mend = failCommits(dataDir);
    const both = [a!, b!].map(async ({ leadId }) => await unsubscribe(store, leadId, START + HOUR));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    mend();
    expect(readStopLines(readJournal(dataDir)).stops.map(({ number }) => number)).toContain(2);
    await unsubscribe(store, c!.leadId, START + 2 * HOUR);
    await store.close();
    expect(readStopLines(readJournal(dataDir)).committed).toBe(1);
    const inspected = inspectStore(dataDir);
    if (inspected.kind !== 'open') throw new Error(inspected.kind);
    expect(await inspected.inspection.lackedStops()).toBe(0);
    await inspected.inspection.close();
    const again = freshStore(dataDir).store;
    const missed = await again.missedStops();
    expect(missed).toMatchObject({ isOlder: false });
    // What was asked for and not acknowledged keeps an email back, and nothing else.
    await again.replayStops({
      stops: missed?.stops ?? [],
      lost: null,
      at: START + DAY,
      timetable: fakeTimetable(),
    });
    expect(await again.missedStops()).toBeNull();
  });

  it('after a program that was killed before its COMMIT, beside one that stopped somebody later, takes it for no older copy', async () => {
    const { store, dataDir } = freshStore();
    const people = ['a', 'b', 'c'].map((name) => `${name}@example.com`);
    const [a, b, c] = await Promise.all(people.map(async (email) => await confirmedLead(store, { email })));
    await unsubscribe(store, a!.leadId, START + HOUR);
    // `send`, killed between the flush of its two lines and the COMMIT.
    appendFileSync(join(dataDir, 'stops.log'), stopLines([stop(2, { leadId: b!.leadId }), stop(3)]));
    await unsubscribe(store, c!.leadId, START + 2 * HOUR);
    await store.close();
    const { stops, committed } = readStopLines(readJournal(dataDir));
    expect(stops.map(({ number }) => number)).toEqual([1, 2, 3, 2]);
    expect(committed).toBe(2);
    const again = freshStore(dataDir).store;
    expect(await again.missedStops()).toMatchObject({ isOlder: false, stops: [{ number: 3 }] });
  });

  it('after a replay that failed still asks for it', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    appendFileSync(join(dataDir, 'stops.log'), stopLines([stop(1, { leadId })]));
    const missed = await store.missedStops();
    const mend = failCommits(dataDir);
    const replay = { stops: missed?.stops ?? [], lost: null, at: START + DAY, timetable: fakeTimetable() };
    await expect(store.replayStops(replay)).rejects.toThrow(/FOREIGN KEY/);
    mend();
    expect(await store.missedStops()).toMatchObject({ isOlder: false });
  });

  it('after a crash right behind the COMMIT ends the line', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await confirmedLead(store);
    await unsubscribe(store, leadId, START + HOUR);
    await store.close();
    writeFileSync(join(dataDir, 'stops.log'), readJournal(dataDir).trimEnd());
    expect(await freshStore(dataDir).store.missedStops()).toBeNull();
    expect(readStopLines(readJournal(dataDir)).committed).toBe(1);
  });

  it('takes an empty database beside an old journal for a new one', async () => {
    const dataDir = freshFolder();
    writeFileSync(join(dataDir, 'stops.log'), whole(stop(1)));
    const { store } = freshStore(dataDir);
    expect(await store.missedStops()).toMatchObject({ isOlder: false });
  });

  it('takes lines without a number as known', async () => {
    const { store, dataDir } = freshStore();
    await confirmedLead(store);
    writeFileSync(
      join(dataDir, 'stops.log'),
      `2026-11-23T09:00:00.000Z\tunsubscribed\t${'b'.repeat(64)}\t${uuid()}\n`,
    );
    expect(await store.missedStops()).toBeNull();
    expect(readFileSync(join(dataDir, 'stops.log'), 'utf8')).toContain('unsubscribed');
  });
});
