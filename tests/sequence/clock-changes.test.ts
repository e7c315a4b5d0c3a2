import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../src/content/model.ts';
import { HOUR, MINUTE } from '../../src/kernel/clock.ts';
import type { EnrollmentView } from '../../src/leads/timetable.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import { stepOf } from '../support/email.ts';
import { steadyRandom } from '../support/sending.ts';

/** Both changes of a year, as the zone's rules of 2026 and 2027 say. Lord Howe moves by half an hour. */
const CHANGES = [
  ['Europe/London', '2026-10-25'],
  ['Europe/London', '2027-03-28'],
  ['America/New_York', '2026-11-01'],
  ['America/New_York', '2027-03-14'],
  ['Australia/Sydney', '2027-04-04'],
  ['Australia/Sydney', '2027-10-03'],
  ['Australia/Lord_Howe', '2027-04-04'],
  ['Australia/Lord_Howe', '2027-10-03'],
] as const;

/** A sequence with one email a day, at an hour of the reader's. */
function daily(hour: number) {
  const step = stepOf('daily', { daysAfter: 1, hour, weekdays: WEEKDAYS });
  return createTimetable([step], 'UTC', steadyRandom());
}

function reader(timezone: string): EnrollmentView {
  return { enrollmentId: 'enrollment', leadId: 'lead', timezone, pace: 'normal', doneSteps: [] };
}

function localTime(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString();
}

function instantOf(text: string): number {
  return Temporal.ZonedDateTime.from(text).epochMilliseconds;
}

/** When daily emails go out from three days before a change of clocks to three days after, each a minute after it is due. */
function week(zone: string, change: string, hour: number): readonly number[] {
  const timetable = daily(hour);
  const start = Temporal.PlainDate.from(change).subtract({ days: 4 });
  let at = start.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds;
  return Array.from({ length: 7 }, () => {
    const due = timetable.next(reader(zone), at)?.dueAt ?? NaN;
    at = due + MINUTE;
    return due;
  });
}

describe.each(CHANGES)('daily emails in %s over the change of clocks on %s', (zone, change) => {
  it('come at nine o’clock on each of the days', () => {
    const days = Array.from({ length: 7 }, (_, n) => Temporal.PlainDate.from(change).add({ days: n - 3 }));
    expect(week(zone, change, 9).map((due) => localTime(due, zone))).toEqual(
      days.map((day) => `${day.toString()}T09:00:00`),
    );
  });

  it('are 24 hours apart but once, when the night is longer or shorter', () => {
    const times = week(zone, change, 9);
    const gaps = times.slice(1).map((time, n) => (time - (times[n] ?? NaN)) / HOUR);
    const changed = gaps.filter((gap) => gap !== 24);
    const shift = zone === 'Australia/Lord_Howe' ? 0.5 : 1;
    expect(changed).toHaveLength(1);
    expect(Math.abs((changed[0] ?? NaN) - 24)).toBe(shift);
  });

  it('come once a day whatever their hour, and may go out when they are due', () => {
    for (let hour = 0; hour < 24; hour++) {
      const times = week(zone, change, hour);
      const days = times.map((due) => localTime(due, zone).slice(0, 10));
      expect(new Set(days).size).toBe(7);
      for (const due of times) {
        expect(daily(hour).judge(reader(zone), 'daily', due, due)).toEqual({ kind: 'go' });
        expect(daily(hour).notBefore(reader(zone), 'daily', due)).toBe(due);
      }
    }
  });

  it('that are late wait for an instant at which they may go', () => {
    const midnight = instantOf(`${change}T00:00[${zone}]`);
    for (let hour = 0; hour < 24; hour++) {
      const timetable = daily(hour);
      for (let now = midnight; now < midnight + 26 * HOUR; now += 15 * MINUTE) {
        const verdict = timetable.judge(reader(zone), 'daily', midnight - 48 * HOUR, now);
        if (verdict.kind !== 'wait') continue;
        expect(verdict.until).toBeGreaterThan(now);
        const then = timetable.judge(reader(zone), 'daily', midnight - 48 * HOUR, verdict.until);
        expect(then).toEqual({ kind: 'go' });
      }
    }
  });
});

describe('an hour that the clocks leap over', () => {
  it.each([
    ['Europe/London', '2027-03-28', 1, '02:00:00'],
    ['America/New_York', '2027-03-14', 2, '03:00:00'],
    ['Australia/Sydney', '2027-10-03', 2, '03:00:00'],
    // Only the first half of the hour is missing.
    ['Australia/Lord_Howe', '2027-10-03', 2, '02:30:00'],
  ])('in %s on %s: %i o’clock is %s', (zone, day, hour, time) => {
    const due = week(zone, day, hour)[3] ?? NaN;
    expect(localTime(due, zone)).toBe(`${day}T${time}`);
  });
});

describe('an hour that comes twice', () => {
  it.each([
    ['Europe/London', '2026-10-25', 1, '+01:00'],
    ['America/New_York', '2026-11-01', 1, '-04:00'],
    ['Australia/Sydney', '2027-04-04', 2, '+11:00'],
    // The half hour from 1:30 comes twice, and no full hour does.
    ['Australia/Lord_Howe', '2027-04-04', 1, '+11:00'],
  ])('in %s on %s: %i o’clock is the first of the two', (zone, day, hour, offset) => {
    const due = week(zone, day, hour)[3] ?? NaN;
    expect(due).toBe(instantOf(`${day}T0${hour}:00${offset}[${zone}]`));
  });

  it.each(CHANGES.filter(([, day]) => ['2026-10-25', '2026-11-01', '2027-04-04'].includes(day)))(
    'brings no second email in %s on %s',
    (zone, day) => {
      for (const hour of [1, 2]) {
        const times = week(zone, day, hour);
        const onTheDay = times.filter((due) => localTime(due, zone).startsWith(day));
        expect(onTheDay).toHaveLength(1);
      }
    },
  );
});
