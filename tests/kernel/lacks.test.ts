import { expect, it } from 'vitest';
import { lacks } from '../support/lacks.ts';

it('a test whose needs lack is skipped on a machine of one’s own, and an error under CI', () => {
  expect(lacks(true, 'x is not installed', { CI: '1' })).toBe(false);
  expect(lacks(false, 'x is not installed', {})).toBe(true);
  expect(lacks(false, 'x is not installed', { CI: 'false' })).toBe(true);
  expect(() => lacks(false, 'x is not installed', { CI: '1' })).toThrow('x is not installed');
});
