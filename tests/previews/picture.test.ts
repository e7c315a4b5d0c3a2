import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { pngFile, webpFile, WEBP_BUDGET } from '../../previews/picture.ts';
import { sizeOf } from './size.ts';

function canvasOf(width: number, height: number, paint: (x: number, y: number) => readonly number[]) {
  const canvas = createCanvas(width, height);
  const brush = canvas.getContext('2d');
  const image = brush.createImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    const [red = 0, green = 0, blue = 0] = paint(at % width, Math.floor(at / width));
    image.data.set([red, green, blue, 255], at * 4);
  }
  brush.putImageData(image, 0, 0);
  return canvas;
}

/** What another program sees in the file. */
async function seenIn(bytes: Uint8Array) {
  const image = await loadImage(Buffer.from(bytes));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.getContext('2d').getImageData(0, 0, image.width, image.height).data;
}

it('a PNG of up to 256 colours shows every pixel as it was drawn', async () => {
  const canvas = canvasOf(31, 17, (x, y) => [x * 8, y * 8, (x + y) % 2]);
  const few = canvasOf(31, 17, (x, y) => [(x % 16) * 16, (y % 16) * 16, 9]);
  expect(Buffer.from(await seenIn(pngFile('few.png', few).bytes))).toEqual(
    Buffer.from(few.getContext('2d').getImageData(0, 0, 31, 17).data),
  );
  // More colours than a palette holds: each pixel is near to what was drawn.
  const seen = await seenIn(pngFile('many.png', canvas).bytes);
  const drawn = canvas.getContext('2d').getImageData(0, 0, 31, 17).data;
  expect(Math.max(...seen.map((value, at) => Math.abs(value - (drawn[at] ?? 0))))).toBeLessThan(16);
});

it('a few pixels in shades of another colour keep them beside a page full of greys', async () => {
  const shades = [0xff0000, 0xe02020, 0xc04040];
  const canvas = canvasOf(600, 40, (x, y) => {
    const grey = (x * 7 + y * 3) % 256;
    const red = shades[x];
    return y === 20 && red !== undefined
      ? [red >> 16, (red >> 8) & 255, red & 255]
      : [grey, grey, grey ^ (y & 1)];
  });
  const seen = await seenIn(pngFile('line.png', canvas).bytes);
  const drawn = canvas.getContext('2d').getImageData(0, 0, 600, 40).data;
  const at = 20 * 600 * 4;
  for (let byte = at; byte < at + shades.length * 4; byte++) {
    expect(Math.abs((seen[byte] ?? 0) - (drawn[byte] ?? 0))).toBeLessThan(24);
  }
});

it('a WebP picture gives up quality before it breaks the budget', () => {
  let noise = 7;
  const canvas = canvasOf(420, 420, () => {
    noise = (noise * 1103515245 + 12345) % 2147483648;
    return [noise & 255, (noise >> 8) & 255, (noise >> 16) & 255];
  });
  const best = canvas.toBuffer('image/webp', 82).length;
  const { bytes, width, height } = webpFile('noise.webp', canvas);
  expect(best).toBeGreaterThan(WEBP_BUDGET);
  expect(bytes.length).toBeLessThan(best);
  expect(sizeOf(Buffer.from(bytes))).toEqual({ width, height });
});
