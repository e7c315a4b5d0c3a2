import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder } from '../../kernel/folder.ts';
import { StoreRefusal } from '../port.ts';

/** SQLite before this could corrupt a WAL database with two writers (the WAL-reset fault, 3.7.0 to 3.51.2). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/**
 * What every connection must have, as SQLite reads it back. `synchronous` 2 is FULL: better-sqlite3 is built to open WAL
 * files with NORMAL, and a power cut could then take back a consent that was acknowledged. FULL costs one flush a commit.
 */
const PRAGMAS = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  // Longer waits would hold the event loop: this is a synchronous library.
  ['busy_timeout', '2000', 2000],
  ['temp_store', 'MEMORY', 2],
  // What is deleted is overwritten with zeros: an erased address must not stay readable in free pages.
  ['secure_delete', 'ON', 1],
] as const;

/** Opens `funnel.db` in the data folder, making both when they are missing, for nobody but this user. Throws `StoreRefusal`. */
export function openDatabase(dataDir: string): Database.Database {
  const path = join(dataDir, 'funnel.db');
  makePrivate(dataDir, path);
  const file = inodeOf(path);
  const raw = new Database(path);
  try {
    refuseOldSqlite(raw);
    for (const [name, value, expected] of PRAGMAS) {
      raw.pragma(`${name} = ${value}`);
      const found: unknown = raw.pragma(name, { simple: true });
      if (found !== expected) {
        throw new StoreRefusal(
          'wrong_pragma',
          `SQLite keeps ${name} at ${String(found)} instead of ${value} for ${path}.`,
        );
      }
    }
    // Whoever waited while a restore put another one in its place would write into the one that is put aside.
    if (inodeOf(path) !== file) throw inUse(dataDir);
    return raw;
  } catch (error) {
    raw.close();
    throw refusalFor(error, dataDir);
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function refusalFor(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  // Moved away: nothing can be written into it.
  if (/^SQLITE_(BUSY|READONLY_DBMOVED)/.test(error.code)) return inUse(dataDir);
  return error.code.startsWith('SQLITE_READONLY')
    ? new StoreRefusal('unusable_folder', `DATA_DIR (${dataDir}) cannot be written: ${error.message}.`)
    : error;
}

function inUse(dataDir: string): StoreRefusal {
  return new StoreRefusal(
    'in_use',
    `Another program holds the database in ${dataDir} for itself, such as a restore. Try again when it has finished.`,
  );
}

/** The pragmas as they are in force now. */
export function pragmasOf(raw: Database.Database): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    PRAGMAS.map(([name]) => [name, raw.pragma(name, { simple: true }) as string | number]),
  );
}

export function sqliteVersion(raw: Database.Database): string {
  return raw.prepare<[], string>('select sqlite_version()').pluck().get() ?? '';
}

/** Makes the data folder (0700) and a file in it (0600); SQLite gives the mode of the file to its companions. */
export function makePrivate(dataDir: string, path: string): void {
  orRefuse(dataDir, () => {
    makeFolder(dataDir);
    closeSync(openSync(path, 'a', 0o600));
  });
}

/** Makes a folder within the data folder, for nobody but this user. Throws `StoreRefusal`. */
export function makePrivateFolder(dataDir: string, folder: string): void {
  orRefuse(dataDir, () => makeFolder(folder));
}

function orRefuse(dataDir: string, make: () => void): void {
  try {
    make();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new StoreRefusal('unusable_folder', `DATA_DIR (${dataDir}) cannot be written: ${cause}.`);
  }
}

function refuseOldSqlite(raw: Database.Database): void {
  const version = sqliteVersion(raw);
  const found = version.split('.').map(Number);
  const difference = OLDEST_SQLITE.map((part, i) => (found[i] ?? 0) - part).find((part) => part !== 0) ?? 0;
  if (difference < 0) {
    throw new StoreRefusal(
      'old_sqlite',
      `SQLite ${version} is too old: ${OLDEST_SQLITE.join('.')} or later is needed. Run npm ci.`,
    );
  }
}
