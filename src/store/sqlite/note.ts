import { join } from 'node:path';
import Database from 'better-sqlite3';
import { writeSetting } from './settings.ts';

/**
 * Writes one setting, beside a running server too, and whatever the schema: nothing is migrated on the way. Throws what SQLite says
 * when it cannot be written.
 */
export function noteSetting(dataDir: string, key: string, value: string): void {
  const raw = new Database(join(dataDir, 'funnel.db'), { fileMustExist: true, timeout: 2000 });
  try {
    writeSetting({ sql: (text) => raw.prepare(text) }, key, value);
  } finally {
    raw.close();
  }
}
