/** A picture of at most 256 colours: one byte a pixel, which counts into `colors` (`0xRRGGBB`). */
export type Indexed = {
  readonly width: number;
  readonly height: number;
  readonly colors: readonly number[];
  readonly pixels: Uint8Array;
};

const MOST = 256;

/**
 * Takes the colours that are used most, and for each other one the nearest of these. Pages are made of a few inks and the shades at
 * the edges of letters, so nothing is seen of it.
 * @param rgba four bytes a pixel; what is transparent is taken for opaque.
 */
export function indexed(rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): Indexed {
  const counts = new Map<number, number>();
  const wanted = new Uint32Array(width * height);
  for (let at = 0; at < wanted.length; at++) {
    const color = ((rgba[at * 4] ?? 0) << 16) | ((rgba[at * 4 + 1] ?? 0) << 8) | (rgba[at * 4 + 2] ?? 0);
    wanted[at] = color;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const colors = [...counts]
    .toSorted(([a, often], [b, more]) => more - often || a - b)
    .slice(0, MOST)
    .map(([color]) => color);
  const places = new Map(colors.map((color, place) => [color, place]));
  const pixels = Uint8Array.from(wanted, (color) => {
    const known = places.get(color);
    if (known !== undefined) return known;
    const found = nearest(color, colors);
    places.set(color, found);
    return found;
  });
  return { width, height, colors, pixels };
}

function nearest(color: number, colors: readonly number[]): number {
  let best = 0;
  let least = Infinity;
  for (const [place, candidate] of colors.entries()) {
    const distance =
      ((color >> 16) - (candidate >> 16)) ** 2 +
      (((color >> 8) & 255) - ((candidate >> 8) & 255)) ** 2 +
      ((color & 255) - (candidate & 255)) ** 2;
    if (distance >= least) continue;
    least = distance;
    best = place;
  }
  return best;
}
