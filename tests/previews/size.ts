/** Width and height of a picture in pixels, as its own head says: PNG (11.2.1) or WebP in the extended form (RFC 9649, 2.7). */
export function sizeOf(bytes: Buffer): { readonly width: number; readonly height: number } {
  if (bytes.toString('latin1', 12, 16) === 'IHDR') {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.toString('latin1', 8, 16) === 'WEBPVP8X') {
    return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  }
  throw new Error('This is neither PNG nor extended WebP.');
}
