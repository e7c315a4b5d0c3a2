import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf, hasCode } from '../../kernel/fault.ts';
import type { Inspected, StoreInspection } from '../port.ts';
import { factsOf, firstLeadAt } from './control.ts';
import { createGround } from './ground.ts';
import type { Ground } from './ground.ts';
import { openStopJournal } from './journal.ts';
import { migrationTags, schemaVersion } from './migrate.ts';
import { proofActs } from './proofs/prove.ts';
import { pauseActs } from './pauses.ts';
import { placeActs } from './places.ts';
import { queueActs } from './queue.ts';
import { readSetting, SETTING } from './settings.ts';
import { lastStop } from './stops.ts';
import { senderTroubles } from './troubles.ts';

/** What a folder holds besides a database that was in use. */
const TRACES = ['secret', 'stops.log', 'backups', 'funnel.db-wal', 'restoring/ready'];

/** Opens a database file for reading only: nothing is made, migrated or written, whatever state it is in. */
export function inspectStore(dataDir: string, file = join(dataDir, 'funnel.db')): Inspected {
  try {
    if (!isThere(file)) {
      const traces = TRACES.filter((name) => isThere(join(dataDir, name)));
      return traces.length === 0 ? { kind: 'none' } : { kind: 'gone', traces };
    }
    return opened(dataDir, file);
  } catch (error) {
    const code = codeOf(error);
    if (code === null || !(error instanceof Error)) throw error;
    // Anything else is the fault of a user, a mount or a lock: a sound database must not be taken for a lost one.
    const isDamaged = /^SQLITE_(?:CORRUPT|NOTADB)/.test(code);
    return { kind: isDamaged ? 'unreadable' : 'shut', reason: error.message };
  }
}

/** Throws what the system says unless it says that there is none: `existsSync` would call a closed folder an empty one. */
function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function opened(dataDir: string, file: string): Inspected {
  const hadLog = isThere(`${file}-wal`);
  const raw = new Database(file, { readonly: true, fileMustExist: true });
  const close = () => {
    raw.close();
    if (!hadLog) removeEmptyLog(file);
  };
  try {
    raw.pragma('busy_timeout = 2000');
    // Sorting and the tables of the proofs must not touch the disk.
    raw.pragma('temp_store = MEMORY');
    // 64 MiB: the checks jump between indexes and rows.
    raw.pragma('cache_size = -65536');
    const [found, known] = [schemaVersion(raw), migrationTags().length];
    if (found === known) return { kind: 'open', inspection: inspectionOf(raw, dataDir, close) };
    close();
    return { kind: 'other_schema', found, known };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * A reader of a database that nobody has open makes an empty `-wal` and a `-shm`, and only a writer may remove them. SQLite does it
 * itself, under its locks, when the last one that may write closes; beside a server that has started meanwhile it leaves them.
 */
function removeEmptyLog(file: string): void {
  try {
    if (statSync(`${file}-wal`).size > 0) return;
    const raw = new Database(file, { fileMustExist: true, timeout: 0 });
    try {
      schemaVersion(raw);
    } finally {
      raw.close();
    }
  } catch {
    // They hold nothing and harm nothing.
  }
}

function inspectionOf(raw: Database.Database, dataDir: string, close: () => void): StoreInspection {
  const sql = (text: string) => raw.prepare<[string], string>(text).pluck();
  const key = sql('select value from settings where key = ?').get(SETTING.suppressionKey) ?? '';
  const ground = createGround(raw, openStopJournal(dataDir), key);
  const { senderPause } = pauseActs(ground);
  const { countOverdue } = queueActs(ground);
  const places = placeActs(ground);
  return {
    ...proofActs(ground),
    senderPause,
    countOverdue,
    placesInSequence: async () => places.placesInSequence(),
    close: async () => close(),
    facts: async () => factsOf(ground),
    setting: async (name) => readSetting(ground, name),
    firstLeadAt: async () => firstLeadAt(ground),
    integrity: async () => integrity(raw),
    timeSpan: async () => timeSpan(ground),
    senderTroubles: async (since) => senderTroubles(ground, since),
    lackedStops: async () => lackedStops(ground),
  };
}

/** More than `quick_check`: what the indexes say must be what the rows say, or a second copy of an email could slip in. */
function integrity(raw: Database.Database): readonly string[] {
  const findings = (raw.pragma('integrity_check') as readonly { readonly integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((finding) => finding !== 'ok');
  const orphans = raw.pragma('foreign_key_check') as readonly {
    readonly table: string;
    readonly parent: string;
  }[];
  const lost = Map.groupBy(orphans, ({ table, parent }) => `${table} point to nothing in ${parent}`);
  return [...findings, ...[...lost].map(([what, rows]) => `${rows.length} rows of ${what}`)];
}

/** By the newest and the oldest rows: a clock that was set back may have put the latest instant some rows before the end. */
function timeSpan(ground: Ground): { readonly first: number; readonly last: number } | null {
  const instants = ground
    .sql<{ at: number }>(
      `select * from (select at from events order by id limit 100) union select * from (select at from events order by id desc limit 1000)
       union select * from (select at from tries order by id desc limit 1000)`,
    )
    .all()
    .map(({ at }) => at);
  return instants.length === 0 ? null : { first: Math.min(...instants), last: Math.max(...instants) };
}

/** The journal first: what it calls committed is in the database by the time that is asked. */
function lackedStops(ground: Ground): number {
  const { stops, committed } = ground.journal.read();
  const known = lastStop(ground);
  return stops.filter(({ number }) => number !== null && number > known && number <= committed).length;
}
