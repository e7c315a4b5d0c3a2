import { EXIT_REASONS } from '../../kernel/words.ts';
import type { Stop } from '../port.ts';

/** A journal as it was read. */
export type StopLines = {
  readonly stops: readonly Stop[];
  /** The highest number of which the journal says that its transaction was committed; 0 when it says so of none. */
  readonly committed: number;
};

// The lead's id comes last and has a fixed length, so that a line cut off by a crash is no line.
const STOP = /^([\d:.TZ-]{24})\t([a-z_]+)\t([\da-f]{64})\t(?:(\d{1,15})\t)?([\da-f-]{36}|-)$/;
const COMMITTED = /^committed\t(\d{1,15})$/;

export function stopLine({
  at,
  reason,
  addressHash,
  number,
  leadId,
}: Stop & { readonly number: number }): string {
  return `${[new Date(at).toISOString(), reason, addressHash, number, leadId ?? '-'].join('\t')}\n`;
}

/**
 * Follows the lines of a transaction after its COMMIT. What stands before it happened; lines without one may be what a crash kept
 * from being committed. The line feed at its end tells that it is whole: a cut number would be another number.
 */
export function committedLine(number: number): string {
  return `committed\t${number}\n`;
}

/** Reads a journal. What is no line of it (cut off by a crash, damaged) is left out. */
export function readStopLines(text: string): StopLines {
  const stops: Stop[] = [];
  let committed = 0;
  // What follows the last line feed was cut off, or is empty.
  for (const line of text.split('\n').slice(0, -1)) {
    const stop = stopOf(line);
    if (stop !== null) stops.push(stop);
    else committed = Math.max(committed, Number(COMMITTED.exec(line)?.[1] ?? 0));
  }
  return { stops, committed };
}

function stopOf(line: string): Stop | null {
  const [, time = '', reason, addressHash = '', number, leadId = '-'] = STOP.exec(line) ?? [];
  const known = EXIT_REASONS.find((word) => word === reason);
  const at = Date.parse(time);
  if (known === undefined || Number.isNaN(at)) return null;
  return {
    at,
    reason: known,
    addressHash,
    number: number === undefined ? null : Number(number),
    leadId: leadId === '-' ? null : leadId,
  };
}

/** Two journals as one: every line of both once, those of the first before those that only the second has. */
export function uniteJournals(first: string, second: string): string {
  const known = new Set(wholeLines(first));
  const added = wholeLines(second).filter((line) => !known.has(line));
  return [...known, ...added].map((line) => `${line}\n`).join('');
}

/** The stops of one journal that another does not hold. */
export function stopsMissingFrom(journal: string, other: string): readonly Stop[] {
  const known = new Set(wholeLines(other));
  return wholeLines(journal)
    .filter((line) => !known.has(line))
    .map(stopOf)
    .filter((stop) => stop !== null);
}

function wholeLines(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '');
}
