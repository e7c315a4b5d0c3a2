import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR, SECOND } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import { makeFolder } from '../kernel/folder.ts';
import type { Log } from '../kernel/log.ts';
import { BACKUP_FAULT, backupsFolder, dayOf, madeAt, namesIn, nightlyName, superfluous } from './backups.ts';

export interface NightlyBackups {
  start(): void;
  /** Gives up a backup under way: the next start makes one. */
  stop(): Promise<void>;
  /** Makes today's backup unless there is one, or nobody's data to lose; for the timer and for tests. */
  look(): Promise<void>;
}

type Written =
  { readonly ok: true } | { readonly ok: false; readonly problem: string; readonly isStopped: boolean };

/** The start has more urgent things to do; but a monitor that looks in a minute shall not find yesterday's backup. */
const FIRST_LOOK = 10 * SECOND;

/** One backup each UTC day into `DATA_DIR/backups`, the old ones deleted. A failure is told and tried again within the hour. */
export function createNightlyBackups(parts: {
  readonly store: {
    readonly firstLeadAt: () => Promise<number | null>;
    readonly setSetting: (key: string, value: string) => Promise<void>;
  };
  readonly write: (file: string, signal: AbortSignal) => Promise<Written>;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
}): NightlyBackups {
  const { store, write, clock, log } = parts;
  const folder = backupsFolder(parts.dataDir);
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const remove = async (names: readonly string[]): Promise<void> => {
    for (const name of names) await rm(join(folder, name), { force: true });
  };

  const look = async (): Promise<void> => {
    const now = clock.now();
    const names = await namesIn(folder);
    const days = names.flatMap((name) => madeAt(name) ?? []).map(dayOf);
    if (days.includes(dayOf(now)) || (await store.firstLeadAt()) === null) return;
    makeFolder(folder);
    await remove(names.filter(isLeftover));
    const name = nightlyName(now);
    const outcome = await write(join(folder, name), ended.signal);
    if (!outcome.ok && outcome.isStopped) return;
    await store.setSetting(BACKUP_FAULT, outcome.ok ? '' : outcome.problem);
    if (!outcome.ok) {
      log.error({ problem: outcome.problem }, 'the nightly backup failed; it is tried again within the hour');
      return;
    }
    // Only when a new one is there.
    const old = superfluous(await namesIn(folder), now);
    await remove(old);
    log.info({ name, deleted: old.length }, 'nightly backup made');
  };

  const guarded = async (): Promise<void> => {
    try {
      await look();
    } catch (error) {
      log.error({ fault: faultOf(error) }, 'the nightly backup failed; it is tried again within the hour');
    }
  };

  const turn = () => {
    running = running.then(guarded);
    timer = setTimeout(turn, HOUR).unref();
  };

  return {
    look,
    start: () => {
      timer = setTimeout(turn, FIRST_LOOK).unref();
    },
    stop: async () => {
      clearTimeout(timer);
      ended.abort();
      await running;
    },
  };
}

/** Of a server that was killed while it made one. There is never more than one server, and it makes one at a time. */
function isLeftover(name: string): boolean {
  return /^nightly-.*\.partial(?:-journal)?$/.test(name);
}
