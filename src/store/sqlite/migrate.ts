import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { ROOT } from '../../root.ts';
import { StoreRefusal } from '../port.ts';
import { holdLock } from './lock.ts';
import { makePrivateFolder } from './open.ts';

export const MIGRATIONS = join(ROOT, 'migrations/sqlite');

type Journal = { readonly entries: readonly { readonly tag: string }[] };

/**
 * Brings the schema up to date. `user_version` counts the migrations applied, in the order of drizzle-kit's journal, and
 * changes in the same transaction as the tables, so a kill leaves either schema whole. When nothing is pending only the
 * journal is read. Throws `StoreRefusal` for a database of a newer program and for a migration that loses rows.
 */
export function migrate(
  raw: Database.Database,
  options: { readonly dataDir: string; readonly now: number; readonly folder: string },
): void {
  const tags = migrationTags(options.folder);
  if (isCurrent(raw, tags.length)) return;
  // Two programs that start at once must not both migrate; the second finds the work done.
  const lock = holdLock(options.dataDir, 'migrate.lock', 30_000);
  if (!lock.ok)
    throw new StoreRefusal(
      'broken_migration',
      'Another program is migrating this database. Try again when it has finished.',
    );
  try {
    if (isCurrent(raw, tags.length)) return;
    if (schemaVersion(raw) > 0) backUp(raw, options);
    apply(raw, tags.slice(schemaVersion(raw)), options.folder, tags.length);
  } finally {
    lock.release();
  }
}

/** The newest schema that this program knows. */
export function knownSchema(): number {
  return migrationTags().length;
}

/** The migrations that this program knows, in their order. */
export function migrationTags(folder: string = MIGRATIONS): readonly string[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;
  return journal.entries.map((entry) => entry.tag);
}

export function schemaVersion(raw: Database.Database): number {
  return raw.pragma('user_version', { simple: true }) as number;
}

function isCurrent(raw: Database.Database, known: number): boolean {
  const version = schemaVersion(raw);
  if (version > known) {
    throw new StoreRefusal(
      'newer_schema',
      `The database was written by a newer version of this program (schema ${version}, known here: ${known}). ` +
        'Update the program, or restore the copy that was made before the update: npm run -s funnel -- restore DATA_DIR/backups/before-….db',
    );
  }
  return version === known;
}

/** A whole copy beside the data before anything changes; made in place, for this user only. */
function backUp(raw: Database.Database, options: { readonly dataDir: string; readonly now: number }): void {
  if (
    rowCounts(raw)
      .values()
      .every((count) => count === 0)
  )
    return;
  const folder = join(options.dataDir, 'backups');
  makePrivateFolder(options.dataDir, folder);
  const utc = new Date(options.now).toISOString().replace(/[:.]/g, '-');
  const path = join(folder, `before-${schemaVersion(raw) + 1}-${utc}.db`);
  raw.prepare('vacuum into ?').run(path);
  chmodSync(path, 0o600);
}

function apply(raw: Database.Database, pending: readonly string[], folder: string, version: number): void {
  // drizzle-kit rebuilds a table by dropping the old one; its own `PRAGMA foreign_keys=OFF` does nothing inside a
  // transaction, and children would be lost or the drop refused. So: off before the transaction, checked before its end.
  raw.pragma('foreign_keys = OFF');
  try {
    raw.exec('begin immediate');
    try {
      const before = rowCounts(raw);
      for (const tag of pending) {
        const sql = readFileSync(join(folder, `${tag}.sql`), 'utf8');
        for (const statement of sql.split('--> statement-breakpoint')) raw.exec(statement);
      }
      checkNothingLost(raw, before, pending);
      raw.pragma(`user_version = ${version}`);
      raw.exec('commit');
    } catch (error) {
      if (raw.inTransaction) raw.exec('rollback');
      throw error;
    }
  } finally {
    raw.pragma('foreign_keys = ON');
  }
}

function checkNothingLost(
  raw: Database.Database,
  before: ReadonlyMap<string, number>,
  pending: readonly string[],
): void {
  const orphans = raw.pragma('foreign_key_check') as readonly unknown[];
  const after = rowCounts(raw);
  const shrunk = before
    .entries()
    .filter(([table, count]) => (after.get(table) ?? count) < count)
    .map(([table]) => table);
  const lost = [...shrunk];
  if (orphans.length === 0 && lost.length === 0) return;
  throw new StoreRefusal(
    'broken_migration',
    `The migration ${pending.join(', ')} was undone: ` +
      (lost.length > 0
        ? `rows were lost in ${lost.join(', ')}.`
        : `${orphans.length} rows point to nothing.`),
  );
}

/** Rows of each table. */
export function rowCounts(raw: Database.Database): ReadonlyMap<string, number> {
  const tables = raw
    .prepare<[], string>(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
    )
    .pluck()
    .all();
  return new Map(
    tables.map((table) => [
      table,
      raw.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0,
    ]),
  );
}
