import { DAY, HOUR } from '../../../src/kernel/clock.ts';
import type { ClaimedMessage } from '../../../src/sequence/port.ts';
import type { Effect } from './provider.ts';
import type { Moment } from './time.ts';

/** What the model knows of one address. Numbers are the order of acknowledgement among all that happened. */
export type Person = {
  readonly email: string;
  signups: { readonly signupId: string; readonly tick: boolean; readonly order: number; used: boolean }[];
  /** No step any more, until a tick of after it is pressed. */
  stepsStopped: number | null;
  unsubscribed: number | null;
  /** Bounced or complained: no email of any kind, for ever. */
  closed: number | null;
  paused: { readonly order: number; readonly until: number } | null;
};

/** What must not be begun any more, by id. */
export type Gone = {
  readonly erasedLeads: Map<string, number>;
  readonly removedSignups: Map<string, number>;
  /** "Only the document": its steps. */
  readonly declinedSignups: Map<string, number>;
};

/** `late_ok` is 10 calendar days in these stories; a try that ended without an answer may be repeated for 23 hours. */
const LATEST = 12 * DAY;

/** Why an email that was begun as number `order` ought not to have been; null: it was right. */
export function whyForbidden(
  message: ClaimedMessage,
  order: number,
  {
    person,
    gone,
    held,
    at,
  }: {
    readonly person: Person | undefined;
    readonly gone: Gone;
    readonly held: number | null;
    /** What the process takes for the present. */
    readonly at: number;
  },
): string | null {
  const isAfter = (stop: number | null | undefined) => stop !== null && stop !== undefined && stop < order;
  const isStep = message.kind === 'step';
  if (isStep && at - message.dueAt > LATEST) return 'it was too late';
  const signupId = message.signup?.signupId ?? '';
  if (isAfter(held)) return 'all emails were held';
  if (isAfter(gone.erasedLeads.get(message.lead.leadId))) return 'the lead was erased';
  if (isAfter(gone.removedSignups.get(signupId))) return 'the signup was removed';
  if (person === undefined) return 'nobody has this address';
  if (isAfter(person.closed)) return 'the mailbox was closed';
  if (isStep && isAfter(gone.declinedSignups.get(signupId))) return 'the sequence was declined';
  if (isStep && isAfter(person.stepsStopped)) return 'the sequence was stopped';
  if (isStep && isAfter(person.paused?.order) && (person.paused?.until ?? 0) > at) return 'it was paused';
  const isOlder = (person.signups.at(-1)?.order ?? 0) < (person.unsubscribed ?? 0);
  if (message.kind === 'reminder' && isAfter(person.unsubscribed) && isOlder) return 'she had unsubscribed';
  return null;
}

/** What the emails that got out say against the laws. `again`: how often the coach had a message sent again. */
export function judgeEffects(
  effects: readonly Effect[],
  order: readonly string[],
  again: ReadonlyMap<string, number>,
): { readonly broken: readonly string[]; readonly beyondTheClock: number } {
  const broken: string[] = [];
  let beyondTheClock = 0;
  const times = new Map<string, Effect[]>();
  for (const effect of effects) {
    const known = times.get(effect.messageId) ?? [];
    times.set(effect.messageId, [...known, effect]);
  }
  for (const [messageId, copies] of times) {
    if (copies.length <= 1 + (again.get(messageId) ?? 0)) continue;
    // A clock that was set back by more than the hour in hand hides how old a key is: nobody can know that from within.
    if (isHiddenByClock(copies)) beyondTheClock += 1;
    else broken.push(`${copies[0]?.step ?? ''} went out ${copies.length} times`);
  }
  const steps = effects.filter(({ step }) => order.includes(step));
  for (const leadId of new Set(steps.map((step) => step.leadId))) {
    const hers = steps.filter((step) => step.leadId === leadId);
    hers.forEach((later, index) => {
      const earlier = hers[index - 1];
      if (earlier === undefined || earlier.messageId === later.messageId) return;
      if (order.indexOf(later.step) < order.indexOf(earlier.step)) {
        broken.push(`${later.step} went out after ${earlier.step}`);
      }
    });
  }
  return { broken, beyondTheClock };
}

/** Two steps to one person within 20 true hours, unless the clock was set ahead by as much as is missing. */
export function burst(effects: readonly Effect[], order: readonly string[]): string | null {
  const last = new Map<string, Effect>();
  for (const effect of effects) {
    if (!order.includes(effect.step)) continue;
    const before = last.get(effect.leadId);
    if (before !== undefined && gapOf(before.at, effect.at) < 20 * HOUR) {
      return `${effect.step} came ${(gapOf(before.at, effect.at) / HOUR).toFixed(1)} hours after ${before.step}`;
    }
    last.set(effect.leadId, effect);
  }
  return null;
}

/** True milliseconds between two moments, and what the clock was set ahead by between them. */
function gapOf(from: Moment, to: Moment): number {
  return to.truth - from.truth + (to.setAhead - from.setAhead);
}

function isHiddenByClock(copies: readonly Effect[]): boolean {
  const [first, ...others] = copies;
  return others.some(
    ({ key, at }) =>
      first !== undefined &&
      key === first.key &&
      at.truth - first.at.truth >= 24 * HOUR &&
      at.setBack - first.begun.setBack >= HOUR,
  );
}
