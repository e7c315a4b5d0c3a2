import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY, HOUR } from '../kernel/clock.ts';
import { hasCode } from '../kernel/fault.ts';

/** The newest of each of the last seven days with a backup, and of each of the last four weeks before those. */
const DAILY = 7;
const WEEKLY = 4;
const OLD_AFTER = 48 * HOUR;

/** Setting: why the last nightly backup failed; empty or absent when it did not. */
export const BACKUP_FAULT = 'backup.fault';

export function backupsFolder(dataDir: string): string {
  return join(dataDir, 'backups');
}

/** A name that sorts by its UTC time: `nightly-2026-11-26T03-00-00Z.db`. */
export function nightlyName(at: number): string {
  return `nightly-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z.db`;
}

/** When a nightly backup was made, by its name, UTC milliseconds; null for every other file. */
export function madeAt(name: string): number | null {
  const [, day, hour, minute, second] =
    /^nightly-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.db$/.exec(name) ?? [];
  const instant = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(instant) ? null : instant;
}

/** Which nightly backups have had their time. Files of other names are nobody's business here. */
export function superfluous(names: readonly string[]): readonly string[] {
  const nightly = names
    .filter((name) => madeAt(name) !== null)
    .toSorted()
    .toReversed();
  const daily = newestOfEach(nightly, dayOf).slice(0, DAILY);
  const oldest = dayOf(madeAt(daily.at(-1) ?? '') ?? 0);
  const older = nightly.filter((name) => dayOf(madeAt(name) ?? 0) < oldest);
  // 1 January 1970 was a Thursday; weeks begin on Mondays.
  const weekly = newestOfEach(older, (at) => Math.floor((at / DAY + 3) / 7)).slice(0, WEEKLY);
  return nightly.filter((name) => !daily.includes(name) && !weekly.includes(name));
}

/** The number of a UTC day. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

/** @param names the newest first. */
function newestOfEach(names: readonly string[], spanOf: (at: number) => number): readonly string[] {
  const newest = new Map<number, string>();
  for (const name of names) {
    const span = spanOf(madeAt(name) ?? 0);
    if (!newest.has(span)) newest.set(span, name);
  }
  return [...newest.values()];
}

/** When the newest nightly backup was made; null when there is none. */
export async function newestBackup(dataDir: string): Promise<number | null> {
  const instants = (await namesIn(backupsFolder(dataDir))).flatMap((name) => madeAt(name) ?? []);
  return instants.length === 0 ? null : Math.max(...instants);
}

export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** What an operator should know of the backups; null when all is well. Instants are UTC milliseconds. */
export function backupWarning(backups: {
  /** Of the newest one, made by night or by the command. */
  readonly newest: number | null;
  /** The first lead's signup; null when there is nobody whose data could be lost. */
  readonly firstLead: number | null;
  /** Why the last one failed; null or empty when it did not. */
  readonly fault: string | null;
  readonly now: number;
}): string | null {
  const { newest, firstLead, fault, now } = backups;
  if (firstLead === null) return null;
  // Why, it does not say: that may name folders, and a warning is for anybody.
  if (fault !== null && fault !== '') return 'The last nightly backup failed.';
  if (newest === null)
    return firstLead <= now - OLD_AFTER ? 'There is no backup of the last two days.' : null;
  const hours = Math.floor((now - newest) / HOUR);
  return newest <= now - OLD_AFTER ? `The newest backup is ${hours} hours old.` : null;
}
