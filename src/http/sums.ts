/**
 * CRC-32 of two texts that follow each other, from the sums of both: gzip asks for the sum of the whole page, and the bytes of a page take
 * longer to go through than everything else about it. The arithmetic is zlib's `crc32_combine`: a text's sum is a polynomial over two
 * elements, and `length` more bytes behind it multiply that by x to the power of eight times `length`.
 */
export function sumOfBoth(first: number, second: number, shift: Shift): number {
  return times(shift, first) ^ second;
}

/** What a text of a length does to the sum before it. */
export type Shift = number;

/** @param length of the second text, in bytes. */
export function shiftBy(length: number): Shift {
  let shift = ONE;
  for (let left = length, power = 0; left > 0; left >>>= 1, power += 1) {
    if ((left & 1) === 1) shift = times(POWERS[power] ?? ONE, shift);
  }
  return shift;
}

/** Reflected, as CRC-32 is: the highest bit stands for x to the power of nought. */
const POLYNOMIAL = 0xedb88320 | 0;
const ONE = 1 << 31;

/** x to the power of 8, 16, 32 …: what 1, 2, 4 … bytes do. */
const POWERS = Array.from({ length: 31 }).reduce<readonly number[]>((powers) => {
  const last = powers.at(-1);
  return [...powers, last === undefined ? ONE >>> 8 : times(last, last)];
}, []);

/** The product of two polynomials, without what the polynomial of CRC-32 divides. */
function times(one: number, other: number): number {
  let product = 0;
  let shifted = other | 0;
  for (let left = one | 0; left !== 0; left <<= 1) {
    product ^= shifted & (left >> 31);
    shifted = (shifted >>> 1) ^ (POLYNOMIAL & -(shifted & 1));
  }
  return product;
}
