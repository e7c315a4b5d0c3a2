import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../src/content/model.ts';
import type { Step } from '../../src/content/model.ts';
import { DAY, HOUR } from '../../src/kernel/clock.ts';
import type { EnrollmentView } from '../../src/leads/timetable.ts';
import { createTimetable, isTimeZone } from '../../src/sequence/calendar.ts';
import { stepOf } from '../support/email.ts';
import { steadyRandom } from '../support/sending.ts';

/** The sample's six: days after the press, then after the email before. */
const SIX = [2, 3, 5, 5, 6, 6].map((daysAfter, index) => stepOf(`step-${index + 1}`, { daysAfter }));

function timetableOf(steps: readonly Step[] = SIX, siteZone = 'America/Toronto') {
  return createTimetable(steps, siteZone, steadyRandom());
}

function enrolled(changes: Partial<EnrollmentView> = {}): EnrollmentView {
  return {
    enrollmentId: 'enrollment',
    leadId: 'lead',
    timezone: 'Europe/London',
    pace: 'normal',
    doneSteps: [],
    ...changes,
  };
}

function local(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime().toString();
}

function at(text: string): number {
  return Temporal.ZonedDateTime.from(text).epochMilliseconds;
}

/** When each step goes out to somebody who presses at an instant, if every email leaves two minutes after it is due. */
function journey(steps: readonly Step[], press: number, timezone: string): number[] {
  const timetable = timetableOf(steps);
  const times: number[] = [];
  let doneSteps: readonly string[] = [];
  for (let from = press; ;) {
    const next = timetable.next(enrolled({ timezone, doneSteps }), from);
    if (next === null) return times;
    times.push(next.dueAt);
    doneSteps = [...doneSteps, next.step];
    from = next.dueAt + 120_000;
  }
}

describe('nine o’clock stays nine o’clock', () => {
  it.each([
    ['Europe/London', '2026-10-25'],
    ['Europe/London', '2027-03-28'],
    ['America/New_York', '2026-11-01'],
    ['America/New_York', '2027-03-14'],
    ['Australia/Sydney', '2027-04-04'],
    ['Australia/Sydney', '2027-10-03'],
    ['Australia/Lord_Howe', '2027-04-04'],
    ['Australia/Lord_Howe', '2027-10-03'],
  ])('in %s around the change of clocks on %s', (zone, change) => {
    const daily = [stepOf('daily', { daysAfter: 1, weekdays: WEEKDAYS })];
    const timetable = timetableOf(daily);
    const day = Temporal.PlainDate.from(change);
    for (let days = -3; days <= 3; days += 1) {
      const noon = day.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: '12:00' });
      const due = timetable.next(enrolled({ timezone: zone }), noon.epochMilliseconds)?.dueAt ?? 0;
      expect(local(due, zone)).toBe(`${day.add({ days: days + 1 }).toString()}T09:00:00`);
    }
  });

  it('and an hour that the clocks leap over is the next one, a doubled one its first', () => {
    const atTwo = [stepOf('early', { daysAfter: 1, hour: 2, weekdays: WEEKDAYS })];
    const inGap = timetableOf(atTwo).next(
      enrolled({ timezone: 'America/New_York' }),
      at('2027-03-13T12:00[America/New_York]'),
    );
    expect(local(inGap?.dueAt ?? 0, 'America/New_York')).toBe('2027-03-14T03:00:00');
    const atOne = [stepOf('early', { daysAfter: 1, hour: 1, weekdays: WEEKDAYS })];
    const doubled = timetableOf(atOne).next(
      enrolled({ timezone: 'America/New_York' }),
      at('2026-10-31T12:00[America/New_York]'),
    );
    expect(doubled?.dueAt).toBe(at('2026-11-01T01:00-04:00[America/New_York]'));
  });
});

