import { describe, expect, it } from 'vitest';
import { pauseRange, readWish } from '../../src/leads/preferences.ts';

const NOW = Date.parse('2026-11-23T03:30:00Z');
const read = (fields: Record<string, string>, zone = 'UTC') => readWish(fields, NOW, zone);
const pause = (until: string, zone?: string) => read({ action: 'pause', until }, zone);

describe('a pause', () => {
  it('may end from tomorrow to the same day of the next year, as the lead’s calendar has it', () => {
    expect(pauseRange(NOW, 'UTC')).toEqual({ first: '2026-11-24', last: '2027-11-23' });
    expect(pauseRange(NOW, 'America/Toronto')).toEqual({ first: '2026-11-23', last: '2027-11-22' });
  });

  it('ends where that day begins in the lead’s zone', () => {
    expect(pause('2026-12-01', 'America/Toronto')).toMatchObject({
      change: { kind: 'pause', until: Date.parse('2026-12-01T05:00:00Z') },
    });
  });

  it('ends at the first instant of a day that has no midnight', () => {
    // In 2026 Beirut's clocks go from 00:00 to 01:00 on March 29.
    const wish = readWish(
      { action: 'pause', until: '2026-03-29' },
      Date.parse('2026-03-01T00:00:00Z'),
      'Asia/Beirut',
    );
    expect(wish).toMatchObject({ change: { until: Date.parse('2026-03-28T22:00:00Z') } });
  });

  it('is refused for today, for a day beyond a year, for no date and for a day that does not exist', () => {
    expect(pause('2026-11-23')).toMatchObject({ problem: { kind: 'until_out_of_range' } });
    expect(pause('2027-11-24')).toMatchObject({ problem: { kind: 'until_out_of_range' } });
    for (const until of ['', 'soon', '2027-02-30', '2026-13-01', '24.12.2026', '2026-12-24T00:00']) {
      expect(pause(until)).toMatchObject({ problem: { field: 'until', kind: 'until_missing' } });
    }
  });
});

describe('a wish', () => {
  it('is understood for every action of the page', () => {
    expect(read({ action: 'stop' })).toMatchObject({ change: { kind: 'stop', reason: 'unsubscribed' } });
    expect(read({ action: 'found_job' })).toMatchObject({ change: { kind: 'stop', reason: 'found_job' } });
    expect(read({ action: 'booked_call' })).toMatchObject({
      change: { kind: 'stop', reason: 'booked_call' },
    });
    expect(read({ action: 'resume' })).toMatchObject({ change: { kind: 'resume' } });
    expect(read({ action: 'fewer' })).toMatchObject({ change: { kind: 'fewer' } });
    expect(read({ action: 'rename', first_name: ' Ana ' })).toMatchObject({ change: { firstName: 'Ana' } });
    expect(read({ action: 'request_data' })).toMatchObject({ kind: 'link', link: 'data' });
    expect(read({ action: 'request_erase' })).toMatchObject({ kind: 'link', link: 'erase' });
  });

  it('is a problem without a known action, and with a name that is none', () => {
    expect(read({})).toMatchObject({ problem: { field: 'action' } });
    expect(read({ action: 'stopped_by_coach' })).toMatchObject({ problem: { field: 'action' } });
    expect(read({ action: 'rename' })).toMatchObject({ problem: { kind: 'name_empty' } });
    expect(read({ action: 'rename', first_name: 'x'.repeat(81) })).toMatchObject({
      problem: { kind: 'name_too_long' },
    });
  });
});
