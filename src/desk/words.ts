import { SECOND } from '../kernel/clock.ts';
import { tellDay } from '../leads/moments.ts';
import type { MomentPlace } from '../leads/moments.ts';
import type { TimelineEntry } from '../leads/port.ts';
import { reasonInWords } from './reason-words.ts';

/** What happened to a lead, as the coach reads it; the kinds are those of the store's events. */
const HAPPENED: Readonly<Record<string, string>> = {
  'signup.recorded': 'Signed up',
  'signup.confirmed': 'Pressed the button: the address is confirmed',
  'signup.renewed': 'Asked for a fresh link',
  'signup.removed': 'Said “this was not me”: the signup is removed',
  'signup.expired': 'The request was never confirmed and is deleted',
  'consent.declined': 'Took the document without the follow-up emails',
  'document.downloaded': 'Downloaded the document',
  'link.opened': 'Opened a link in an email',
  'enrollment.started': 'The follow-up emails began',
  'enrollment.stopped': 'The follow-up emails are stopped with it',
  'enrollment.finished': 'The follow-up emails are finished',
  'enrollment.paused': 'Paused the emails',
  'enrollment.resumed': 'The emails go on',
  'enrollment.fewer': 'Asked for fewer emails',
  'enrollment.usual_pace': 'Took the usual pace up again',
  'enrollment.stale': 'The follow-up emails are stopped: they had fallen too far behind',
  'lead.unsubscribed': 'Unsubscribed',
  'lead.found_job': 'Told us of the new job',
  'lead.booked_call': 'Booked a call',
  'lead.stopped_by_coach': 'You stopped the emails',
  'lead.renamed': 'Changed the name',
  'lead.data_requested': 'Asked for her data',
  'lead.erase_requested': 'Asked to be erased',
  'lead.bounced': 'The mailbox takes no more emails: everything is stopped',
  'lead.complained': 'Called our email spam: everything is stopped',
  'message.submitted': 'Email sent or written',
  'message.delivered': 'Email delivered',
  'message.delayed': 'Email delayed: the mailbox does not take it yet',
  'message.bounced': 'Email came back for good',
  'message.bounced_for_now': 'Email came back this time',
  'message.complained': 'Email called spam',
  'message.suppressed': 'Email held back: the address is on the provider’s list of those that refuse emails',
  'message.skipped': 'Email skipped',
  'message.failed': 'Email refused, or not sent, by the provider',
  'message.in_doubt': 'Email in doubt: the provider did not say whether it took it',
  'message.arrived': 'You said that the email in doubt arrived',
  'message.sent_again': 'You had the email in doubt sent again',
};

/** Links that lead to no article, as the store's events name them. */
const LINKS: Readonly<Record<string, string>> = {
  talk: 'to your calendar',
  hidden: 'the one that people do not see',
};

/** Kinds of events behind which the coach stands, though the program wrote them down. */
const BY_COACH: readonly string[] = ['lead.stopped_by_coach', 'message.arrived', 'message.sent_again'];

const ACTORS: Readonly<Record<string, string>> = {
  person: 'the person',
  scanner: 'a robot',
  system: 'the program',
};

/** One line of a lead's history: what happened, and beside it who did it and the particulars. */
export type Story = { readonly at: number; readonly what: string; readonly notes: readonly string[] };

/** An event in words, its days told as the lead's zone has them. A kind that is not known yet shows its own name. */
export function storyOf({ at, kind, actor, detail }: TimelineEntry, place: MomentPlace): Story {
  const who = BY_COACH.includes(kind) ? 'you' : (ACTORS[actor] ?? actor);
  return {
    at,
    what: HAPPENED[kind] ?? inWords(kind.replace('.', ' ')),
    notes: [who, ...particulars(detail, place)],
  };
}

/** The store tells them as `step: two-markets, reason: -`. A reason is free text and may hold commas: only known names part them. */
function particulars(detail: string | null, place: MomentPlace): readonly string[] {
  const parts = (detail ?? '').split(/, (?=(?:offer|mail|post|link|step|until|reason|days): )/);
  return parts.flatMap((part) => {
    const [, name = '', value = ''] = /^(\w+): (.*)$/s.exec(part) ?? [];
    if (value === '' || value === '-') return [];
    return [particular(name, value, place)];
  });
}

function particular(name: string, value: string, place: MomentPlace): string {
  switch (name) {
    case 'until':
      return /^\d+$/.test(value) ? `until ${tellDay(Number(value), place)}` : `until ${value}`;
    case 'mail':
      return value === 'none' ? 'no email goes out' : 'an email goes out';
    case 'post':
      return `article: ${value}`;
    case 'link':
      return LINKS[value] ?? inWords(value);
    case 'step':
      return `email: ${value}`;
    case 'days':
      return `${value} days behind`;
    case 'reason':
      return reasonInWords(value);
    default:
      return `${inWords(name)}: ${value}`;
  }
}

/** A time to wait for the desk's door: seconds for `Retry-After`, and the sentence for the page. */
export function tooManyWrong(
  retryAt: number,
  now: number,
): { readonly seconds: number; readonly text: string } {
  const seconds = Math.max(1, Math.ceil((retryAt - now) / SECOND));
  const minutes = Math.ceil(seconds / 60);
  const wait = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return { seconds, text: `Too many wrong passwords. Try again in ${wait}.` };
}

/** `found_job` as `found job`. */
export function inWords(key: string): string {
  return key.replaceAll('_', ' ');
}
