import { expect, it } from 'vitest';
import { wholePercent } from '../../src/kernel/percent.ts';

it.each([
  [0, 7, '0%'],
  [1, 1000, 'under 1%'],
  [3, 8, '38%'],
  [999, 1000, 'over 99%'],
  [7, 7, '100%'],
])('%i of %i is told as a whole per cent, and never rounded to none or all: %s', (part, whole, told) => {
  expect(wholePercent(part, whole)).toBe(told);
});
