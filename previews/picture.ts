import type { Canvas } from '@napi-rs/canvas';
import { indexed } from './palette.ts';
import { pngOf } from './png.ts';

/** A picture as a file of the previews. */
export type PictureFile = {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
};

/** Bytes of a WebP picture: a landing page shows three. */
export const WEBP_BUDGET = 56 * 1024;
const QUALITIES = [82, 78, 74, 70, 66, 62, 58, 54, 50, 46, 42, 38, 34];

/** The best quality that keeps to the budget. */
export function webpFile(file: string, canvas: Canvas): PictureFile {
  let bytes = canvas.toBuffer('image/webp', QUALITIES[0]);
  for (const quality of QUALITIES.slice(1)) {
    if (bytes.length <= WEBP_BUDGET) break;
    bytes = canvas.toBuffer('image/webp', quality);
  }
  return { file, width: canvas.width, height: canvas.height, bytes };
}

export function pngFile(file: string, canvas: Canvas): PictureFile {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  return { file, width, height, bytes: pngOf(indexed(data, width, height)) };
}
