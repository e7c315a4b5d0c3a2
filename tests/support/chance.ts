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

/** The same stories each time, so that a red run tells of a change and not of luck. */
const USUAL_SEED = 407_513_221;

/** The seed of a proof, which prints it with its figures: `PROOF_SEED=new` looks for what nobody has met yet, a number repeats that run. */
export function proofSeed(): number {
  const asked = process.env['PROOF_SEED'];
  if (asked === 'new') return Date.now() % 2 ** 31;
  return asked === undefined ? USUAL_SEED : Number(asked);
}

/** How much of a proof to run: `PROOF_<name>` or its full measure. */
export function proofSize(name: string, full: number): number {
  return Number(process.env[`PROOF_${name}`] ?? full);
}
