import { expect, it } from 'vitest';
import { retryWords } from '../../src/signup/limited.ts';

const site = { locale: 'en', timeZone: 'America/Toronto' };
const noon = Date.parse('2026-11-23T17:00:00Z');

it('tells the wait in seconds, in words, and as a time of day in the site’s zone', () => {
  const words = retryWords(noon, noon + 12 * 60_000, site);
  expect(words.seconds).toBe(720);
  expect(words.wait).toBe('in 12 minutes');
  expect(words.time).toMatch(/^12:12\sPM EST$/);
});

it('tells a whole hour as one', () => {
  expect(retryWords(noon, noon + 60 * 60_000, site)).toMatchObject({ seconds: 3600, wait: 'in 1 hour' });
  expect(retryWords(noon, noon + 59 * 60_000, site)).toMatchObject({ wait: 'in 59 minutes' });
});

it('never says less than one second or one minute', () => {
  expect(retryWords(noon, noon - 5, site)).toMatchObject({ seconds: 1, wait: 'in 1 minute' });
});

it('rounds up, so that who comes at that minute is not sent away again', () => {
  const words = retryWords(noon, noon + 60_500, site);
  expect(words).toMatchObject({ seconds: 61, wait: 'in 2 minutes' });
  expect(words.time).toMatch(/^12:02\sPM EST$/);
});
