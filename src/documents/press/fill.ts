import { createHash, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { glyphsOf } from '../pdf/alphabet.ts';
import type { Code, Codes } from '../pdf/alphabet.ts';
import { ELLIPSIS, personalStream, STREAM_BYTES } from '../pdf/personal-stream.ts';
import { lettersOf } from './answers.ts';
import type { Answers, Letters } from './answers.ts';
import type { Base, Slot } from './base.ts';
import { ID_DIGITS } from './file-id.ts';

/** A base in memory, with what is the same for every reader reckoned once. */
export type ReadyBase = Pick<Base, 'head' | 'tail' | 'idAt' | 'pages' | 'chapters'> & {
  readonly letters: Letters;
  readonly slots: readonly ReadySlot[];
  readonly ellipsis: readonly Code[];
  /** The hash of the head; a copy goes on with each tail. */
  readonly hashed: Hash;
};

type ReadySlot = Slot & Readonly<Record<'before' | 'after' | 'without', readonly Code[]>>;

export type Filled = {
  readonly parts: readonly Uint8Array[];
  readonly length: number;
  readonly sha256: string;
};

/** @param letters of the base's alphabet; handed in so that all bases share them. */
export function readyBase(base: Base, letters: Letters = lettersOf(base.alphabet)): ReadyBase {
  const { head, tail, slots, idAt, pages, chapters } = base;
  const { codes } = letters;
  const readySlots = slots.map((slot) => ({
    ...slot,
    before: glyphsOf(slot.line.before, codes),
    after: glyphsOf(slot.line.after, codes),
    without: glyphsOf(slot.line.without, codes),
  }));
  const hashed = createHash('sha256').update(head);
  const ellipsis = glyphsOf(ELLIPSIS, codes);
  return {
    head,
    tail,
    idAt,
    pages,
    chapters,
    letters,
    slots: readySlots,
    ellipsis,
    hashed,
  };
}

/**
 * The document of one reader: the common head as it is, and a copy of the tail with the personal lines written into their room. Costs some
 * microseconds, and memory for the tail alone.
 */
export function fillBase(base: ReadyBase, answers: Answers): Filled {
  const tail = Buffer.from(base.tail);
  const { codes } = base.letters;
  const glyphs = { name: glyphsFor(answers.name, codes), role: glyphsFor(answers.role, codes) };
  let all = '';
  for (const { at, line, before, after, without } of base.slots) {
    const answer = glyphs[line.field];
    const said = answer === null ? without : [...before, ...answer, ...after];
    const stream = personalStream(line, said, base.ellipsis);
    tail.write(stream, at, 'latin1');
    tail.fill(BLANK, at + stream.length, at + STREAM_BYTES);
    all += stream;
  }
  const id = hash('sha256', all).slice(0, ID_DIGITS);
  tail.write(id, base.idAt, 'latin1');
  return {
    parts: [base.head, tail],
    length: base.head.length + tail.length,
    sha256: base.hashed.copy().update(tail).digest('hex'),
  };
}

const BLANK = 0x20;

function glyphsFor(answer: string | null, codes: Codes): readonly Code[] | null {
  return answer === null ? null : glyphsOf(answer, codes);
}
