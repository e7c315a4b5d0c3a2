import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Stop } from '../port.ts';
import { COMMITTED, readStopLines, stopLines } from './journal-lines.ts';
import type { StopLines } from './journal-lines.ts';

export type NumberedStop = Stop & { readonly number: number };

/**
 * The journal of stops, `DATA_DIR/stops.log`: one line a stop, in a file beside the database, so that a restored older
 * database still learns who must not be mailed. Lines are noted while a transaction runs and written, with one flush
 * for all, before its COMMIT: a stop too many in here only keeps an email back; one too few would send one.
 */
export interface StopJournal {
  note(stop: NumberedStop): void;
  /** How many lines wait: a point to go back to. */
  mark(): number;
  /** Forgets the lines noted since a mark: their change was undone. */
  rewind(mark: number): void;
  /** Writes and flushes what waits. */
  write(): void;
  /** After COMMIT: ends the last line, which tells that it has happened. Not flushed: a power cut before it costs nothing. */
  confirm(): void;
  /** Everything in the file. */
  read(): StopLines;
  /** Ends a last line that a crash left without its end, once the database knows it. Only within a transaction: no other program is between its line and its COMMIT then. */
  endLine(): void;
  close(): void;
}

/** The journal's file in a data folder. */
export function journalPath(dataDir: string): string {
  return join(dataDir, 'stops.log');
}

export function openStopJournal(dataDir: string): StopJournal {
  const path = journalPath(dataDir);
  let waiting: NumberedStop[] = [];
  /** Where the file ended after the last write, as long as that is not confirmed. */
  let unconfirmed: number | null = null;
  let file: number | null = null;
  return {
    note: (stop) => void waiting.push(stop),
    mark: () => waiting.length,
    rewind: (mark) => {
      waiting.splice(mark);
      unconfirmed = null;
    },
    write: () => {
      if (waiting.length === 0) return;
      // Read and append: other programs write to it as well, each within its transaction.
      file ??= openSync(path, 'a+', 0o600);
      appendWhole(file, stopLines(waiting));
      fsyncSync(file);
      unconfirmed = fstatSync(file).size;
      waiting = [];
    },
    confirm: () => {
      if (file === null || unconfirmed === null) return;
      try {
        // Another program that has written since has ended our line before its own.
        if (fstatSync(file).size === unconfirmed) writeSync(file, COMMITTED);
      } catch {
        // The change is done and must not be told as failed; without it the stops are still read.
      }
      unconfirmed = null;
    },
    read: () => readStopLines(readJournal(dataDir)),
    endLine: () => {
      if (!existsSync(path)) return;
      file ??= openSync(path, 'a+', 0o600);
      if (!endsInLine(file)) writeSync(file, COMMITTED);
    },
    close: () => {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

/** The text of a folder's journal; empty when there is none. */
export function readJournal(dataDir: string): string {
  try {
    return readFileSync(journalPath(dataDir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Throws when the disk takes only a part. A line that was cut off before is ended first, so that it spoils no other. */
function appendWhole(file: number, text: string): void {
  const bytes = Buffer.from(endsInLine(file) ? text : `\n${text}`);
  const written = writeSync(file, bytes);
  if (written < bytes.length) throw new Error('stops.log could not be written: the disk took only a part.');
}

function endsInLine(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last[0] === 0x0a);
}
