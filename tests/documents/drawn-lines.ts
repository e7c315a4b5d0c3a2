import { expect } from 'vitest';
import type { Alphabet } from '../../src/documents/pdf/alphabet.ts';
import type { Slot } from '../../src/documents/press/base.ts';

/** A personal line as it stands in a file: its instructions, or nothing. */
export type DrawnLine = {
  readonly text: string;
  readonly size: number;
  readonly left: number;
  readonly em: number;
};

/** Reads a line that was filled in; fails on anything but the one form that such a line may have. */
export function drawnLine(stream: string, { characters, widths }: Alphabet): DrawnLine | null {
  if (stream.trim() === '') return null;
  const found = /^BT \/Personal ([\d.]+) Tf ([\d.]+) 0 Td <((?:[0-9a-f]{4})+)> Tj ET *$/.exec(stream);
  expect(found === null ? stream : null).toBeNull();
  const [, size = '', left = '', hex = ''] = found ?? [];
  const numbers = hex.match(/.{4}/g)?.map((digits) => Number.parseInt(digits, 16)) ?? [];
  // Number 0 is the missing glyph, an empty box.
  for (const number of numbers) {
    expect(number).toBeGreaterThan(0);
    expect(number).toBeLessThanOrEqual(characters.length);
  }
  return {
    text: numbers.map((number) => Array.from(characters)[number - 1]).join(''),
    size: Number(size),
    left: Number(left),
    em: numbers.reduce((sum, number) => sum + (widths[number - 1] ?? NaN), 0),
  };
}

/** Sizes are rounded to a hundredth of a point; on a long line that is a fifth of one. */
export function expectInRoom({ size, left, em }: DrawnLine, { room, size: most, least }: Slot['line']): void {
  expect(size).toBeLessThanOrEqual(most);
  expect(size).toBeGreaterThanOrEqual(Math.floor(least * 100) / 100);
  expect(left).toBeGreaterThanOrEqual(0);
  expect(left + em * size).toBeLessThan(room + 0.3);
}

/** What must never stand in a document, whatever was typed: actions, and room that was not filled in. */
export function expectHarmless(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  expect(file.slice(0, 5)).toBe('%PDF-');
  expect(file.trimEnd().endsWith('%%EOF')).toBe(true);
  // Packed bytes may look like anything; what was typed is never packed.
  const plain = file.replace(/(\/FlateDecode[^]{0,200}?stream\r?\n)[^]*?endstream/g, '$1');
  expect(plain.length).toBeLessThan(file.length);
  expect(/\/(?:JS|JavaScript|OpenAction|AA|Launch)\b|%personal-/.exec(plain)?.[0]).toBeUndefined();
}
