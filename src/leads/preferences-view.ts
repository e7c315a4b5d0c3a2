import type { Content } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import { maskAddress } from '../kernel/address.ts';
import { momentPlace, tellDate, tellDay, tellDayAhead, tellMoment } from './moments.ts';
import type { MomentPlace } from './moments.ts';
import { pauseChoices, pauseRange } from './pause.ts';
import type { ConsentReceipt, Lead, MessageView } from './port.ts';
import { PREFERENCE_ACTIONS } from './preferences.ts';
import type { PreferenceAction, PreferenceFields, PreferenceProblem } from './preferences.ts';

/** What the page is made from. */
export type PreferencesInput = {
  readonly content: Content;
  readonly lead: Lead;
  readonly receipts: readonly ConsentReceipt[];
  readonly messages: readonly MessageView[];
  readonly now: number;
  /** Which notice of a carried-out wish to show; anything but a known word shows none. */
  readonly done: string | null;
  readonly problem: PreferenceProblem | null;
  /** Typed values, kept when something was wrong with them. */
  readonly typed: PreferenceFields;
};

/** A consent receipt in ready words. */
export type ReceiptView = {
  readonly kind: ConsentReceipt['kind'];
  /** Null where they are those of the receipt before it. */
  readonly wording: string | null;
  readonly version: string;
  readonly place: string;
  readonly ticked: string | null;
  readonly at: string;
};

export type PreferencesView = {
  /** The full address stays hidden: emails are forwarded, and this page is linked in each. */
  readonly address: string;
  readonly notice: string | null;
  readonly errors: readonly { readonly field: PreferenceProblem['field']; readonly text: string }[];
  readonly fieldErrors: Partial<Readonly<Record<PreferenceProblem['field'], string>>>;
  readonly state: string;
  readonly next: string | null;
  readonly slow: boolean;
  /** She has stopped them, and a new tick would bring them back. */
  readonly hasStopped: boolean;
  readonly offers: Readonly<Record<'pause' | 'resume' | 'usualPace' | 'fewer' | 'end' | 'stop', boolean>>;
  readonly firstName: string;
  readonly until: string;
  readonly pause: {
    readonly first: string;
    readonly last: string;
    readonly hint: string;
    /** Pauses of one press: the day, as a form sends it, and its names. */
    readonly choices: readonly { readonly until: string; readonly label: string; readonly day: string }[];
  };
  readonly receipts: readonly ReceiptView[];
  readonly hold: readonly string[];
};

/** Everything the preferences page shows, in the lead's own zone; decides, so that the template need not. */
export function preferencesView(input: PreferencesInput): PreferencesView {
  const { content, lead, typed } = input;
  const { site } = content;
  const words = content.words.personal;
  const place = momentPlace(lead.timezone, site);
  const range = pauseRange(input.now, place.timeZone);
  const told = { first: tellDate(range.first, site.locale), last: tellDate(range.last, site.locale) };
  const errors =
    input.problem === null
      ? []
      : [{ field: input.problem.field, text: say(words.errors[input.problem.kind], told) }];
  const running = lead.followUp === 'active' || lead.followUp === 'paused';
  const sent = input.messages.filter((message) => message.submittedAt !== null).length;
  return {
    address: maskAddress(lead.email),
    notice: noticeOf(input, place),
    errors,
    fieldErrors: Object.fromEntries(errors.map((error) => [error.field, error.text])),
    state: stateOf(input, place),
    next: nextOf(input, place),
    slow: running && lead.pace === 'fewer',
    hasStopped: lead.followUp === 'stopped' || lead.status === 'unsubscribed',
    offers: {
      pause: running,
      resume: lead.followUp === 'paused',
      usualPace: lead.followUp === 'active' && lead.pace === 'fewer',
      fewer: running && lead.pace === 'normal',
      end: running,
      stop: lead.status !== 'unsubscribed' && lead.followUp !== 'stopped',
    },
    firstName: typed['first_name'] ?? lead.firstName,
    until: typed['until'] ?? '',
    pause: {
      ...range,
      hint: say(words.preferences.pause_hint, told),
      choices: pauseChoices(input.now, place.timeZone).map(({ kind, until }) => ({
        until,
        label: words.preferences.pause_for[kind],
        day: say(words.preferences.pause_until, { date: tellDate(until, site.locale) }),
      })),
    },
    receipts: input.receipts.map((receipt, at, all) => receiptView(receipt, all[at - 1], place)),
    hold: words.preferences.hold.map((line) =>
      say(line, { date: tellDay(lead.createdAt, place), emails: sent }),
    ),
  };
}

function noticeOf({ content, lead, done }: PreferencesInput, place: MomentPlace): string | null {
  const words = content.words.personal.preferences.done;
  const known: readonly Done[] = [...PREFERENCE_ACTIONS, 'unchanged'];
  const word = known.find((one) => one === done);
  if (word === undefined || !isTrueOf(lead, word)) return null;
  const date = lead.pausedUntil === null ? '' : tellDayAhead(lead.pausedUntil, place);
  return say(words[word], { address: maskAddress(lead.email), name: lead.firstName, date });
}

type Done = PreferenceAction | 'unchanged';

/** The address of a page with a notice may be opened again when something else holds by now. */
function isTrueOf({ followUp, pace, pausedUntil }: Lead, done: Done): boolean {
  const running = followUp === 'active' || followUp === 'paused';
  switch (done) {
    case 'pause':
      return followUp === 'paused' && pausedUntil !== null;
    case 'resume':
      return followUp === 'active';
    case 'fewer':
      return running && pace === 'fewer';
    case 'stop':
    case 'found_job':
    case 'booked_call':
      return !running;
    case 'rename':
    case 'request_data':
    case 'request_erase':
    case 'unchanged':
      return true;
  }
}

function stateOf({ content, lead }: PreferencesInput, place: MomentPlace): string {
  const words = content.words.personal.preferences.state;
  return lead.followUp === 'paused' && lead.pausedUntil !== null
    ? say(words.paused_until, { date: tellDayAhead(lead.pausedUntil, place) })
    : words[lead.followUp];
}

/** The planned step, as far as the calendar knows it: a later stop, or the 20 hours between two emails, may move it. */
function nextOf({ content, lead, messages }: PreferencesInput, place: MomentPlace): string | null {
  if (lead.followUp !== 'active') return null;
  const planned = messages.find((message) => message.kind === 'step' && message.state === 'planned');
  if (planned === undefined) return null;
  return say(content.words.personal.preferences.next, { date: tellDayAhead(planned.dueAt, place) });
}

function receiptView(
  receipt: ConsentReceipt,
  before: ConsentReceipt | undefined,
  place: MomentPlace,
): ReceiptView {
  return {
    kind: receipt.kind,
    wording: receipt.wording === before?.wording ? null : receipt.wording,
    version: receipt.version,
    place: receipt.place,
    ticked: receipt.tickedAt === null ? null : tellMoment(receipt.tickedAt, place),
    at: tellMoment(receipt.at, place),
  };
}
