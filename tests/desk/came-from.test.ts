import { expect, it } from 'vitest';
import { cameFrom, siteName, sourceLines } from '../../src/desk/came-from.ts';

it.each([
  ['google.com', 'Google'],
  ['google.ca', 'Google'],
  ['google.co.uk', 'Google'],
  ['mail.google.com', 'Gmail'],
  ['notgoogle.com', 'notgoogle.com'],
  ['google.com.evil.example', 'google.com.evil.example'],
  ['ca.linkedin.com', 'LinkedIn'],
  ['lnkd.in', 'LinkedIn'],
  ['com.linkedin.android', 'LinkedIn'],
  ['l.facebook.com', 'Facebook'],
  ['t.co', 'X'],
  ['wordrightcareer.com', 'wordrightcareer.com'],
])('a visitor from %s comes from %s', (host, name) => {
  expect(siteName(host)).toBe(name);
});

it('a tag says more than the page before; without either nobody knows', () => {
  expect(cameFrom({ source: 'card', referrer: 'https://www.google.com/' })).toBe('card');
  expect(cameFrom({ source: null, referrer: 'https://www.google.com/' })).toBe('Google');
  expect(cameFrom({ source: null, referrer: 'android-app://com.linkedin.android/' })).toBe('LinkedIn');
  expect(cameFrom({ source: null, referrer: null })).toBeNull();
});

it('names that mean one site are one line, and a tag of the same name is another', () => {
  const lines = sourceLines([
    { source: null, site: 'google.com', signups: 1, confirmed: 1 },
    { source: 'Google', site: null, signups: 2, confirmed: 0 },
    { source: null, site: 'google.ca', signups: 4, confirmed: 1 },
    { source: null, site: null, signups: 3, confirmed: 0 },
  ]);
  expect(lines.map(({ name, filter, signups, confirmed }) => [name, filter, signups, confirmed])).toEqual([
    ['Google', null, 5, 2],
    ['unknown', null, 3, 0],
    ['Google', 'Google', 2, 0],
  ]);
});
