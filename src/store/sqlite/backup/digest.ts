import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * SQLite checks the order of its pages and not the letters in them: a flipped bit within an address passes `integrity_check`. So a
 * backup holds the SHA-256 of its own file, reckoned with zeros where the digest itself stands.
 */
const NAME = 'sha256';
export const BLANK = '0'.repeat(64);
const CHUNK = 1024 * 1024;

/** Puts the digest into a file in which a row `sha256`, `BLANK` stands, and flushes it. Throws when there is no such row. */
export function sealFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const place = placeOf(file, `${NAME}${BLANK}`);
    if (place === null) throw new Error('The place of the digest was not found.');
    writeSync(file, digestOf(file, place), place, 'latin1');
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Whether a file is bit for bit what it was when it was sealed with this digest. */
export function isSealedWith(path: string, digest: string): boolean {
  const file = openSync(path, 'r');
  try {
    const place = placeOf(file, `${NAME}${digest}`);
    return place !== null && digestOf(file, place) === digest;
  } finally {
    closeSync(file);
  }
}

/** Where the digest begins: name and value of a row lie side by side. */
function placeOf(file: number, text: string): number | null {
  const sought = Buffer.from(text);
  let tail = Buffer.alloc(0);
  for (const [chunk, at] of chunksOf(file)) {
    const both = Buffer.concat([tail, chunk]);
    const found = both.indexOf(sought);
    if (found >= 0) return at - tail.length + found + NAME.length;
    tail = Buffer.from(both.subarray(-sought.length + 1));
  }
  return null;
}

function digestOf(file: number, place: number): string {
  const hash = createHash('sha256');
  for (const [chunk, at] of chunksOf(file)) {
    const from = Math.max(place - at, 0);
    const to = Math.min(place + BLANK.length - at, chunk.length);
    if (from < to) chunk.fill('0', from, to);
    hash.update(chunk);
  }
  return hash.digest('hex');
}

function* chunksOf(file: number): Generator<readonly [chunk: Buffer, at: number]> {
  const buffer = Buffer.alloc(CHUNK);
  for (let at = 0; ;) {
    const length = readSync(file, buffer, 0, CHUNK, at);
    if (length === 0) return;
    yield [buffer.subarray(0, length), at];
    at += length;
  }
}
