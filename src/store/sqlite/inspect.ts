import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Inspected, StoreInspection } from '../port.ts';
import { factsOf } from './control.ts';
import { createGround } from './ground.ts';
import type { Ground } from './ground.ts';
import { openStopJournal } from './journal.ts';
import { migrationTags, schemaVersion } from './migrate.ts';
import { proofActs } from './proofs/prove.ts';
import { senderStateActs } from './sender-state.ts';
import { readSetting, SETTING } from './settings.ts';
import { lastStop } from './stops.ts';
import { senderTroubles } from './troubles.ts';

/** Opens a database file for reading only: nothing is made, migrated or written, whatever state it is in. */
export function inspectStore(dataDir: string, file = join(dataDir, 'funnel.db')): Inspected {
  if (!existsSync(file)) return { kind: 'none' };
  let raw: Database.Database | null = null;
  try {
    raw = new Database(file, { readonly: true, fileMustExist: true });
    raw.pragma('busy_timeout = 2000');
    // Sorting and the tables of the proofs must not touch the disk.
    raw.pragma('temp_store = MEMORY');
    // 64 MiB: the checks jump between indexes and rows.
    raw.pragma('cache_size = -65536');
    const [found, known] = [schemaVersion(raw), migrationTags().length];
    if (found !== known) {
      raw.close();
      return { kind: 'other_schema', found, known };
    }
    return { kind: 'open', inspection: inspectionOf(raw, dataDir) };
  } catch (error) {
    raw?.close();
    if (error instanceof Database.SqliteError) return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}

function inspectionOf(raw: Database.Database, dataDir: string): StoreInspection {
  const sql = (text: string) => raw.prepare<[string], string>(text).pluck();
  const key = sql('select value from settings where key = ?').get(SETTING.suppressionKey) ?? '';
  const ground = createGround(raw, openStopJournal(dataDir), key);
  const { senderPause, countOverdue } = senderStateActs(ground);
  return {
    ...proofActs(ground),
    senderPause,
    countOverdue,
    close: async () => void raw.close(),
    facts: async () => factsOf(ground),
    setting: async (name) => readSetting(ground, name),
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
