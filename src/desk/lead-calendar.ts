import { isOpen } from '../kernel/ledger.ts';
import type { Lead, MessageView } from '../leads/port.ts';
import type { Rehearsal } from '../sequence/rehearsal.ts';
import type { RehearsedEmail } from '../sequence/rehearsal-lines.ts';
import type { Doubt } from './port.ts';
import { reasonInWords } from './reason-words.ts';
import { stateInWords } from './state-words.ts';

/** One email that a lead has had, will have, or will not have. */
export type CalendarLine = {
  readonly step: string;
  readonly subject: string;
  /** In the lead's zone: "Wed, November 25, 2026 at 9:00 AM EST"; null where there is no time. */
  readonly when: string | null;
  /** What became of it or will: words. */
  readonly told: string;
  readonly isAhead: boolean;
};

/** The rehearsal of a lead's emails in the words of the desk: what is in the ledger by its state, what is not by its note. */
export function leadCalendar(
  { emails, timeZone }: Rehearsal,
  messages: readonly MessageView[],
  doubts: readonly Doubt[],
  language: string,
): readonly CalendarLine[] {
  const rest = [...messages];
  return emails.map((email) => {
    const message = takeFirst(rest, ({ step }) => step === email.step);
    return {
      step: email.step,
      subject: email.subject,
      when: email.at === null ? null : tellWithWeekday(email.at, timeZone, language),
      told: message === undefined ? toldAhead(email) : toldOfLedger(message, email, doubts),
      isAhead: email.state === 'planned',
    };
  });
}

function toldOfLedger(message: MessageView, email: RehearsedEmail, doubts: readonly Doubt[]): string {
  const { state, reason } = message;
  if (isOpen(state) && (reason === null || email.note !== null)) return toldAhead(email);
  const doubtClosedAt = doubts.find(({ messageId }) => messageId === message.messageId)?.closedAt ?? null;
  return stateInWords({ ...message, doubtClosedAt });
}

function toldAhead({ state, note }: RehearsedEmail): string {
  const what = state === 'planned' ? 'planned' : 'will not be sent';
  return note === null ? what : `${what}: ${reasonInWords(note)}`;
}

/** How a lead's follow-up stands: "paused until December 20, 2026". `day` tells the day of an instant. */
export function followUpInWords(
  { followUp, exitReason, pausedUntil, pace }: Lead,
  day: (at: number) => string,
): string {
  switch (followUp) {
    case 'none':
      return 'none';
    case 'active':
      return pace === 'fewer' ? 'active, at half the pace' : 'active';
    case 'paused':
      return pausedUntil === null ? 'paused' : `paused until ${day(pausedUntil)}`;
    case 'finished':
      return 'finished';
    case 'stopped':
      return exitReason === null ? 'stopped' : `stopped: ${reasonInWords(exitReason)}`;
  }
}

function tellWithWeekday(at: number, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(at);
}

function takeFirst<T>(list: T[], fits: (one: T) => boolean): T | undefined {
  const index = list.findIndex(fits);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}
