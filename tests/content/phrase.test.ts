import { expect, test } from 'vitest';
import { phrase, say } from '../../src/content/phrase.ts';

test('takes the fields of its list and no others', () => {
  expect(phrase('name').safeParse('For {{name}}').success).toBe(true);
  expect(phrase().safeParse('For you').success).toBe(true);
  const refused = phrase('name', 'site').safeParse('For {{nmae}}');
  expect(refused.error?.issues).toMatchObject([
    {
      message: 'has the unknown field {{nmae}}',
      params: { remedy: 'Only these can stand here: {{name}}, {{site}}.' },
    },
  ]);
});

test.each(['', '  \n', '{{name', 'name}}', '{{}}', '{{name|you}}', '{{ name }}'])('refuses “%s”', (text) => {
  expect(phrase('name').safeParse(text).success).toBe(false);
});

test('says a phrase with its values as plain text', () => {
  expect(say('{{count}} pages for {{name}}', { count: 12, name: '<b>{{count}}</b>' })).toBe(
    '12 pages for <b>{{count}}</b>',
  );
});

test('stops at a value that is missing', () => {
  expect(() => say('For {{name}}', {})).toThrow('{{name}}');
});
