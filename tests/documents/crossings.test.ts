import { expect, test } from 'vitest';
import { crossings } from '../../src/documents/paper/crossings.ts';

const within = crossings(
  [
    {
      kind: 'chapter',
      number: 1,
      heading: [{ kind: 'text', text: 'Straße' }],
      title: 'Straße',
      name: 'chapter-1',
      blocks: [],
    },
  ],
  new Map([['chapter-1', 7]]),
);

test('a link within a paper leads to its heading, however the address is written', () => {
  expect(within('#straße')).toEqual({ name: 'chapter-1', page: 7 });
  expect(within('#stra%C3%9Fe')).toEqual({ name: 'chapter-1', page: 7 });
});

test('a link whose percent signs make no text leads nowhere', () => {
  expect(within('#100%ae')).toBeNull();
});
