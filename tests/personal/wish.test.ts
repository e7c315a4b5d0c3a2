import { describe, expect, it } from 'vitest';
import { pauseChoices, pauseRange } from '../../src/leads/pause.ts';
import { readWish } from '../../src/leads/preferences.ts';

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

describe('a pause of one press', () => {
  const choices = (day: string) => pauseChoices(Date.parse(`${day}T12:00:00Z`), 'UTC');

  it('is for two weeks, a month or a quarter', () => {
    expect(choices('2026-03-30')).toEqual([
      { kind: 'two_weeks', until: '2026-04-13' },
      { kind: 'month', until: '2026-04-30' },
      { kind: 'quarter', until: '2026-06-30' },
    ]);
    expect(choices('2027-01-31').map(({ until }) => until)).toEqual([
      '2027-02-14',
      '2027-02-28',
      '2027-04-30',
    ]);
  });

  it('goes into the new year, to its first Monday that people work, when that is near and not nearer than two weeks', () => {
    expect(choices('2026-11-23')).toEqual([
      { kind: 'two_weeks', until: '2026-12-07' },
      { kind: 'month', until: '2026-12-23' },
      { kind: 'new_year', until: '2027-01-04' },
    ]);
    expect(choices('2027-12-14').map(({ kind, until }) => [kind, until])).toEqual([
      ['two_weeks', '2027-12-28'],
      ['new_year', '2028-01-10'],
      ['month', '2028-01-14'],
    ]);
    expect(choices('2026-12-15').map(({ kind }) => kind)).not.toContain('new_year');
    expect(choices('2026-10-31').map(({ kind }) => kind)).not.toContain('new_year');
  });

  it('is one that the form takes, on every day of a year and in any zone', () => {
    for (let day = 0; day < 366; day += 1) {
      const now = NOW + day * 86_400_000;
      for (const zone of ['Pacific/Kiritimati', 'America/Toronto', 'Pacific/Pago_Pago']) {
        for (const { until } of pauseChoices(now, zone))
          expect(readWish({ action: 'pause', until }, now, zone)).toMatchObject({ kind: 'change' });
      }
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
