import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { faultOf } from '../../../kernel/fault.ts';
import { StoreRefusal } from '../../port.ts';
import { makePrivateFolder } from '../open.ts';
import { flushFile, flushFolder, isFaultOfDisk, keepAs } from './disk.ts';
import { filesIn } from './files.ts';
import { holdPresent } from './present.ts';

/**
 * A restore is made whole in a folder of its own, `DATA_DIR/restoring`, and then put in place. The file `ready` in it divides the two:
 * without it a killed restore has changed nothing and is thrown away; with it, it is finished by whichever program comes next.
 */
const FOLDER = 'restoring';
const READY = 'ready';
/** In the order of being put in place: the database last, since it is the one that counts. */
const PARTS = ['content', 'secret', 'stops.log', 'funnel.db'] as const;
export type Part = (typeof PARTS)[number];

type Plan = {
  /** Folder within the data folder for what was there before. */
  readonly aside: string;
  readonly parts: readonly Part[];
};

export function stagingFolder(dataDir: string): string {
  return join(dataDir, FOLDER);
}

/** An empty folder for a restore. What a killed one left is thrown away. */
export function beginStaging(dataDir: string): string {
  const folder = stagingFolder(dataDir);
  throwAwayStaging(dataDir);
  makePrivateFolder(dataDir, folder);
  return folder;
}

/** For a restore that was not decided; the caller holds the data folder's lock, so none is under way. */
export function throwAwayStaging(dataDir: string): void {
  rmSync(stagingFolder(dataDir), { recursive: true, force: true });
}

/** Whether a restore stands between its two halves. */
export function isHalfRestored(dataDir: string): boolean {
  return existsSync(join(stagingFolder(dataDir), READY));
}

/** From here on the restore happens, whatever comes. Everything is flushed first. */
export function declareReady(dataDir: string, plan: Plan): void {
  const folder = stagingFolder(dataDir);
  for (const path of filesIn(folder)) {
    flushFile(join(folder, path));
    flushFolder(dirname(join(folder, path)));
  }
  const draft = join(folder, `${READY}.draft`);
  writeFileSync(draft, JSON.stringify(plan), { mode: 0o600, flush: true });
  renameSync(draft, join(folder, READY));
  flushFolder(folder);
  flushFolder(dataDir);
}

/**
 * Goes on where a killed restore stopped. The caller holds the data folder's lock. A command that has the database open meanwhile would go
 * on writing into the one that is put aside, so then nothing is done. Throws `StoreRefusal` (`in_use`).
 */
export function finishRestore(dataDir: string): void {
  const present = holdPresent(dataDir);
  if (present.kind === 'in_use') {
    throw new StoreRefusal(
      'in_use',
      `A restore of ${dataDir} had been cut off and is to be finished, but another command is using the database. Try again when it has ended.`,
    );
  }
  try {
    putAllInPlace(dataDir);
  } catch (error) {
    if (!isFaultOfDisk(error)) throw error;
    throw new StoreRefusal(
      'unusable_folder',
      `A restore of ${dataDir} had been cut off and cannot be finished: ${faultOf(error)}. Put that right and try again.`,
    );
  } finally {
    if (present.kind === 'held') present.release();
  }
}

/**
 * Puts every part in place and what was there aside. The caller holds the data folder's lock and its present database.
 * @returns the folder, within the data folder, to which the former parts went; null when there were none.
 */
export function putAllInPlace(dataDir: string): string | null {
  const folder = stagingFolder(dataDir);
  const plan = JSON.parse(readFileSync(join(folder, READY), 'utf8')) as Plan;
  for (const part of PARTS.filter((name) => plan.parts.includes(name)))
    putInPlace(dataDir, folder, part, plan);
  rmSync(join(folder, READY));
  flushFolder(folder);
  rmSync(folder, { recursive: true, force: true });
  return existsSync(join(dataDir, plan.aside)) ? plan.aside : null;
}

function putInPlace(dataDir: string, folder: string, part: Part, plan: Plan): void {
  const [from, to] = [join(folder, part), join(dataDir, part)];
  if (!existsSync(from)) return;
  // A write-ahead log that belongs to the former database would spoil the new one.
  if (part === 'funnel.db')
    for (const companion of ['-wal', '-shm', '-journal']) moveAside(dataDir, `${part}${companion}`, plan);
  if (statSync(from).isDirectory()) moveAside(dataDir, part, plan);
  else if (existsSync(to)) keepAs(to, join(asideFolder(dataDir, plan), part));
  renameSync(from, to);
  flushFolder(dataDir);
}

function moveAside(dataDir: string, name: string, plan: Plan): void {
  const path = join(dataDir, name);
  if (!existsSync(path)) return;
  renameSync(path, join(asideFolder(dataDir, plan), name));
  flushFolder(dataDir);
}

function asideFolder(dataDir: string, { aside }: Plan): string {
  const folder = join(dataDir, aside);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  flushFolder(dirname(folder));
  return folder;
}
