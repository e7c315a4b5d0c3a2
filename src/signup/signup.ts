import { contentFor } from '../content/languages.ts';
import type { Consent, Content, Offer } from '../content/model.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { isThrowaway } from '../kernel/throwaway.ts';
import type { Attribution } from '../kernel/words.ts';
import type { SignupForm } from './form.ts';
import type { LimitScope, SignupStore } from './port.ts';
import type { WorkCheck } from './work.ts';

export type SignupParts = {
  readonly store: Pick<SignupStore, 'recordSignup' | 'consentWording'>;
  readonly content: () => Content;
  readonly clock: Clock;
  readonly random: Random;
  readonly work: WorkCheck;
  /** Tells the scheduler that an email may be waiting. */
  readonly wake: () => void;
};

export type SignupInput = {
  readonly offer: Offer;
  readonly form: SignupForm;
  /** IPv4 address or IPv6 /64. */
  readonly network: string;
  readonly attribution: Attribution;
};

export type SignupResult =
  /** The answer is the same for every address: new, known, stopped, or out of emails for today. */
  | {
      readonly kind: 'recorded';
      /** `unknown_sentence`: the box was ticked beside words that are not ours, so the tick counts for nothing. */
      readonly consent: 'as_ticked' | 'unknown_sentence';
    }
  /** Nothing was stored. `retryAt` in UTC milliseconds. */
  | { readonly kind: 'limited'; readonly scope: LimitScope; readonly retryAt: number };

/** What follows from a submitted form. The email itself leaves after this has answered. */
export async function signUp(parts: SignupParts, input: SignupInput): Promise<SignupResult> {
  const { form, offer } = input;
  const content = contentFor(parts.content(), offer.key);
  const sentence = await sentenceShown(parts, content.consent, form.consentVersion);
  const at = parts.clock.now();
  const outcome = await parts.store.recordSignup(
    {
      signupId: parts.random.uuid(),
      leadId: parts.random.uuid(),
      offer: offer.key,
      language: offer.language,
      email: form.email,
      firstName: form.firstName,
      consent: form.followUp ? sentence : null,
      place: `/${offer.key}`,
      timezone: form.timezone,
      network: input.network,
      attribution: input.attribution,
      throwaway: await isThrowaway(form.email),
      work: await parts.work.check(form.work, offer.key, at),
      held: form.honeypot,
      at,
    },
    content.site.limits,
    { messageId: parts.random.uuid() },
  );
  if (outcome.kind === 'limited') return outcome;
  if (outcome.mail === 'queued') parts.wake();
  const lost = form.followUp && sentence === null;
  return { kind: 'recorded', consent: lost ? 'unknown_sentence' : 'as_ticked' };
}

/** A form may have been loaded before the coach changed the sentence: what counts is what stood beside the box (GDPR, art. 7 (1)). */
async function sentenceShown(
  parts: SignupParts,
  current: Consent,
  version: string | null,
): Promise<Consent | null> {
  if (version === null || version === current.version) return current;
  const wording = await parts.store.consentWording(version);
  return wording === null ? null : { version, wording };
}
