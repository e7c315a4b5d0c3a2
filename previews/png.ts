import { pngFile } from '../src/kernel/png.ts';
import type { Indexed } from './palette.ts';

/** A PNG file with a palette. */
export function pngOf({ width, height, colors, pixels }: Indexed): Uint8Array {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const palette = Buffer.from(colors.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]));
  return pngFile({ width, height, bitDepth: 8, colorType: 3, palette, rows });
}
