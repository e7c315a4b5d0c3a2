import type Database from 'better-sqlite3';
import { SETTING } from './settings.ts';

/** Where the database writes down when something happened. */
const TRACES = [
  ['events', 'at'],
  ['signups', 'created_at'],
  ['signups', 'confirmed_at'],
  ['messages', 'planned_at'],
  ['messages', 'ended_at'],
  ['tries', 'at'],
  ['downloads', 'at'],
  ['clicks', 'at'],
  // The desk's: no restore may bring back a password that was changed because somebody knew it.
  ['accounts', 'created_at'],
  ['accounts', 'password_changed_at'],
  ['csv_tokens', 'at'],
] as const;

/** What `restore` did to a database is no activity of anybody: the same backup may be restored over it again. */
export type RestoredMark = {
  /** Of the backup, and of the database as the restore left it; UTC milliseconds. */
  readonly backup: number;
  readonly restored: number;
};

/** The last instant at which anybody did anything, by what a database tells; 0 for an empty one. UTC milliseconds. */
export function lastActivity(raw: Database.Database): number {
  const last = lastTrace(raw);
  const mark = restoredMark(raw);
  return mark !== null && last <= mark.restored ? mark.backup : last;
}

/** The last instant that is written anywhere. Reads tables whole, and old schemas too. */
export function lastTrace(raw: Database.Database): number {
  const instants = TRACES.filter(([table, column]) => hasColumn(raw, table, column)).map(([table, column]) =>
    instantOf(raw.prepare(`select max(${column}) from ${table}`).pluck().get()),
  );
  return Math.max(0, ...instants);
}

/** What a strange file may hold instead is none. */
function instantOf(value: unknown): number {
  return typeof value === 'number' && Math.abs(value) <= LATEST ? value : 0;
}

/** The last instant that a date can name. */
const LATEST = 8.64e15;

function restoredMark(raw: Database.Database): RestoredMark | null {
  if (!hasColumn(raw, 'settings', 'value')) return null;
  const kept = raw
    .prepare<[string], string>('select value from settings where key = ?')
    .pluck()
    .get(SETTING.restored);
  return kept === undefined ? null : markIn(kept);
}

function markIn(text: string): RestoredMark | null {
  try {
    const { backup, restored } = JSON.parse(text) as Partial<RestoredMark>;
    return { backup: instantOf(backup), restored: instantOf(restored) };
  } catch {
    return null;
  }
}

function hasColumn(raw: Database.Database, table: string, column: string): boolean {
  return raw.prepare('select 1 from pragma_table_info(?) where name = ?').get(table, column) !== undefined;
}
