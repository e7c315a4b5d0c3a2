import { access, constants, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY, HOUR, MINUTE } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ContentSource } from '../content/source.ts';
import type { SenderPause } from '../sequence/port.ts';
import { backupFacts } from './backup-facts.ts';
import { backupWarning } from './backups.ts';
import { pauseInPublic } from './pause-words.ts';
import type { HealthStore } from './port.ts';

export type HealthParts = {
  readonly store: HealthStore;
  readonly content: ContentSource;
  readonly clock: Clock;
  readonly dataDir: string;
};

export type Health = {
  /** False: requests cannot be served, and a balancer should look elsewhere. */
  readonly ready: boolean;
  /** What stops the service, as sentences. */
  readonly faults: readonly string[];
  /** Why nothing is sent; null: sending is on. */
  readonly pause: SenderPause | null;
  /** What else wants a person's eye while the service goes on; fit for anybody. */
  readonly warnings: readonly string[];
};

/** Below this the next signups may already fail. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;
/** Emails that are due for longer than this want an eye. */
export const OVERDUE_AFTER = 15 * MINUTE;

/** How the funnel is, from what can be asked cheaply: a monitor may come every second. */
export async function healthOf(parts: HealthParts): Promise<Health> {
  const faults: string[] = [];
  const warnings: string[] = [];
  const now = parts.clock.now();
  if (!(await parts.store.isWritable())) faults.push('The database cannot be written.');
  faults.push(...(await diskFaults(parts.dataDir)));
  const pause = await parts.store.senderPause(now);
  const overdue = await parts.store.countOverdue(now, OVERDUE_AFTER);
  if (overdue > 0)
    warnings.push(
      `${overdue} ${overdue === 1 ? 'email has' : 'emails have'} waited for more than 15 minutes.`,
    );
  const doubts = await parts.store.countDoubts(now - DAY);
  if (doubts > 0) warnings.push(`${doubts} ${doubts === 1 ? 'email is' : 'emails are'} in doubt.`);
  const mistakes = mistakesTold(parts.content);
  if (mistakes !== null) warnings.push(mistakes);
  const backups = backupWarning(await backupFacts(parts.store, parts.dataDir, now));
  if (backups !== null) warnings.push(backups);
  return { ready: faults.length === 0, faults, pause, warnings };
}

/** That the content has mistakes, and what is served meanwhile; null when it has none. */
export function mistakesTold(content: Pick<ContentSource, 'problems' | 'isBehind'>): string | null {
  const count = content.problems().length;
  if (count === 0) return null;
  const many = `${count} ${count === 1 ? 'mistake' : 'mistakes'}`;
  return content.isBehind()
    ? `The content folder has ${many}; the last valid version is served.`
    : `The documents have ${many} and are given out as they are: there is no earlier version.`;
}

/** The same for a monitor. Anybody may ask: nothing in it names a person or a folder, or is in the provider's words. */
export async function readinessOf(parts: HealthParts): Promise<Omit<Health, 'pause'>> {
  const { pause, warnings, ...health } = await healthOf(parts);
  const told = pause === null ? [] : [`Sending is paused: ${pauseInPublic(pause)}.`];
  return { ...health, warnings: [...told, ...warnings] };
}

/** SQLite goes on writing into a file that has been removed: only the folder tells that everything will be lost. */
export async function diskFaults(dataDir: string): Promise<readonly string[]> {
  try {
    await access(join(dataDir, 'funnel.db'), constants.R_OK | constants.W_OK);
    const disk = await statfs(dataDir);
    return disk.bavail * disk.bsize < LEAST_FREE_BYTES
      ? ['The disk is nearly full (less than 64 MiB free).']
      : [];
  } catch {
    return ['The data folder is gone or cannot be used.'];
  }
}

/** How long ago, in words for a person: "3 hours ago". */
export function agoInWords(instant: number, now: number): string {
  const minutes = Math.max(0, Math.round((now - instant) / MINUTE));
  if (minutes < 2) return 'just now';
  if (minutes < 60) return `${minutes} minutes ago`;
  const hours = Math.round((now - instant) / HOUR);
  if (hours < 48) return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
  return `${Math.round(hours / 24)} days ago`;
}
