import {
  closeSync,
  copyFileSync,
  constants,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import Database from 'better-sqlite3';

/** Gives a whole file its name, unless another one has it: then throws `EEXIST`. */
export function giveName(from: string, to: string): void {
  try {
    linkSync(from, to);
    rmSync(from);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw error;
    // A disk that knows no second names, such as a USB stick's.
    if (existsSync(to)) throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    renameSync(from, to);
  }
}

/** Keeps what a name means under a second one; the first is free to be replaced in one step. */
export function keepAs(from: string, to: string): void {
  if (existsSync(to)) return;
  try {
    linkSync(from, to);
  } catch {
    const draft = `${to}.partial`;
    copyFileSync(from, draft, constants.COPYFILE_FICLONE);
    flushFile(draft);
    renameSync(draft, to);
  }
}

export function flushFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** After a power cut a name that was not flushed with its folder may be gone. */
export function flushFolder(path: string): void {
  flushFile(path);
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Whether the disk, or the file itself, is at fault, and not the program. */
export function isFaultOfDisk(error: unknown): boolean {
  return error instanceof Database.SqliteError || (error instanceof Error && 'syscall' in error);
}