describe('the sample’s six emails keep the promise, whenever the button is pressed', () => {
  const hours = Array.from(
    { length: 7 * 24 },
    (_, hour) => at('2026-11-23T00:30[America/Toronto]') + hour * HOUR,
  );

  it.each(['America/Toronto', 'Europe/London', 'Asia/Kolkata', 'Pacific/Auckland'])('in %s', (zone) => {
    for (const press of hours) {
      const times = journey(SIX, press, zone);
      const days = times.map((time) => dateOf(time, zone).since(dateOf(press, zone)).days);
      expect(times).toHaveLength(6);
      for (const time of times) {
        const moment = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);
        expect([moment.hour, moment.minute]).toEqual([9, 0]);
        expect(moment.dayOfWeek).toBeLessThanOrEqual(5);
      }
      const [first = 0, second = 0] = days;
      expect(first).toBeGreaterThanOrEqual(2);
      expect(first).toBeLessThanOrEqual(4);
      expect(second).toBeLessThanOrEqual(8);
      days.slice(1).forEach((day, index) => expect(day - (days[index] ?? 0)).toBeLessThanOrEqual(7));
      expect(days[5]).toBeLessThanOrEqual(35);
    }
  });
});

it('moves a step on to the next weekday that it may go out on', () => {
  // Pressed on a Thursday: two days later is a Saturday.
  const due = timetableOf().next(enrolled(), at('2026-11-26T15:00[Europe/London]'))?.dueAt ?? 0;
  expect(local(due, 'Europe/London')).toBe('2026-11-30T09:00:00');
});

it('never plans a step before the instant it is reckoned from', () => {
  const today = [stepOf('today', { daysAfter: 0, weekdays: WEEKDAYS })];
  const due = timetableOf(today).next(enrolled(), at('2026-11-23T09:01[Europe/London]'))?.dueAt ?? 0;
  expect(local(due, 'Europe/London')).toBe('2026-11-24T09:00:00');
});

it('passes over steps that are done, in whatever order, and ends after the last', () => {
  const timetable = timetableOf();
  const some = timetable.next(enrolled({ doneSteps: ['step-1', 'step-3', 'long-gone'] }), 0);
  expect(some?.step).toBe('step-2');
  expect(timetable.next(enrolled({ doneSteps: SIX.map(({ key }) => key) }), 0)).toBeNull();
});

it('doubles the days for those who asked for fewer', () => {
  const press = at('2026-11-23T15:00[Europe/London]');
  const due = timetableOf().next(enrolled({ pace: 'fewer' }), press)?.dueAt ?? 0;
  expect(local(due, 'Europe/London')).toBe('2026-11-27T09:00:00');
});

it.each([null, 'Mars/Olympus', '', 'x'.repeat(5000)])(
  'uses the site’s zone for one it does not know (%j)',
  (timezone) => {
    const due =
      timetableOf().next(enrolled({ timezone }), at('2026-11-23T15:00[America/Toronto]'))?.dueAt ?? 0;
    expect(local(due, 'America/Toronto')).toBe('2026-11-25T09:00:00');
  },
);

it('knows zones from other words', () => {
  expect(isTimeZone('Europe/Zurich')).toBe(true);
  expect(isTimeZone('Europe/Nowhere')).toBe(false);
});

it('finds the first fitting instant that is not before another', () => {
  const timetable = timetableOf();
  const friday = at('2026-11-27T09:00[Europe/London]');
  expect(timetable.notBefore(enrolled(), 'step-1', friday)).toBe(friday);
  expect(local(timetable.notBefore(enrolled(), 'step-1', friday + 1), 'Europe/London')).toBe(
    '2026-11-30T09:00:00',
  );
  expect(timetable.notBefore(enrolled(), 'long-gone', friday + 1)).toBe(friday + 1);
});

it('plans a step for the next working day at the latest after a weekend, and repeats itself for the same question', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (press) => {
      const timetable = timetableOf([stepOf('only', { daysAfter: 1 })]);
      const one = timetable.next(enrolled(), press)?.dueAt ?? 0;
      expect(timetable.next(enrolled(), press)?.dueAt).toBe(one);
      expect(timetable.notBefore(enrolled(), 'only', one)).toBe(one);
      expect(one).toBeGreaterThanOrEqual(press);
      expect(one - press).toBeLessThan(5 * DAY);
    }),
  );
});

function dateOf(time: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).toPlainDate();
}
