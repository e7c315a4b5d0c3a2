import { fillFields } from '../content/fields.ts';
import type { Content } from '../content/model.ts';
import { EXIT_REASONS } from '../kernel/words.ts';
import type { MessageState } from '../kernel/words.ts';
import type { MessageView } from '../leads/port.ts';
import { isTimeZone } from './calendar.ts';

/** One line of the calendar. */
export type RehearsedEmail = {
  /** `delivery`, `reminder`, or the step's key. */
  readonly step: string;
  readonly subject: string;
  readonly state: 'planned' | 'sent' | 'skipped';
  /** UTC milliseconds: when it is due, or went out; null for what was skipped before it had a time. */
  readonly at: number | null;
  /** The same in the lead's zone: `2026-11-25 09:00, Wednesday`. */
  readonly local: string | null;
  /** Why it is skipped, or what it depends on. */
  readonly note: string | null;
};

export type RehearsalContent = Pick<Content, 'site' | 'emails' | 'sequence' | 'offers'>;

/** For whom and in which zone lines are written. */
export type Scene = {
  readonly content: RehearsalContent;
  readonly timeZone: string;
  readonly fields: Readonly<Record<string, string | null>>;
};

export function sceneFor(
  content: RehearsalContent,
  timezone: string | null,
  firstName: string,
  offer: string,
): Scene {
  const { site, offers } = content;
  return {
    content,
    timeZone: timezone !== null && isTimeZone(timezone) ? timezone : site.timeZone,
    fields: {
      first_name: firstName,
      coach: site.coach.name,
      coach_first_name: site.coach.firstName,
      link_days: String(site.linkDays),
      site: site.name,
      offer: offers.find(({ key }) => key === offer)?.title ?? offer,
    },
  };
}

/** An email that has not been written yet: its subject comes from the content. */
export function lineAhead(
  scene: Scene,
  step: string,
  state: 'planned' | 'skipped',
  at: number | null,
  note: string | null = null,
): RehearsedEmail {
  return { step, subject: subjectOf(scene, step), state, at, local: localTime(at, scene), note };
}

/** A message of the ledger, as it stands. */
export function lineOfMessage(scene: Scene, message: MessageView): RehearsedEmail {
  const { step, state, reason, subject, submittedAt, dueAt } = message;
  const isOpen = state === 'planned' || state === 'claimed';
  const wasSent = submittedAt !== null || state === 'in_doubt';
  const at = submittedAt ?? dueAt;
  return {
    step,
    subject: subject ?? subjectOf(scene, step),
    state: isOpen ? 'planned' : wasSent ? 'sent' : 'skipped',
    at,
    local: localTime(at, scene),
    note: isOpen || state === 'submitted' ? reason : whatBecame(state, reason),
  };
}

/** What a stop cancelled says the same as the steps that never came to be planned: why the emails were stopped. */
function whatBecame(state: MessageState, reason: string | null): string {
  const isStop = state === 'cancelled' && EXIT_REASONS.some((exit) => exit === reason);
  const became = isStop ? 'stopped' : state.replaceAll('_', ' ');
  if (reason === null) return became;
  return `${became}: ${isStop ? reason.replaceAll('_', ' ') : reason}`;
}

function subjectOf({ content: { emails, sequence }, fields }: Scene, step: string): string {
  const asked = Object.values(emails).find(({ key }) => key === step);
  const subject = asked?.subject ?? sequence.find(({ key }) => key === step)?.subject ?? '';
  return fillFields(subject, fields, 'none');
}

function localTime(at: number | null, { timeZone }: Scene): string | null {
  if (at === null) return null;
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const weekday = time.toLocaleString('en', { weekday: 'long' });
  return `${time.toPlainDate().toString()} ${time.toPlainTime().toString({ smallestUnit: 'minute' })}, ${weekday}`;
}
