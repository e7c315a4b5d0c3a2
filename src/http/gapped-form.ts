import { constants, crc32, deflateRawSync, gunzipSync } from 'node:zlib';
import { shiftBy, sumOfBoth } from './sums.ts';
import type { Shift } from './sums.ts';

/** A page with gaps for texts of one length, deflated: one byte a character. */
export type GappedForm = {
  /** Up to where the length of a stored block belongs: that is the first gap. */
  readonly before: string;
  readonly after: string;
  /** Of the whole page, in bytes. */
  readonly length: number;
  /** CRC-32 of each piece, and what the bytes of the piece do to the sum of all before it. */
  readonly sums: readonly { readonly sum: number; readonly shift: Shift }[];
  /** What the bytes of a gap do. */
  readonly shift: Shift;
};

/**
 * Compresses a page before its texts are known, only how long they are. Deflate (RFC 1951) has nothing but letters and copies of what came
 * before. The text is stored as it is in the first gap. Behind it all was compressed as if a stand-in had stood there, whose bytes no page
 * holds: nothing else copies from it, and the other gaps are copies of the whole of it. Where the compressor breaks such a copy in two, it may
 * write the last letters one by one: those are spaces in every text. Null when it did otherwise, which two texts that differ everywhere bring to
 * light, or when there is no gap.
 */
export function formFor(pieces: readonly Buffer[], room: number, spare: string): GappedForm | null {
  const [first, ...others] = pieces;
  if (first === undefined || others.length === 0) return null;
  const standIn = between(room, spare, (index) => NO_LETTERS[noise(index)] ?? '');
  const gap = Buffer.from(standIn, 'latin1');
  const behind = Buffer.concat(others.flatMap((piece, index) => (index === 0 ? [piece] : [gap, piece])));
  const before = deflateRawSync(first, { level: 9, finishFlush: constants.Z_SYNC_FLUSH });
  const after = deflateRawSync(behind, { level: 9, dictionary: Buffer.concat([first, gap]) });
  const form = {
    before: before.toString('latin1', 0, before.length - EMPTY),
    after: after.toString('latin1'),
    length: first.length + gap.length + behind.length,
    sums: pieces.map((piece) => ({ sum: crc32(piece), shift: shiftBy(piece.length) })),
    shift: shiftBy(room),
  };
  const isSound = ['x', 'y'].every((letter) =>
    isWhole(
      form,
      pieces,
      between(room, spare, () => letter),
    ),
  );
  return isSound ? form : null;
}

/** The page with a text of the right length in its gaps, as one gzip member (RFC 1952): not every browser reads several. */
export function fill(form: GappedForm, text: string): string {
  const block = number(text.length, 2) + number(~text.length, 2) + text;
  const end = number(sumWith(form, text), 4) + number(form.length, 4);
  return GZIP_HEAD + form.before + block + form.after + end;
}

/** Deflate, no name, no time, compressed as well as may be, on an unknown system. */
const GZIP_HEAD = '\x1f\x8b\x08\0\0\0\0\0\x02\xff';
/** A flush ends with an empty stored block: length nought, and its complement. A text's own take their place. */
const EMPTY = 4;

/** Bytes that stand nowhere in UTF-8. */
const NO_LETTERS = 'c0 c1 f5 f6 f7 f8 f9 fa fb fc fd fe ff'
  .split(' ')
  .map((code) => String.fromCharCode(parseInt(code, 16)));

/** Without order, so that no part of the stand-in is like another. */
function noise(index: number): number {
  return (Math.imul(index + 1, 0x9e3779b1) >>> 16) % NO_LETTERS.length;
}

function between(room: number, spare: string, letter: (index: number) => string): string {
  return Array.from({ length: room - spare.length }, (_, index) => letter(index)).join('') + spare;
}

function isWhole(form: GappedForm, pieces: readonly Buffer[], text: string): boolean {
  const wanted = Buffer.concat(
    pieces.flatMap((piece, index) => [Buffer.from(index === 0 ? '' : text), piece]),
  );
  try {
    return gunzipSync(Buffer.from(fill(form, text), 'latin1')).equals(wanted);
  } catch {
    return false;
  }
}

function sumWith({ sums, shift }: GappedForm, text: string): number {
  const own = crc32(text);
  let whole = 0;
  for (const [index, piece] of sums.entries()) {
    if (index > 0) whole = sumOfBoth(whole, own, shift);
    whole = sumOfBoth(whole, piece.sum, piece.shift);
  }
  return whole;
}

/** The lowest byte first. */
function number(value: number, bytes: 2 | 4): string {
  const low = String.fromCharCode(value & 255, (value >>> 8) & 255);
  return bytes === 2 ? low : low + String.fromCharCode((value >>> 16) & 255, (value >>> 24) & 255);
}
