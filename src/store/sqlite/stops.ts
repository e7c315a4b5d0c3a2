import type { ExitReason } from '../../kernel/words.ts';
import type { Ground } from './ground.ts';
import type { StopJournal } from './journal.ts';
import { readSetting, SETTING, writeSetting } from './settings.ts';

/**
 * Puts a stop into the journal; it is on the disk before the change is acknowledged. Its number is kept in the database by the same
 * transaction, so that a start can tell which lines the database lacks.
 */
export function noteStop(
  ground: Ground,
  stopped: { readonly email: string; readonly leadId: string | null },
  reason: ExitReason,
  at: number,
): void {
  if (ground.journal === SILENT) return;
  const number = lastStop(ground) + 1;
  writeSetting(ground, SETTING.lastStop, String(number));
  const { email, leadId } = stopped;
  ground.journal.note({ at, reason, number, addressHash: ground.addressHash(email), leadId });
}

/** The number of the newest stop that the database knows. */
export function lastStop(ground: Ground): number {
  return Number(readSetting(ground, SETTING.lastStop) ?? 0);
}

/** The same ground for carrying out what stands in the journal already: nothing is written into it again. */
export function withoutJournal(ground: Ground): Ground {
  return { ...ground, journal: SILENT };
}

const SILENT: StopJournal = {
  note: () => {},
  mark: () => 0,
  rewind: () => {},
  write: () => {},
  confirm: () => {},
  read: () => ({ stops: [], committed: 0 }),
  endLine: () => {},
  close: () => {},
};
