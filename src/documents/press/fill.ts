import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { codesOf } from '../pdf/alphabet.ts';
import type { Codes } from '../pdf/alphabet.ts';
import { personalStream, STREAM_BYTES } from '../pdf/personal-stream.ts';
import { wordsFor } from './answers.ts';
import type { Answers } from './answers.ts';
import { ID_DIGITS } from './base.ts';
import type { Base } from './base.ts';

/** A base in memory, with what is the same for every reader reckoned once. */
export type ReadyBase = Base & {
  readonly codes: Codes;
  /** The hash of the head; a copy goes on with each tail. */
  readonly hashed: Hash;
};

export type Filled = {
  readonly parts: readonly Uint8Array[];
  readonly length: number;
  readonly sha256: string;
};

export function readyBase(base: Base): ReadyBase {
  return { ...base, codes: codesOf(base.alphabet), hashed: createHash('sha256').update(base.head) };
}

/**
 * The document of one reader: the common head as it is, and a copy of the tail with the personal lines written into their room. Costs some
 * microseconds, and memory for the tail alone.
 */
export function fillBase(base: ReadyBase, answers: Answers): Filled {
  const tail = Buffer.from(base.tail);
  const personal = createHash('sha256');
  for (const { at, line } of base.slots) {
    const stream = personalStream(line, wordsFor(line, answers), base.codes);
    tail.write(stream.padEnd(STREAM_BYTES), at, STREAM_BYTES, 'latin1');
    personal.update(stream).update('\n');
  }
  // Two files with other words are two files (ISO 32000-1, 14.4): the first half of the identifier is the base's.
  tail.write(personal.digest('hex').slice(0, ID_DIGITS), base.idAt, ID_DIGITS, 'latin1');
  return {
    parts: [base.head, tail],
    length: base.head.length + tail.length,
    sha256: base.hashed.copy().update(tail).digest('hex'),
  };
}
