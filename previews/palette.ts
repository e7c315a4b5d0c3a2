/** A picture of at most 256 colours: one byte a pixel, which counts into `colors` (`0xRRGGBB`). */
export type Indexed = {
  readonly width: number;
  readonly height: number;
  readonly colors: readonly number[];
  readonly pixels: Uint8Array;
};

const MOST = 256;

/**
 * Beginning with the colour that is used most, always takes the one of which the others are the worst stand-in: by the square of the
 * distance, for each pixel. So the few pixels at the edge of a thin coloured line get their shades beside all the greys of the text.
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
  const used = [...counts]
    .toSorted(([a, often], [b, more]) => more - often || a - b)
    .map(([color, count]) => ({ color, count, far: Infinity, place: 0 }));
  const colors: number[] = [];
  let next = used[0];
  while (next !== undefined && next.far > 0 && colors.length < MOST) {
    colors.push(next.color);
    const { color } = next;
    for (const each of used) {
      const far = distance(each.color, color);
      if (far < each.far) Object.assign(each, { far, place: colors.length - 1 });
    }
    next = used.reduce((worst, each) => (each.far * each.count > worst.far * worst.count ? each : worst));
  }
  const places = new Map(used.map(({ color, place }) => [color, place]));
  return { width, height, colors, pixels: Uint8Array.from(wanted, (color) => places.get(color) ?? 0) };
}

/** Squared. */
function distance(one: number, other: number): number {
  return (
    ((one >> 16) - (other >> 16)) ** 2 +
    (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
    ((one & 255) - (other & 255)) ** 2
  );
}
