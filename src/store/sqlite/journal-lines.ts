import { EXIT_REASONS } from '../../kernel/words.ts';
import type { Stop } from '../port.ts';

/** A journal as it was read. */
export type StopLines = {
  readonly stops: readonly Stop[];
  /** The highest number of which the journal says that its transaction was committed; 0 when it says so of none. */
  readonly committed: number;
};

// Time, reason, hash, number, the number before the transaction, lead. The lead's id comes last and has a fixed length, so that a
// line cut off by a crash is no line. The first version wrote no numbers.
const LINE = /^([\d:.TZ-]{24})\t([a-z_]+)\t([\da-f]{64})\t(?:(\d{1,15})\t(\d{1,15})\t)?([\da-f-]{36}|-)$/;

/**
 * The lines of one transaction, without the last line feed: that follows the COMMIT (`COMMITTED`). A file that does not end with one
 * tells that its last transaction may be what a crash kept from being committed.
 */
export function stopLines(stops: readonly (Stop & { readonly number: number })[]): string {
  const before = Math.min(...stops.map(({ number }) => number)) - 1;
  return stops
    .map(({ at, reason, addressHash, number, leadId }) =>
      [new Date(at).toISOString(), reason, addressHash, number, before, leadId ?? '-'].join('\t'),
    )
    .join('\n');
}

export const COMMITTED = '\n';

type Line = { readonly stop: Stop; readonly before: number | null };

/** Reads a journal. What is no line of it (cut off by a crash, damaged) is left out. */
export function readStopLines(text: string): StopLines {
  const lines = text.split('\n').map(lineOf);
  const open = lines.at(-1)?.before ?? null;
  const found = lines.filter((line) => line !== null);
  return { stops: found.map(({ stop }) => stop), committed: highestCommitted(found, open) };
}

/**
 * A number that a later line does not know of (its transaction began before it) was given in a transaction that was never committed,
 * because the disk was full or the program was killed: whoever writes a stop has first carried out all that the journal holds.
 * @param open the number before a last transaction of which nobody knows.
 */
function highestCommitted(lines: readonly Line[], open: number | null): number {
  let [highest, known] = [0, Infinity];
  for (const { stop, before } of lines.toReversed()) {
    const number = stop.number ?? 0;
    if (number <= known && (open === null || before !== open)) highest = Math.max(highest, number);
    known = Math.min(known, before ?? Infinity);
  }
  return highest;
}

function lineOf(text: string): Line | null {
  const [, time = '', reason, addressHash = '', number, before, leadId = '-'] = LINE.exec(text) ?? [];
  const known = EXIT_REASONS.find((word) => word === reason);
  const at = Date.parse(time);
  if (known === undefined || Number.isNaN(at)) return null;
  return {
    stop: {
      at,
      reason: known,
      addressHash,
      number: number === undefined ? null : Number(number),
      leadId: leadId === '-' ? null : leadId,
    },
    before: before === undefined ? null : Number(before),
  };
}

/**
 * Two journals as one: every line of both once, in the order of their numbers, and those of one number as they were. So the highest
 * number comes last and counts, whichever journal it is from: a copy of the database that lacks it is an older one.
 */
export function uniteJournals(first: string, second: string): string {
  const lines = [...new Set([...linesOf(first), ...linesOf(second)])];
  return lines
    .toSorted((one, other) => numberOf(one) - numberOf(other))
    .map((line) => `${line}\n`)
    .join('');
}

function numberOf(line: string): number {
  return lineOf(line)?.stop.number ?? 0;
}

/** The stops of one journal that another does not hold. */
export function stopsMissingFrom(journal: string, other: string): readonly Stop[] {
  const known = new Set(linesOf(other));
  return linesOf(journal)
    .filter((line) => !known.has(line))
    .flatMap((line) => lineOf(line)?.stop ?? []);
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => lineOf(line) !== null);
}
