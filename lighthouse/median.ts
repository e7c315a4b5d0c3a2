/** Of an even number the lower of the two in the middle: a score is one that was measured. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((one, other) => one - other)[Math.ceil(values.length / 2) - 1];
  if (middle === undefined) throw new Error('There is no median of nothing.');
  return middle;
}
