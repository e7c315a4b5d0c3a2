import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makePrivate } from './open.ts';

export type ServeLock = { readonly ok: true; release(): void } | { readonly ok: false };

/**
 * The lock that only one server on a data folder can hold. An open EXCLUSIVE transaction on a file of its own: the
 * kernel drops it with the process, so kill -9 leaves nothing stale behind, as a file with a process id would.
 * @param waitMs how long to wait for another holder; 0 tells at once.
 */
export function holdServeLock(dataDir: string, waitMs = 0): ServeLock {
  return holdLock(dataDir, 'serve.lock', waitMs);
}

/**
 * Whether a server runs on the folder, without taking its lock: a look that lasts some microseconds, which a server that starts at
 * that very moment waits out.
 */
export function isServing(dataDir: string): boolean {
  const path = join(dataDir, 'serve.lock');
  if (!existsSync(path)) return false;
  const file = new Database(path, { readonly: true, timeout: 0 });
  try {
    file.prepare('select count(*) from sqlite_schema').get();
    return false;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return true;
    throw error;
  } finally {
    file.close();
  }
}

/** Any lock of the data folder, by the name of its file. */
export function holdLock(dataDir: string, name: string, waitMs: number): ServeLock {
  const path = join(dataDir, name);
  makePrivate(dataDir, path);
  const file = new Database(path, { timeout: waitMs });
  try {
    file.exec('begin exclusive');
  } catch (error) {
    file.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return { ok: false };
    throw error;
  }
  return { ok: true, release: () => void file.close() };
}
