import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { codeOf, hasCode } from '../../src/kernel/fault.ts';

it('reads the code of a system’s error, and of nothing else', () => {
  const thrown = (() => {
    try {
      return statSync('/no such folder/at all');
    } catch (error) {
      return error;
    }
  })();
  expect([codeOf(thrown), hasCode(thrown, 'ENOENT'), hasCode(thrown, 'EACCES')]).toEqual([
    'ENOENT',
    true,
    false,
  ]);
  const others = [
    new Error('x'),
    Object.assign(new Error('x'), { code: 7 }),
    { code: 'ENOENT' },
    'ENOENT',
    null,
  ];
  expect(others.map(codeOf)).toEqual([null, null, null, null, null]);
});
