import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HOUR } from '../../../kernel/clock.ts';
import { faultOf } from '../../../kernel/fault.ts';
import { systemRandom } from '../../../kernel/random.ts';
import { BUILD } from '../../../root.ts';
import { flushFolder, giveName, hasCode } from './disk.ts';
import type { BackupContents, BackupOrder, BackupReport } from './format.ts';
import { hasRoomFor } from './room.ts';

export type BackupOutcome =
  | { readonly ok: true; readonly file: string; readonly made: BackupContents }
  /** A sentence for the operator. `isStopped`: nothing failed, the program is told to end. */
  | { readonly ok: false; readonly problem: string; readonly isStopped: boolean };

const WORKER = fileURLToPath(
  new URL(BUILD === null ? './backup-worker.ts' : './backup-worker.js', import.meta.url),
);
const STOPPED = 'STOPPED';
/** A terminal and systemd tell every process of a program to end, and this one may hear it first. */
const STOPPING: ReadonlySet<string | null> = new Set(['SIGINT', 'SIGTERM']);
const LEFTOVER_AFTER = HOUR;
const FLUSH_EVERY = 50;

/**
 * Writes a backup beside whatever uses the database: database, signing secrets, journal of stops and edited content in one SQLite
 * file, for this user only. It has its name only when it is whole, checked and on the disk; a file that has the name stays as it is.
 * @param order.file where to. @param order.secrets of `FUNNEL_SECRET`. @param order.now UTC milliseconds. @param order.signal gives it up at once.
 */
export async function writeBackup(order: {
  readonly dataDir: string;
  readonly secrets: readonly string[];
  readonly file: string;
  readonly now: number;
  readonly signal?: AbortSignal;
}): Promise<BackupOutcome> {
  const { dataDir, secrets, file, now, signal } = order;
  const refused = refusal(dataDir, file);
  if (refused !== null) return { ok: false, problem: refused, isStopped: false };
  sweepLeftovers(file, now);
  const target = `${file}.${systemRandom.token(6)}.partial`;
  try {
    closeSync(openSync(target, 'wx', 0o600));
    const made = await flushedBitByBit(target, inProcess({ dataDir, target, secrets, madeAt: now }, signal));
    giveName(target, file);
    flushFolder(dirname(file));
    return { ok: true, file, made };
  } catch (error) {
    return { ok: false, problem: whatFailed(error, file), isStopped: hasCode(error, STOPPED) };
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

/** In a process, since SQLite copies in one go: a thread that does cannot be ended, and would hold up the end of the program. */
async function inProcess(order: BackupOrder, signal?: AbortSignal): Promise<BackupContents> {
  const child = fork(WORKER, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const giveUp = () => void child.kill('SIGKILL');
  signal?.addEventListener('abort', giveUp);
  try {
    return await new Promise((resolve, reject) => {
      child.once('message', (report: BackupReport) => {
        if (report.ok) resolve(report.contents);
        else reject(Object.assign(new Error(report.message), { code: report.code }));
      });
      child.on('error', reject);
      // Not before the channel is read to its end: the report may still be in it.
      void Promise.all([once(child, 'exit'), once(child, 'disconnect')]).then(
        ([[, by]]) => reject(endedBy(signal?.aborted === true || STOPPING.has(by as string | null))),
        reject,
      );
      child.send(order);
      if (signal?.aborted === true) giveUp();
    });
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

function endedBy(isStopped: boolean): Error {
  return isStopped
    ? Object.assign(new Error('it was stopped'), { code: STOPPED })
    : new Error('the copy ended too early');
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
