import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config/config.ts';
import { splitSecrets } from '../config/cross-checks.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Stop } from '../store/port.ts';
import { filesIn, textIfThere, unitedSecrets } from '../store/sqlite/backup/files.ts';
import type { DataFile } from '../store/sqlite/backup/files.ts';
import { unpackBackup } from '../store/sqlite/backup/read.ts';
import type { Inspection } from '../store/sqlite/backup/read.ts';
import { settleRestored } from '../store/sqlite/backup/settle.ts';
import { readJournal } from '../store/sqlite/journal.ts';
import { stopsMissingFrom, uniteJournals } from '../store/sqlite/journal-lines.ts';
import { openFunnel } from './with-funnel.ts';

type Found = Extract<Inspection, { readonly ok: true }>;

export type Prepared = {
  readonly parts: readonly ('content' | 'secret' | 'stops.log' | 'funnel.db')[];
  readonly contentFiles: number;
  /** Signing secrets that the backup brought; empty when it brought none. */
  readonly secrets: readonly string[];
  /** People whom the journal stopped after the backup was made. */
  readonly stopped: number;
  /** Emails that may have gone out since. */
  readonly doubts: number;
};

/** Copies the file to be restored into the folder in which the restore is made; it is only read. */
export function copyIn(file: string, staging: string): string {
  const database = join(staging, 'funnel.db');
  copyFileSync(file, database);
  chmodSync(database, 0o600);
  // A copy by hand of a database in use has its newest changes beside it.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${database}-wal`);
  return database;
}

/** Makes the data folder as it shall be, in the staging folder: journal carried out, lost time in doubt, sending paused. */
export async function prepare(plan: {
  readonly config: Config;
  readonly clock: Clock;
  readonly staging: string;
  readonly found: Found;
  /** When the former server is known to have stopped sending, UTC milliseconds; null: nobody knows. */
  readonly stoppedAt: number | null;
}): Promise<Prepared> {
  const { config, staging, found } = plan;
  const database = join(staging, 'funnel.db');
  const files = unpackBackup(database);
  const journals = { present: readJournal(config.dataDir), own: ownJournal(files) };
  const secrets = splitSecrets(text(files, 'secret') ?? '');
  if (found.kind === 'backup') lay(staging, files);
  else borrow(config.dataDir, staging);
  writePrivate(join(staging, 'stops.log'), uniteJournals(journals.present, journals.own));
  const present = textIfThere(join(config.dataDir, 'secret'));
  // Links that were signed here meanwhile go on working.
  if (secrets.length > 0)
    writePrivate(join(staging, 'secret'), `${unitedSecrets(secrets, present === null ? [] : [present])}\n`);
  const { stopped, doubts } = await carryOut(plan, journals);
  settleRestored(database, found.lastActivity);
  const isWhole = found.kind === 'backup';
  return {
    parts: [
      ...(isWhole ? (['content', 'stops.log'] as const) : []),
      ...(secrets.length > 0 ? (['secret'] as const) : []),
      'funnel.db',
    ],
    contentFiles: filesIn(join(staging, 'content')).length,
    secrets,
    stopped,
    doubts,
  };
}

type Journals = { readonly present: string; readonly own: string };

async function carryOut(
  { config, clock, staging, found, stoppedAt }: Parameters<typeof prepare>[0],
  journals: Journals,
): Promise<{ readonly stopped: number; readonly doubts: number }> {
  // By the content that was in force when the backup was made: that is what a sender went by afterwards.
  const funnel = await openFunnel({ ...config, dataDir: staging }, { clock, content: 'send' });
  try {
    const { store, timetable } = funnel;
    const at = clock.now();
    const reason = `restored from a backup of ${new Date(found.madeAt).toISOString()}`;
    await store.holdSending({ kind: 'restored', reason, at });
    const missed = (await store.missedStops())?.stops ?? [];
    return await store.replayStops({
      stops: [...missed, ...unknownTo(found, journals)],
      // Another machine's clock may have been some seconds ahead.
      lost: { from: found.madeAt, to: Math.max(found.madeAt, stoppedAt ?? at) },
      at,
      timetable: timetable(),
    });
  } finally {
    await funnel.close();
  }
}

/** Stops that only the journal beside knows. A bare copy brings none of its own: there the time decides for lines without a number. */
function unknownTo(found: Found, { present, own }: Journals): readonly Stop[] {
  const stops = stopsMissingFrom(present, own);
  return found.kind === 'backup'
    ? stops
    : stops.filter(({ number, at }) => number === null && at > found.lastActivity);
}

function lay(staging: string, files: readonly DataFile[]): void {
  mkdirSync(join(staging, 'content'), { mode: 0o700 });
  for (const { path, bytes } of files) writePrivate(join(staging, path), bytes);
}

/** A bare copy is judged by the content that is here, and by the secret; both stay where they are. */
function borrow(dataDir: string, staging: string): void {
  for (const name of ['content', 'secret'])
    if (existsSync(join(dataDir, name)))
      cpSync(join(dataDir, name), join(staging, name), { recursive: true });
}

function writePrivate(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(path, { force: true });
  writeFileSync(path, contents, { mode: 0o600 });
}

function ownJournal(files: readonly DataFile[]): string {
  return text(files, 'stops.log') ?? '';
}

function text(files: readonly DataFile[], path: string): string | null {
  const file = files.find((one) => one.path === path);
  return file === undefined ? null : Buffer.from(file.bytes).toString('utf8');
}
