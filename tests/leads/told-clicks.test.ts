import { expect, it } from 'vitest';
import { tellClicks } from '../../src/leads/told-clicks.ts';

it.each([
  [0, 0, 0, 'No link in an email was followed.'],
  [
    12,
    3,
    8,
    'Links in emails were followed 12 times, 3 times by people. Left out: 8 by machines, which open links to check them, and 1 of which nobody can tell, or not yet.',
  ],
  [1, 1, 0, 'Links in emails were followed once, once by people.'],
  [
    2,
    0,
    0,
    'Links in emails were followed 2 times, 0 times by people. Left out: 2 of which nobody can tell, or not yet.',
  ],
])(
  'tells %i clicks, %i of people and %i of machines',
  (clicksRaw, clicksByPersons, clicksByScanners, words) => {
    expect(tellClicks({ clicksRaw, clicksByPersons, clicksByScanners })).toBe(words);
  },
);
