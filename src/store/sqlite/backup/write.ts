import { closeSync, existsSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { HOUR } from '../../../kernel/clock.ts';
import { faultOf } from '../../../kernel/fault.ts';
import { systemRandom } from '../../../kernel/random.ts';
import { BUILD } from '../../../root.ts';
import { flushFolder, giveName, hasCode } from './disk.ts';
import type { BackupContents, BackupOrder } from './format.ts';
import { hasRoomFor } from './room.ts';

export type BackupOutcome =
  | { readonly ok: true; readonly file: string; readonly made: BackupContents }
  /** A sentence for the operator. */
  | { readonly ok: false; readonly problem: string };

const WORKER = new URL(BUILD === null ? './backup-worker.ts' : './backup-worker.js', import.meta.url);
const LEFTOVER_AFTER = HOUR;
const FLUSH_EVERY = 50;

/**
 * Writes a backup beside whatever uses the database: database, signing secrets, journal of stops and edited content in one SQLite
 * file, for this user only. It has its name only when it is whole, checked and on the disk; a file that has the name stays as it is.
 * @param order.file where to. @param order.secrets of `FUNNEL_SECRET`. @param order.now UTC milliseconds.
 */
export async function writeBackup(order: {
  readonly dataDir: string;
  readonly secrets: readonly string[];
  readonly file: string;
  readonly now: number;
}): Promise<BackupOutcome> {
  const { dataDir, secrets, file, now } = order;
  const refused = refusal(dataDir, file);
  if (refused !== null) return { ok: false, problem: refused };
  sweepLeftovers(file, now);
  const target = `${file}.${systemRandom.token(6)}.partial`;
  try {
    closeSync(openSync(target, 'wx', 0o600));
    const made = await flushedBitByBit(target, inWorker({ dataDir, target, secrets, madeAt: now }));
    giveName(target, file);
    flushFolder(dirname(file));
    return { ok: true, file, made };
  } catch (error) {
    return { ok: false, problem: whatFailed(error, file) };
  } finally {
    for (const leftover of [target, `${target}-journal`]) rmSync(leftover, { force: true });
  }
}

function refusal(dataDir: string, file: string): string | null {
  if (!existsSync(join(dataDir, 'funnel.db')))
    return `There is no database in ${dataDir} yet: nothing to back up.`;
  if (existsSync(file)) return existsAlready(file);
  if (!existsSync(dirname(file))) return `There is no folder ${dirname(file)}.`;
  return hasRoomFor(dirname(file), join(dataDir, 'funnel.db'), 1)
    ? null
    : `There is too little room on the disk for ${file}.`;
}

/** What a killed backup left behind. One that is being written is younger than that. */
function sweepLeftovers(file: string, now: number): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(file)}.`) || !/\.partial(-journal)?$/.test(name)) continue;
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    if (found !== undefined && found.mtimeMs < now - LEFTOVER_AFTER)
      rmSync(join(folder, name), { force: true });
  }
}

async function inWorker(order: BackupOrder): Promise<BackupContents> {
  const worker = new Worker(WORKER, { workerData: order });
  return await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the copy ended too early')));
  });
}

/**
 * SQLite flushes a copy when it is whole, and while a disk writes hundreds of megabytes at once every signup waits for its own few
 * kilobytes. Flushed as it grows, there is never much to wait for.
 */
async function flushedBitByBit<T>(path: string, work: Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  const ended = new AbortController();
  const flushing = (async () => {
    while (!ended.signal.aborted) {
      // What it says is of no matter: the file is flushed whole at the end.
      await file.datasync().catch(() => {});
      await wait(FLUSH_EVERY);
    }
  })();
  try {
    return await work;
  } finally {
    ended.abort();
    await flushing;
    await file.close();
  }
}

function whatFailed(error: unknown, file: string): string {
  if (hasCode(error, 'EEXIST')) return existsAlready(file);
  if (hasCode(error, 'ENOSPC') || hasCode(error, 'SQLITE_FULL'))
    return `${file} could not be written: the disk is full.`;
  return `${file} could not be written: ${faultOf(error)}.`;
}

function existsAlready(file: string): string {
  return `${file} exists already and is left as it is. Name another file.`;
}
