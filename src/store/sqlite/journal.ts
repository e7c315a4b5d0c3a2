import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Stop } from '../port.ts';
import { committedLine, readStopLines, stopLine } from './journal-lines.ts';
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
  /** After COMMIT: writes down that what was written last has happened. Not flushed: a power cut before it costs nothing. */
  confirm(): void;
  /** Everything in the file. */
  read(): StopLines;
  close(): void;
}

/** The journal's file in a data folder. */
export function journalPath(dataDir: string): string {
  return join(dataDir, 'stops.log');
}

export function openStopJournal(dataDir: string): StopJournal {
  const path = journalPath(dataDir);
  let waiting: NumberedStop[] = [];
  let unconfirmed: number | null = null;
  let file: number | null = null;
  const append = (text: string): number => {
    // Read and append: other programs write to it as well, each within its transaction.
    file ??= openSync(path, 'a+', 0o600);
    appendWhole(file, text);
    return file;
  };
  return {
    note: (stop) => void waiting.push(stop),
    mark: () => waiting.length,
    rewind: (mark) => {
      waiting.splice(mark);
      unconfirmed = null;
    },
    write: () => {
      if (waiting.length === 0) return;
      fsyncSync(append(waiting.map(stopLine).join('')));
      unconfirmed = Math.max(...waiting.map(({ number }) => number));
      waiting = [];
    },
    confirm: () => {
      if (unconfirmed === null) return;
      const number = unconfirmed;
      unconfirmed = null;
      try {
        append(committedLine(number));
      } catch {
        // The change is done and must not be told as failed; without this line its stops are still read.
      }
    },
    read: () => readStopLines(readJournal(dataDir)),
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
