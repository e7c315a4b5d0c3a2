import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY, HOUR } from '../kernel/clock.ts';
import { hasCode } from '../kernel/fault.ts';

/** Days back from the newest, and weeks before those. */
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

/** Whether a backup can have been made by now. One from the future was made while the clock was wrong: it says nothing of today. */
export function isCredible(madeAt: number, now: number): boolean {
  return madeAt <= now + DAY;
}

/**
 * Which nightly backups have had their time: all but the newest of each of the last seven days and of each of the four weeks before, and
 * whatever is five weeks older than the newest. Files of other names, and those from the future, are nobody's business here.
 */
export function superfluous(names: readonly string[], now: number): readonly string[] {
  const nightly = names
    .filter((name) => isCredible(madeAt(name) ?? Infinity, now))
    .toSorted()
    .toReversed();
  const ageOf = (name: string) => dayOf(madeAt(nightly[0] ?? '') ?? 0) - dayOf(madeAt(name) ?? 0);
  const daily = newestOfEach(
    nightly.filter((name) => ageOf(name) < DAILY),
    dayOf,
  );
  const older = nightly.filter((name) => ageOf(name) >= DAILY && ageOf(name) < DAILY + 7 * WEEKLY);
  // Weeks of the calendar, or none would ever become older than one. 1 January 1970 was a Thursday; weeks begin on Mondays.
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

/** When the newest nightly backup was made; null when there is none. One that is not credible does not count. */
export async function newestBackup(dataDir: string, now: number): Promise<number | null> {
  const instants = (await namesIn(backupsFolder(dataDir)))
    .flatMap((name) => madeAt(name) ?? [])
    .filter((instant) => isCredible(instant, now));
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
