import { MINUTE } from '../kernel/clock.ts';
import { parseInstant } from '../kernel/instant.ts';
import type { Present } from '../store/sqlite/backup/present.ts';
import { CommandStop, EXIT } from './terminal.ts';

/** What is known of the file that is to be restored; UTC milliseconds. */
type Told = { readonly madeAt: number; readonly lastActivity: number };

/** Two machines never agree to the second. */
const SKEW = MINUTE;

/** The option `--stopped-at`, in UTC milliseconds. A bare day would be its first moment: hours before the server stopped. */
export function instantIn(text: string): number {
  const instant = text.length > 10 ? parseInstant(text) : null;
  if (instant !== null) return instant;
  throw new CommandStop(
    EXIT.usage,
    `--stopped-at: “${text}” is no full instant. Write day, time and zone, such as 2026-11-23T14:30:00Z or 2026-11-23T09:30:00-05:00.`,
  );
}

/** What came due between backup and now is taken for sent. By a clock that is wrong, nothing would be, and everything be sent again. */
export function refuseWrongClock(now: number, { madeAt, lastActivity }: Told): void {
  const latest = Math.max(madeAt, lastActivity);
  if (now + SKEW >= latest) return;
  const what =
    latest === madeAt ? `the backup was made at ${utc(madeAt)}` : `its last entry is of ${utc(lastActivity)}`;
  throw new CommandStop(
    EXIT.failed,
    `The machine's clock says ${utc(now)}, but ${what}. Set the clock, then restore. If the clock is right, the one of that time ` +
      'was ahead: restore another backup. Nothing is changed.',
  );
}

/** Nothing was sent after `stoppedAt`: that can only be said of the time between the backup and now. */
export function refuseImpossibleStop(stoppedAt: number, now: number, { madeAt }: Told): void {
  if (stoppedAt > now) {
    throw new CommandStop(
      EXIT.usage,
      `--stopped-at: ${utc(stoppedAt)} is still to come; it is ${utc(now)} now. Write when the former server stopped, or leave the option out. Nothing is changed.`,
    );
  }
  if (stoppedAt < madeAt) {
    throw new CommandStop(
      EXIT.usage,
      `--stopped-at: ${utc(stoppedAt)} is before the backup was made. Write when the former server stopped for the last time; only if it ` +
        `has never run since the backup was made, write --stopped-at ${utc(madeAt)}. If you do not know, leave the option out. Nothing is changed.`,
    );
  }
}

/** Never over a newer database without being told to, nor over one that somebody is using. */
export function refuseToLose(dataDir: string, present: Present, backup: number, force: boolean): void {
  if (present.kind === 'in_use') {
    throw new CommandStop(
      EXIT.failed,
      `Another funnel command is using the database in ${dataDir}. Try again when it has finished.`,
    );
  }
  if (present.kind === 'none' || force) return;
  const instead = 'With --force it is put aside in backups/ and the backup takes its place.';
  if (present.lastActivity === null) {
    throw new CommandStop(
      EXIT.failed,
      `The database in ${dataDir} cannot be read (${present.fault}), so it may be newer than the backup. ${instead}`,
    );
  }
  if (present.lastActivity > backup) {
    throw new CommandStop(
      EXIT.failed,
      `The database in ${dataDir} is newer than the backup: something happened in it at ${utc(present.lastActivity)}, ` +
        `the backup ends at ${utc(backup)}. ${instead}`,
    );
  }
}

function utc(instant: number): string {
  return new Date(instant).toISOString();
}
