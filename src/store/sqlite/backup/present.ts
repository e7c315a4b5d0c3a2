import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { faultOf } from '../../../kernel/fault.ts';
import { StoreRefusal } from '../../port.ts';
import { lastActivity } from '../activity.ts';

/** The database that is in the data folder now. */
export type Present =
  | { readonly kind: 'none' }
  /** Another program has it open. */
  | { readonly kind: 'in_use' }
  | {
      readonly kind: 'held';
      /** UTC milliseconds; null when it cannot be read, and so may be newer than anything. */
      readonly lastActivity: number | null;
      readonly fault: string | null;
      /** Nobody else can use it until then. */
      readonly release: () => void;
    };

/**
 * Holds the present database so that nobody else can use it, all of it in its one file: then one step can put another in its place.
 * SQLite leaves the mode of the write-ahead log only when there is no other connection. Throws `StoreRefusal` when that cannot be told.
 */
export function holdPresent(dataDir: string): Present {
  const path = join(dataDir, 'funnel.db');
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return { kind: 'none' };
  const raw = new Database(path, { fileMustExist: true, timeout: 500 });
  const release = () => void raw.close();
  try {
    raw.pragma('journal_mode = delete');
    raw.pragma('locking_mode = exclusive');
    raw.exec('begin exclusive');
    return { kind: 'held', lastActivity: lastActivity(raw), fault: null, release };
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : '';
    // What is no database nobody can have open as one.
    if (raw.inTransaction || /^SQLITE_(NOTADB|CORRUPT)/.test(code))
      return { kind: 'held', lastActivity: null, fault: faultOf(error), release };
    release();
    if (code.startsWith('SQLITE_BUSY')) return { kind: 'in_use' };
    if (code === '') throw error;
    throw new StoreRefusal(
      'unusable_folder',
      `The database in ${dataDir} cannot be held: ${faultOf(error)}.`,
    );
  }
}
