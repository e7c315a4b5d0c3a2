/** Chance that a seed repeats. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  readonly fraction: () => number;
  /** A number between two. */
  readonly between: (least: number, most: number) => number;
};

/** mulberry32: small, fast, and good enough to pick moments. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { fraction, between: (least, most) => least + fraction() * (most - least) };
}

/** The seed of a proof: `PROOF_SEED` repeats an earlier run, else another one each time. A proof prints it with its figures. */
export function proofSeed(): number {
  const asked = process.env['PROOF_SEED'];
  return asked === undefined ? Date.now() % 2 ** 31 : Number(asked);
}

/** How much of a proof to run: `PROOF_RUNS_<name>` or its full measure. */
export function proofSize(name: string, full: number): number {
  return Number(process.env[`PROOF_${name}`] ?? full);
}
