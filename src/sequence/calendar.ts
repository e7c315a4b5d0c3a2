import { WEEKDAYS } from '../content/model.ts';
import type { Step } from '../content/model.ts';
import type { Random } from '../kernel/random.ts';
import type { EnrollmentView, Timetable } from '../leads/timetable.ts';
import { judgeLateness } from './lateness.ts';

type Hours = Pick<Step, 'hour' | 'weekdays'>;

/**
 * The calendar of the sequence. Reckons in whole days of the lead's own zone, so that nine o'clock stays nine o'clock when
 * the clocks change: 24 hours later would be eight, or ten.
 * @param siteZone for leads whose zone is unknown or is none.
 */
export function createTimetable(
  steps: readonly Step[],
  siteZone: string,
  random: Pick<Random, 'uuid'>,
): Timetable {
  const zoneOf = ({ timezone }: EnrollmentView) =>
    timezone !== null && isTimeZone(timezone) ? timezone : siteZone;
  return {
    next: (enrollment, at) => {
      const step = steps.find(({ key }) => !enrollment.doneSteps.includes(key));
      if (step === undefined) return null;
      const zone = zoneOf(enrollment);
      const days = step.daysAfter * (enrollment.pace === 'fewer' ? 2 : 1);
      const from = dateIn(zone, at).add({ days });
      return { messageId: random.uuid(), step: step.key, dueAt: firstFit(step, zone, from, at) };
    },
    notBefore: (enrollment, key, at) => {
      const step = steps.find((candidate) => candidate.key === key);
      // A step that was taken out of the content has no hour any more; it is never sent, and so waits for nothing.
      if (step === undefined) return at;
      const zone = zoneOf(enrollment);
      return firstFit(step, zone, dateIn(zone, at), at);
    },
    judge: (enrollment, key, dueAt, now) => {
      const step = steps.find((candidate) => candidate.key === key);
      if (step === undefined) return { kind: 'skip', reason: 'the step is no longer in the content' };
      const zone = zoneOf(enrollment);
      const verdict = judgeLateness(step, localTime(zone, dueAt), localTime(zone, now));
      return verdict.kind === 'wait'
        ? { kind: 'wait', until: firstFit(step, zone, dateIn(zone, now), now) }
        : verdict;
    },
  };
}

/** Whether this machine knows the IANA time zone. Never throws. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** The first instant at the step's hour on one of its weekdays, on `from` or later, and never before `at`. */
function firstFit(step: Hours, zone: string, from: Temporal.PlainDate, at: number): number {
  for (let date = from; ; date = date.add({ days: 1 })) {
    const weekday = WEEKDAYS[date.dayOfWeek - 1];
    if (weekday === undefined || !step.weekdays.includes(weekday)) continue;
    const instant = atHour(date, step.hour, zone);
    if (instant >= at) return instant;
  }
}

/** Where clocks are set forward over the hour it is the one after, where they are set back the first of the two. */
function atHour(date: Temporal.PlainDate, hour: number, zone: string): number {
  return date.toPlainDateTime({ hour }).toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds;
}

function dateIn(zone: string, at: number): Temporal.PlainDate {
  return localTime(zone, at).toPlainDate();
}

function localTime(zone: string, at: number): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
}
