import { crc32, deflateSync } from 'node:zlib';

export type PngPicture = {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 1 | 8;
  /** PNG third edition, table 12: 0 is grey, 3 has a palette. */
  readonly colorType: 0 | 3;
  /** `PLTE`, for a palette. */
  readonly palette?: Uint8Array;
  /** All rows, each with its filter's byte in front. */
  readonly rows: Uint8Array;
};

/** A PNG file (PNG third edition, 5 and 11.2). Deflate does its best work on unfiltered rows of few colours (12.7). */
export function pngFile({ width, height, bitDepth, colorType, palette, rows }: PngPicture): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, colorType], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(palette === undefined ? [] : [chunk('PLTE', palette)]),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(named, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
