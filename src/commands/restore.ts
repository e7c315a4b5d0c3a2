import { existsSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { clockFrom } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import { isFaultOfDisk } from '../store/sqlite/backup/disk.ts';
import { holdPresent } from '../store/sqlite/backup/present.ts';
import type { Present } from '../store/sqlite/backup/present.ts';
import { inspectBackup } from '../store/sqlite/backup/read.ts';
import {
  beginStaging,
  declareReady,
  finishRestore,
  isHalfRestored,
  putAllInPlace,
  throwAwayStaging,
} from '../store/sqlite/backup/staging.ts';
import { hasRoomFor } from '../store/sqlite/backup/room.ts';
import { holdServeLock } from '../store/sqlite/lock.ts';
import { instantIn, refuseImpossibleStop, refuseToLose, refuseWrongClock } from './restore-refusals.ts';
import { copyIn, prepare } from './restore-steps.ts';
import { tellRestored } from './restore-words.ts';
import type { Restored } from './restore-words.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { configOf, orStop } from './with-funnel.ts';

export type RestoreOptions = {
  readonly force?: boolean;
  readonly json?: boolean;
  readonly stoppedAt?: string;
};

/** `funnel restore FILE`: brings a backup back. What was there is put aside, and nothing is sent until a person says so. */
export async function restoreCommand(
  terminal: Terminal,
  file: string,
  options: RestoreOptions,
): Promise<void> {
  const stoppedAt = options.stoppedAt === undefined ? null : instantIn(options.stoppedAt);
  const config = configOf(terminal);
  const path = resolve(file);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new CommandStop(EXIT.failed, `There is no file ${path}.`);
  const lock = await orStop(() => holdServeLock(config.dataDir));
  if (!lock.ok) {
    throw new CommandStop(
      EXIT.failed,
      `A server (or another restore) runs on ${config.dataDir}. Stop it first: a restore puts another database in its place.`,
    );
  }
  try {
    const clock = clockFrom(config.clockStart);
    if (isHalfRestored(config.dataDir)) {
      await orStop(() => finishRestore(config.dataDir));
      terminal.err('An earlier restore had been cut off; it is finished first.\n');
    }
    const order = { force: options.force === true, stoppedAt };
    const restored = await inWords(config.dataDir, () => restore(config, clock, path, order));
    terminal.out(options.json === true ? `${JSON.stringify(restored)}\n` : tellRestored(restored));
  } finally {
    lock.release();
  }
}

/** A disk that is full, a folder that may not be written: told in a sentence, with what has become of the data folder. */
async function inWords<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isFaultOfDisk(error)) throw error;
    const outcome = isHalfRestored(dataDir)
      ? 'The restore is half done: put that right and start any command; it is finished then.'
      : 'Nothing is changed.';
    throw new CommandStop(EXIT.failed, `The restore failed: ${faultOf(error)}. ${outcome}`);
  }
}

async function restore(
  config: Config,
  clock: Clock,
  file: string,
  order: { readonly force: boolean; readonly stoppedAt: number | null },
): Promise<Restored> {
  const { dataDir } = config;
  throwAwayStaging(dataDir);
  // One copy to work on, and what is written while it is brought up to date.
  if (!hasRoomFor(dataDir, file, 2))
    throw new CommandStop(
      EXIT.failed,
      `There is too little room on the disk of ${dataDir} for a restore: it takes twice the size of the backup. Nothing is changed.`,
    );
  const staging = await orStop(() => beginStaging(dataDir));
  let present: Present = { kind: 'none' };
  try {
    const found = inspectBackup(copyIn(file, staging));
    if (!found.ok) throw new CommandStop(EXIT.failed, `${file} ${found.problem}. Nothing is changed.`);
    refuseWrongClock(clock.now(), found);
    if (order.stoppedAt !== null) refuseImpossibleStop(order.stoppedAt, clock.now(), found);
    present = await orStop(() => holdPresent(dataDir));
    refuseToLose(dataDir, present, found.lastActivity, order.force);
    const { parts, secrets, ...done } = await prepare({
      config,
      clock,
      staging,
      found,
      stoppedAt: order.stoppedAt,
    });
    const utc = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
    declareReady(dataDir, { aside: `backups/replaced-${utc}`, parts });
    const aside = putAllInPlace(dataDir);
    return {
      file,
      kind: found.kind,
      madeAt: new Date(found.madeAt).toISOString(),
      leads: found.leads,
      ...done,
      links: linksAfter(config, secrets),
      putAside: aside === null ? null : join(dataDir, aside),
    };
  } finally {
    if (!isHalfRestored(dataDir)) rmSync(staging, { recursive: true, force: true });
    if (present.kind === 'held') present.release();
  }
}

function linksAfter({ secrets: configured, dataDir }: Config, brought: readonly string[]): Restored['links'] {
  if (configured !== null)
    return brought.every((secret) => configured.includes(secret)) ? 'setting' : 'setting_lacks';
  if (brought.length > 0) return 'file';
  return existsSync(join(dataDir, 'secret')) ? 'kept' : 'lost';
}
