import { createCanvas, loadImage } from '@napi-rs/canvas';
import jsQR from 'jsqr';

/**
 * What a camera's program reads in a picture of a QR code (SVG or PNG), drawn `width` pixels wide on a dark page: the code must bring its own
 * light. Null when it reads nothing.
 */
export async function pictureSays(file: Uint8Array, width = 1200): Promise<string | null> {
  const image = await loadImage(Buffer.from(file));
  const context = createCanvas(width, width).getContext('2d');
  context.fillStyle = '#123';
  context.fillRect(0, 0, width, width);
  context.drawImage(image, 0, 0, width, width);
  const { data } = context.getImageData(0, 0, width, width);
  return jsQR.default(data, width, width, { inversionAttempts: 'dontInvert' })?.data ?? null;
}
