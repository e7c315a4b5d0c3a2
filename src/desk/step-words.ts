import { WEEKDAYS } from '../content/model.ts';
import type { EmailKey, Step, Weekday } from '../content/model.ts';

/** What the emails that somebody asks for are called, and when they go out. */
export const ASKED: Readonly<Record<EmailKey, { readonly name: string; readonly when: string }>> = {
  delivery: { name: 'Delivery', when: 'At once after a signup: the link to the document.' },
  reminder: {
    name: 'Reminder',
    when: 'A day after the delivery, once, if the button on the download page was not pressed.',
  },
  renewal: {
    name: 'Fresh link',
    when: 'At once when somebody asks for a fresh link, because hers is too old.',
  },
  data: { name: 'Her data', when: 'At once when somebody asks for all that is held about her.' },
  erase: { name: 'Erasure', when: 'At once when somebody asks to be erased.' },
};

/** When a step goes out: "3 days after the email before, at 9:00, Monday to Friday". */
export function whenInWords(step: Pick<Step, 'daysAfter' | 'hour' | 'weekdays'>, isFirst: boolean): string {
  const days = `${step.daysAfter} ${step.daysAfter === 1 ? 'day' : 'days'}`;
  const after = isFirst ? 'the press on the download page' : 'the email before';
  return `${days} after ${after}, at ${step.hour}:00, ${weekdaysInWords(step.weekdays)}`;
}

/** What becomes of a step that could not go out on its day. */
export function latenessInWords({ lateOk }: Pick<Step, 'lateOk'>): string {
  if (lateOk === 0)
    return 'If it cannot go out on its day, it is skipped, and the sequence goes on with the next one.';
  const days = `${lateOk} ${lateOk === 1 ? 'day' : 'days'}`;
  return `If it is held up, it still goes out up to ${days} late, and the rest follows later by as much. After that it is skipped.`;
}

const NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

function weekdaysInWords(weekdays: readonly Weekday[]): string {
  const chosen = WEEKDAYS.filter((day) => weekdays.includes(day));
  if (chosen.length === WEEKDAYS.length) return 'on any day of the week';
  const [first] = chosen;
  const last = chosen.at(-1);
  const isRun =
    first !== undefined &&
    last !== undefined &&
    WEEKDAYS.indexOf(last) - WEEKDAYS.indexOf(first) === chosen.length - 1;
  if (isRun && chosen.length > 2) return `${NAMES[first]} to ${NAMES[last]}`;
  const names = chosen.map((day) => NAMES[day]);
  const others = names.slice(0, -1).join(', ');
  return `on a ${others === '' ? '' : `${others} or `}${names.at(-1) ?? ''}`;
}
