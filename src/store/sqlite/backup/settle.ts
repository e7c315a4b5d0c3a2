import Database from 'better-sqlite3';
import { lastTrace } from '../activity.ts';
import type { RestoredMark } from '../activity.ts';
import { SETTING } from '../settings.ts';

/**
 * The last touch to a database that is to be put in place: nobody is signed in, the restore itself counts as no activity, and all
 * of it is in its one file.
 * @param backupActivity of the backup from which it was made, UTC milliseconds.
 */
export function settleRestored(path: string, backupActivity: number): void {
  const raw = new Database(path, { fileMustExist: true });
  try {
    raw.pragma('synchronous = FULL');
    raw.exec('delete from sessions');
    const mark: RestoredMark = { backup: backupActivity, restored: lastTrace(raw) };
    raw
      .prepare(
        'insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
      )
      .run(SETTING.restored, JSON.stringify(mark));
    raw.pragma('wal_checkpoint(TRUNCATE)');
    raw.pragma('journal_mode = delete');
  } finally {
    raw.close();
  }
}
