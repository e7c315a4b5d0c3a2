import { hash } from 'node:crypto';

/** Sixteen bytes, as pdfkit writes them. */
export const ID_DIGITS = 32;

/**
 * Where the second half of a file's identifier stands, as hexadecimal digits. Two files with other words are two files (ISO 32000-1, 14.4);
 * the first half is common to all readers of one variant.
 */
export function placeOfId(file: Buffer): number {
  const start = file.lastIndexOf(BEGINS);
  if (start < 0) throw new Error('The file lacks its identifier.');
  return start + BEGINS.length + ID_DIGITS + '> <'.length;
}

/** Gives a file that was made for one reader an identifier of its own, in place. */
export function identify(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  file.write(hash('sha256', file).slice(0, ID_DIGITS), placeOfId(file), 'latin1');
  return bytes;
}

const BEGINS = '/ID [<';
