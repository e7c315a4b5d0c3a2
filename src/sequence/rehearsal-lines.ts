import { fillFields } from '../content/fields.ts';
import type { Content, Step } from '../content/model.ts';
import { isOpen } from '../kernel/ledger.ts';
import { EXIT_REASONS } from '../kernel/words.ts';
import type { MessageState } from '../kernel/words.ts';
import type { MessageView } from '../leads/port.ts';
import { chooseSubject, subjectFor } from '../mail/subject-test.ts';
import { isTimeZone } from './calendar.ts';

/** One line of the calendar. */
export type RehearsedEmail = {
  /** `delivery`, `reminder`, or the step's key. */
  readonly step: string;
  /** Of a tested pair the one that this lead gets; the first for a lead that does not exist yet. */
  readonly subject: string;
  /** What half of the new leads get instead; null where there is one, or where the lead's own is known. */
  readonly otherSubject: string | null;
  readonly state: 'planned' | 'sent' | 'skipped';
  /** UTC milliseconds: when it is due, or went out; null for what was skipped before it had a time. */
  readonly at: number | null;
  /** The same in the lead's zone: `2026-11-25 09:00, Wednesday`. */
  readonly local: string | null;
  /** Why it is skipped or late, or what it depends on. */
  readonly note: string | null;
  /** What stands under the text of a step that is still to come: titles, or that one is picked for her; null otherwise. */
  readonly posts: string | null;
};

export type RehearsalContent = Pick<
  Content,
  'site' | 'emails' | 'sequence' | 'offers' | 'posts' | 'translations'
>;

/** For whom and in which zone lines are written. */
export type Scene = {
  readonly content: RehearsalContent;
  readonly timeZone: string;
  readonly fields: Readonly<Record<string, string | null>>;
  /** Null for somebody who has not signed up yet. */
  readonly leadId: string | null;
};

export function sceneFor(
  content: RehearsalContent,
  timezone: string | null,
  firstName: string,
  offer: string,
  leadId: string | null = null,
): Scene {
  const { site, offers } = content;
  return {
    content,
    leadId,
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
  const posts = state === 'planned' ? postsOf(scene, step) : null;
  return { step, ...subjectsOf(scene, step), state, at, local: localTime(at, scene), note, posts };
}

/** A message of the ledger, as it stands. */
export function lineOfMessage(scene: Scene, message: MessageView): RehearsedEmail {
  const { step, state, reason, subject, submittedAt, dueAt } = message;
  const wasSent = submittedAt !== null || state === 'in_doubt';
  const at = submittedAt ?? dueAt;
  return {
    step,
    ...(subject === null ? subjectsOf(scene, step) : { subject, otherSubject: null }),
    state: isOpen(state) ? 'planned' : wasSent ? 'sent' : 'skipped',
    at,
    local: localTime(at, scene),
    note: isOpen(state) || state === 'submitted' ? reason : whatBecame(state, reason),
    posts: null,
  };
}

/** What a stop cancelled says the same as the steps that never came to be planned: why the emails were stopped. */
function whatBecame(state: MessageState, reason: string | null): string {
  const isStop = state === 'cancelled' && EXIT_REASONS.some((exit) => exit === reason);
  const became = isStop ? 'stopped' : state.replaceAll('_', ' ');
  if (reason === null) return became;
  return `${became}: ${isStop ? reason.replaceAll('_', ' ') : reason}`;
}

function subjectsOf(scene: Scene, key: string): Pick<RehearsedEmail, 'subject' | 'otherSubject'> {
  const { content, fields, leadId } = scene;
  const fill = (subject: string) => fillFields(subject, fields, 'none');
  const asked = Object.values(content.emails).find((email) => email.key === key);
  if (asked !== undefined) return { subject: fill(asked.subject), otherSubject: null };
  const step = stepOf(scene, key);
  if (step === undefined) return { subject: '', otherSubject: null };
  if (leadId !== null) {
    return { subject: fill(subjectFor(step, chooseSubject(step, leadId))), otherSubject: null };
  }
  return { subject: fill(step.subject), otherSubject: step.subjectB === null ? null : fill(step.subjectB) };
}

function postsOf(scene: Scene, key: string): string | null {
  const wish = stepOf(scene, key)?.posts;
  if (wish === undefined) return null;
  const { posts, site } = scene.content;
  if (wish.kind === 'listed') {
    const alive = posts.filter(({ slug, dead }) => !dead && wish.slugs.includes(slug));
    return alive.map(({ title }) => `“${title}”`).join(', ');
  }
  const topic = site.topics.find(({ slug }) => slug === wish.topic)?.name ?? wish.topic;
  return topic === null ? 'a post she has not read' : `a post she has not read, of the topic “${topic}”`;
}

function stepOf({ content }: Scene, key: string): Step | undefined {
  return content.sequence.find((step) => step.key === key);
}

function localTime(at: number | null, { timeZone }: Scene): string | null {
  if (at === null) return null;
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const weekday = time.toLocaleString('en', { weekday: 'long' });
  return `${time.toPlainDate().toString()} ${time.toPlainTime().toString({ smallestUnit: 'minute' })}, ${weekday}`;
}
