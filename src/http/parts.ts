import { Readable } from 'node:stream';

/** Bytes in pieces, one behind the other. Nobody writes to them: they may be shared with other answers. */
export type Parts = readonly Uint8Array[];

/** The bytes from `start` to `end` (not included), in pieces that are views of the same memory. */
export function slice(parts: Parts, start: number, end: number): Parts {
  let offset = 0;
  return parts.flatMap((part) => {
    const from = Math.max(0, start - offset);
    const to = Math.min(part.length, end - offset);
    offset += part.length;
    return from < to ? [part.subarray(from, to)] : [];
  });
}

/** The pieces as they are, without a copy of what they hold together. */
export function streamOf(parts: Parts): Readable {
  const left = [...parts];
  return new Readable({
    read() {
      this.push(left.shift() ?? null);
    },
  });
}
