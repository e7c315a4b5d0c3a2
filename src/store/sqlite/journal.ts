import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ExitReason } from '../../kernel/words.ts';

type Stop = {
  readonly at: number;
  readonly reason: ExitReason;
  /** Keyed hash of the address; the address itself never gets into this file. */
  readonly addressHash: string;
  readonly leadId: string;
};

/**
 * The journal of stops, `DATA_DIR/stops.log`: one line a stop, in a file beside the database, so that a restored older
 * database still learns who must not be mailed. Lines are noted while a transaction runs and written, with one flush
 * for all, before its COMMIT: a stop too many in here only keeps an email back; one too few would send one.
 */
export interface StopJournal {
  note(stop: Stop): void;
  /** How many lines wait: a point to go back to. */
  mark(): number;
  /** Forgets the lines noted since a mark: their change was undone. */
  rewind(mark: number): void;
  /** Writes and flushes what waits. */
  write(): void;
  close(): void;
}

export function openStopJournal(dataDir: string): StopJournal {
  const path = join(dataDir, 'stops.log');
  const waiting: string[] = [];
  let file: number | null = null;
  return {
    note: (stop) => {
      const time = new Date(stop.at).toISOString();
      waiting.push(`${[time, stop.reason, stop.addressHash, stop.leadId].join('\t')}\n`);
    },
    mark: () => waiting.length,
    rewind: (mark) => void waiting.splice(mark),
    write: () => {
      if (waiting.length === 0) return;
      file ??= openSync(path, 'a', 0o600);
      writeSync(file, waiting.join(''));
      fsyncSync(file);
      waiting.length = 0;
    },
    close: () => {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}
