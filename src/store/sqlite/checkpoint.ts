import Database from 'better-sqlite3';
import type { Ground } from './ground.ts';

/**
 * Moves the write-ahead log into the database and empties it: what was deleted would stay readable there. Does not wait
 * for readers, because waiting holds the event loop; while one reads, the log stays as it is until the next housekeeping.
 */
export function emptyLog({ raw }: Ground): void {
  const timeout = raw.pragma('busy_timeout', { simple: true }) as number;
  raw.pragma('busy_timeout = 0');
  try {
    raw.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // The deletion itself is durable already, and must not be told as failed.
    if (!(error instanceof Database.SqliteError)) throw error;
  } finally {
    raw.pragma(`busy_timeout = ${timeout}`);
  }
}
