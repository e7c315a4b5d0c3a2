import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../src/leads/filter.ts';

describe('a filter', () => {
  it('takes what is given, trimmed, and leaves out what is empty', () => {
    expect(
      parseFilter({ q: ' ana ', status: 'confirmed', offer: '', source: ' ', from: '2026-11-01', to: '' }),
    ).toEqual({
      ok: true,
      filter: { q: 'ana', status: 'confirmed', from: '2026-11-01' },
    });
    expect(parseFilter({ from: '2026-11-23', to: '2026-11-23' })).toMatchObject({ ok: true });
  });

  it.each(['2026-02-30', '2026-13-01', '23.11.2026', '2026-11-23T00:00:00Z', 'today'])(
    'refuses the day %s',
    (day) => {
      expect(parseFilter({ from: day })).toEqual({
        ok: false,
        problems: [`“${day}” is no day. Write it as 2026-11-23.`],
      });
    },
  );

  it('refuses an unknown status and names the known ones', () => {
    expect(parseFilter({ status: 'Confirmed' })).toEqual({
      ok: false,
      problems: [
        '“Confirmed” is no status. Write one of: unconfirmed, confirmed, unsubscribed, bounced, complained.',
      ],
    });
  });

  it('refuses a stretch that ends before it begins', () => {
    expect(parseFilter({ from: '2026-11-24', to: '2026-11-23' })).toEqual({
      ok: false,
      problems: ['The first day (2026-11-24) is after the last (2026-11-23). Change one of them.'],
    });
  });

  it('tells all that is wrong at once', () => {
    expect(parseFilter({ status: 'x', from: 'y', to: 'z' })).toMatchObject({
      ok: false,
      problems: { length: 3 },
    });
  });
});
