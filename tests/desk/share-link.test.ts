import { describe, expect, it } from 'vitest';
import { leastWidth, qrOf } from '../../src/desk/qr.ts';
import { readLink, tidyTag } from '../../src/desk/share-link.ts';
import { settingFor, siteStandings } from '../../src/desk/share-origins.ts';

const PATHS = ['/white-paper', '/articles/weak-ties'];
const read = (fields: Readonly<Record<string, string>>) => readLink(fields, PATHS, 'https://f.example');

describe('a campaign’s name is tidied:', () => {
  it.each([
    ['Autumn Talk', 'autumn-talk'],
    ['  LinkedIn  ', 'linkedin'],
    ['Été à Montréal', 'ete-a-montreal'],
    ['Maureen’s list', 'maureens-list'],
    ['a&b=c#d?e/f', 'a-b-c-d-e-f'],
    ['v2.1', 'v2.1'],
    ['...', ''],
    ['--', ''],
    ['Ｆｕｌｌ', 'full'],
    ['Ōsaka 東京', 'osaka-東京'],
    ['x'.repeat(59) + ' yz', `${'x'.repeat(59)}`],
  ])('%s is %s', (typed, tidy) => {
    expect(tidyTag(typed)).toBe(tidy);
    expect(tidyTag(tidy)).toBe(tidy);
  });
});

describe('a campaign’s link', () => {
  it('carries the names that were given, and no empty ones', () => {
    expect(read({ to: '/articles/weak-ties', source: 'LinkedIn', campaign: 'Autumn talk' })).toMatchObject({
      kind: 'link',
      link: 'https://f.example/articles/weak-ties?utm_source=linkedin&utm_campaign=autumn-talk',
    });
    expect(read({ to: '/white-paper', source: 'a', medium: 'b', campaign: 'c', content: 'd' })).toMatchObject(
      {
        link: 'https://f.example/white-paper?utm_source=a&utm_medium=b&utm_campaign=c&utm_content=d',
      },
    );
  });

  it('is not made before it is asked for, but shows what a link to the page proposes', () => {
    expect(read({ source: 'card' })).toMatchObject({
      kind: 'blank',
      typed: { to: '/white-paper', source: 'card' },
    });
  });

  it.each([
    [{ source: '' }, ['source']],
    [{ source: '!!' }, ['source']],
    [{ source: 'x', to: '/nope' }, ['to']],
    [{ source: 'x', to: 'https://evil.example' }, ['to']],
    // The funnel's own names.
    [{ source: 'Shared copy' }, ['source']],
    [{ source: 'article' }, ['source']],
    [{ source: 'email', medium: 'sequence' }, ['source']],
  ])('is refused for %j', (fields, wrong) => {
    const reading = read({ to: '/white-paper', ...fields });
    expect(reading.kind === 'wrong' && reading.problems.map(({ field }) => field)).toEqual(wrong);
  });

  it('is refused when it is too long for a code, at the longest name', () => {
    const reading = read({ to: '/white-paper', source: 'line', medium: '東'.repeat(60), content: 'x' });
    expect(reading).toMatchObject({ kind: 'wrong', problems: [{ field: 'medium' }] });
    expect(reading.kind === 'wrong' && reading.problems[0]?.text).toMatch(
      /^This link is too long for a code/,
    );
  });

  it('has room for four names of plain letters, and then a code of a few centimetres', () => {
    const name = 'x'.repeat(60);
    const to = { to: '/articles/weak-ties' };
    const reading = read({ ...to, source: name, medium: name, campaign: name, content: name });
    expect(reading.kind === 'link' && leastWidth(qrOf(reading.link))).toBeLessThan(35);
  });

  it('may say “email” of the coach’s own newsletter', () => {
    expect(read({ to: '/white-paper', source: 'email', medium: 'newsletter' }).kind).toBe('link');
  });
});

describe('the sites that may post the form', () => {
  const standings = (allowed: readonly string[]) =>
    siteStandings('https://coach.example/en/', allowed, (origin) => allowed.includes(origin));

  it('are the coach’s own with and without www, and those of the setting', () => {
    expect(standings(['https://www.coach.example', 'https://friend.example'])).toEqual([
      { origin: 'https://coach.example', kind: 'own', mayPost: false },
      { origin: 'https://www.coach.example', kind: 'twin', mayPost: true },
      { origin: 'https://friend.example', kind: 'listed', mayPost: true },
    ]);
  });

  it('lack a setting as long as the coach’s own may not; what is set already stays in it', () => {
    const set = ['https://friend.example'];
    expect(settingFor(standings(set), set)).toBe(
      'ALLOWED_ORIGINS=https://friend.example,https://coach.example,https://www.coach.example',
    );
    expect(settingFor(standings(['https://coach.example']), ['https://coach.example'])).toBeNull();
  });
});
