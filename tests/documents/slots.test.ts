import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/documents/model.ts';
import { readAnswers } from '../../src/documents/press/answers.ts';
import type { Base } from '../../src/documents/press/base.ts';
import { fillBase, readyBase } from '../../src/documents/press/fill.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import { STREAM_BYTES } from '../../src/documents/pdf/personal-stream.ts';
import { drawnLine, expectHarmless, expectInRoom } from './drawn-lines.ts';
import { FONTS, sampleContent, withPanels } from './fixture.ts';
import { textOf } from './read.ts';
import { anyName, CRUEL } from './strange-names.ts';

const printer = createPrinter(FONTS);
let paper: Base;
let graphic: Base;
beforeAll(async () => {
  const publicUrl = 'https://funnel.example';
  const variant = { situation: null, paper: 'a4' } as const;
  const content = withPanels([])(sampleContent());
  paper = await printer.base({ content, variant: { ...variant, offer: 'paper' }, publicUrl });
  graphic = await printer.base({ content, variant: { ...variant, offer: 'graphic' }, publicUrl });
});

describe('a name that is filled in', () => {
  test('keeps to its room, whatever it is: 2,000 names and the cruel ones', async () => {
    const [paperReady, graphicReady] = [readyBase(paper), readyBase(graphic)];
    const filled = { names: 0, left: 0, beyond: 0 };
    const check = async (name: string, role: string): Promise<void> => {
      const reading = readAnswers({ name, role, situation: null }, paperReady.letters);
      if (reading.kind === 'beyond') {
        filled.beyond += 1;
        return;
      }
      filled[reading.answers.name === null ? 'left' : 'names'] += 1;
      const made = fillBase(paperReady, reading.answers);
      expect(made.length).toBe(paper.head.length + paper.tail.length);
      expectHarmless(bytesOf(made));
      for (const { at, line } of paper.slots) {
        const room = Buffer.from(made.parts[1]?.subarray(at, at + STREAM_BYTES) ?? []).toString('latin1');
        const drawn = drawnLine(room, paper.alphabet);
        const answer = reading.answers[line.field];
        const says = answer === null ? line.without : line.before + answer + line.after;
        expectSaid(drawn?.text ?? '', says);
        if (drawn !== null) expectInRoom(drawn, line);
      }
      // Each is opened as a reader's program opens it: the smaller of the two documents, which has the same line.
      const line = await textOf(bytesOf(fillBase(graphicReady, reading.answers)));
      const [, answer] = line.split('Prepared for ');
      expect(answer === undefined).toBe(reading.answers.name === null);
    };
    for (const name of CRUEL) for (const role of ['', name]) await check(name, role);
    await fc.assert(fc.asyncProperty(anyName, anyName, check), { numRuns: 2000, seed: 20_261_123 });
    // The stories are the same each time; most are of names that people have.
    expect(filled.names).toBeGreaterThan(1000);
    expect(filled.beyond).toBeGreaterThan(100);
  }, 120_000);

  test('is never shown without a letter that Latin, Greek or Cyrillic has', () => {
    const ready = readyBase(paper);
    const lost = LIVING.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
    ).filter((letter) => {
      const reading = readAnswers({ name: letter, role: null, situation: null }, ready.letters);
      return /\p{L}/u.test(letter) && reading.kind === 'slots' && reading.answers.name === null;
    });
    // Letters of Abkhaz and of medieval German.
    expect(lost).toEqual(['Ҟ', 'ҟ', 'ẜ']);
  });

  test('costs the file no more than 60 KB of letters', () => {
    const { characters } = paper.alphabet;
    expect(characters.length).toBeGreaterThan(1000);
    expect(graphic.head.length + graphic.tail.length).toBeLessThan(75_000);
  });
});

/** All of it, or its beginning and an ellipsis. */
function expectSaid(drawn: string, says: string): void {
  const isCut = drawn.endsWith('…') && says.startsWith(drawn.slice(0, -1));
  expect(isCut ? says : drawn).toBe(says);
}

const LIVING = [
  [0x41, 0x24f],
  [0x386, 0x3ce],
  [0x400, 0x45f],
  [0x48a, 0x4ff],
  [0x1e00, 0x1fff],
] as const;
