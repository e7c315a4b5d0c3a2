import { WEEKDAYS } from '../content/model.ts';
import type { Step } from '../content/model.ts';
import type { Lateness } from '../leads/timetable.ts';

/** Beyond this many calendar days an answer to the reader's question of then is no help any more. */
export const STALE_AFTER_DAYS = 14;

/**
 * Hours after the step's own in which a late one still goes out on the same day. Nobody wants an email at half past eleven at
 * night because a server came back then; it waits for the next morning that the coach allows.
 */
const LATE_HOURS = 12;

type Verdict = Exclude<Lateness, { kind: 'wait' }> | { readonly kind: 'wait' };

/**
 * Whether a step may still go out, by the reader's own calendar. `due` and `now` are local times of the same zone; days are
 * counted from one date to the other, as people count them.
 */
export function judgeLateness(
  step: Pick<Step, 'hour' | 'weekdays' | 'lateOk'>,
  due: Temporal.PlainDateTime,
  now: Temporal.PlainDateTime,
): Verdict {
  const { days } = due.toPlainDate().until(now.toPlainDate(), { largestUnit: 'days' });
  if (days > STALE_AFTER_DAYS) return { kind: 'stale', days };
  if (days > step.lateOk) return { kind: 'skip', reason: `${days} ${days === 1 ? 'day' : 'days'} late` };
  return isGoodHour(step, now) ? { kind: 'go' } : { kind: 'wait' };
}

function isGoodHour(step: Pick<Step, 'hour' | 'weekdays'>, now: Temporal.PlainDateTime): boolean {
  const weekday = WEEKDAYS[now.dayOfWeek - 1];
  return (
    weekday !== undefined &&
    step.weekdays.includes(weekday) &&
    now.hour >= step.hour &&
    now.hour < step.hour + LATE_HOURS
  );
}
