import { expect, test } from 'vitest';
import { contentWith, edited } from './fixture.ts';

test('a no-break space in a one-line entry stays one, and a line break becomes a space', async () => {
  const tagline = 'Un\u00a0: deux\u202f;\n  trois';
  const content = await contentWith(
    edited('site.yaml', 'tagline: A line under the name', `tagline: ${JSON.stringify(tagline)}`),
  );

  expect(content.site.tagline).toBe('Un\u00a0: deux\u202f; trois');
});
