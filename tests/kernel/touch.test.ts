import { expect, it } from 'vitest';
import { movesLastTouch } from '../../src/kernel/touch.ts';

const NOTHING = { source: null, medium: null, campaign: null, term: null, content: null, referrer: null };
const WEBMAIL = 'https://mail.google.com/';

it.each([
  ['a campaign', { source: 'linkedin', medium: 'social', campaign: 'autumn' }, true],
  ['a medium alone', { medium: 'print' }, true],
  ['another site', { referrer: 'https://www.google.com/' }, true],
  ['the coach’s own newsletter', { source: 'email', medium: 'newsletter' }, true],
  ['a newsletter called email', { source: 'email' }, true],
  [
    'an article that a search engine had found',
    { source: 'article', campaign: 'x', referrer: 'https://g.example/' },
    true,
  ],
  ['a campaign that calls itself article', { source: 'article', medium: 'print' }, true],
  ['nothing that is known', {}, false],
  ['our own email', { source: 'email', medium: 'sequence', campaign: 'two-markets' }, false],
  [
    'our own email, read on a webmail’s page',
    { source: 'email', medium: 'sequence', referrer: WEBMAIL },
    false,
  ],
  ['a copy that was handed on', { source: 'shared-copy' }, false],
  ['a copy that was handed on by webmail', { source: 'shared-copy', referrer: WEBMAIL }, false],
  ['an article to which nobody had led her', { source: 'article', campaign: 'weak-ties' }, false],
])('a known lead who comes by %s: the last touch moves, %j, %s', (_, came, moves) => {
  expect(movesLastTouch({ ...NOTHING, ...came })).toBe(moves);
});
