import encodeQR from 'qr';
import { pngFile } from '../kernel/png.ts';

/** A QR code as a square of modules, true for dark, with its quiet zone. */
export type QrCode = readonly (readonly boolean[])[];

/** Modules that stay light all round (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;

/**
 * The code of a link. Level M mends 15 % of a code that is soiled or scratched; the next level would make modules smaller on the same
 * card, and small modules are what phones fail at.
 */
export function qrOf(link: string): QrCode {
  return encodeQR(link, 'raw', { ecc: 'medium', border: QUIET });
}

/**
 * Below this width cameras have a hard time: 0.4 mm a module. DENSO WAVE, who made the QR code, recommends four dots of the printer or
 * more for each, which is 0.33 mm at 300 dpi (qrcode.com/en/howto/cell.html). In whole millimetres, quiet zone included.
 */
export function leastWidth(code: QrCode): number {
  return Math.ceil(code.length * 0.4);
}

/** One path: a run of dark modules is one stroke, a row's height wide. The view box counts modules. */
export function qrPath(code: QrCode): string {
  return code.flatMap((row, y) => runsOf(row).map(({ x, length }) => `M${x} ${y + 0.5}h${length}`)).join('');
}

/** The code as a file of its own: dark on white wherever it is put. `title` is plain text. */
export function qrSvg(code: QrCode, title: string): string {
  const size = code.length;
  const name = title.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size * 8}" height="${size * 8}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><title>${name}</title><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path stroke="#000" d="${qrPath(code)}"/></svg>\n`;
}

/** Black and white, at least 1,200 pixels wide: 10 cm at 300 dpi. Every module has the same number of pixels. */
export function qrPng(code: QrCode): Uint8Array {
  const scale = Math.ceil(1200 / code.length);
  const width = code.length * scale;
  // One bit a pixel, 1 for white, after the filter's byte of each row.
  const stride = 1 + Math.ceil(width / 8);
  const rows = Buffer.alloc(stride * width);
  code.forEach((modules, row) => {
    const line = Buffer.alloc(stride);
    modules.forEach((dark, column) => {
      if (dark) return;
      for (let x = column * scale; x < (column + 1) * scale; x++) {
        const at = 1 + (x >> 3);
        line[at] = (line[at] ?? 0) | (0x80 >> (x & 7));
      }
    });
    for (let y = row * scale; y < (row + 1) * scale; y++) rows.set(line, y * stride);
  });
  return pngFile({ width, height: width, bitDepth: 1, colorType: 0, rows });
}

function runsOf(row: readonly boolean[]): readonly { readonly x: number; readonly length: number }[] {
  const runs: { readonly x: number; length: number }[] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last !== undefined && last.x + last.length === x) last.length += 1;
    else runs.push({ x, length: 1 });
  });
  return runs;
}
