import type { Limits } from '../content/limits.ts';
import type { Timetable } from '../leads/timetable.ts';
import type { Attribution } from '../kernel/words.ts';
import type { Work } from './work.ts';

/** One submit of a form, tidied and checked. Instants are UTC milliseconds. */
export type NewSignup = {
  readonly signupId: string;
  /** For the lead that is made when the address is new. */
  readonly leadId: string;
  readonly offer: string;
  /** Of the offer. Her pages and emails are in it for good. */
  readonly language: string;
  /** The address as typed, trimmed; mail goes there. */
  readonly email: string;
  readonly firstName: string;
  /** The tick and the sentence it stood beside; null when unticked or when the sentence is not one of ours. */
  readonly consent: { readonly version: string; readonly wording: string } | null;
  /** Path of the page with the form. */
  readonly place: string;
  readonly timezone: string | null;
  /** IPv4 address or IPv6 /64 of the visitor. */
  readonly network: string;
  readonly attribution: Attribution;
  /** The address is at a domain that gives mailboxes to throw away; shown on the desk, and nothing else. */
  readonly throwaway: boolean;
  /** A sum that this visitor's browser has solved; it lifts the overall limit, once. */
  readonly work: Work | null;
  /** The honeypot was filled: kept 30 days, nothing is sent unless the coach releases it. */
  readonly held: boolean;
  readonly at: number;
};

/** The content's limits, as the store checks them. See `docs/settings.md`. */
export type SignupLimits = Limits;

export type SignupOutcome =
  /** Stored. `mail` says whether a delivery email was queued; the visitor is never told which. */
  | { readonly kind: 'recorded'; readonly mail: 'queued' | 'none' }
  /** Not stored. `retryAt` is the instant from which a new try is welcome. */
  | { readonly kind: 'limited'; readonly scope: LimitScope; readonly retryAt: number };

/** Which limit was met. `overall` can be lifted by work; not so the `ceiling`, where that has been used up too, nor the others, which protect somebody. */
export type LimitScope = 'network' | 'domain' | 'overall' | 'ceiling';

/** A signup as its own download page sees it. */
export type SignupView = {
  readonly signupId: string;
  readonly leadId: string;
  readonly offer: string;
  /** Null: that of the offer. */
  readonly language: string | null;
  readonly email: string;
  /** What the page shows: the lead's own name once confirmed, before that the one typed with this signup. */
  readonly firstName: string;
  readonly situation: string | null;
  readonly targetRole: string | null;
  readonly timezone: string | null;
  /** Consent ticked with this signup, and still usable: not declined since, no unsubscribe after it. */
  readonly followUp: { readonly wording: string; readonly version: string } | null;
  readonly createdAt: number;
  readonly confirmedAt: number | null;
  /** True while this lead's sequence is active or paused. */
  readonly inSequence: boolean;
  /** When the step of the sequence that waits is planned for; null when none is. */
  readonly nextStepAt: number | null;
  /** At least one step of it has gone out, or may have. */
  readonly hasFollowed: boolean;
};

export type Confirmation = {
  /** Null: the name stays as it is. */
  readonly firstName: string | null;
  /** Written as given, null included: who empties an answer takes it back. Likewise `targetRole`. */
  readonly situation: string | null;
  readonly targetRole: string | null;
  /** `follow_up=no`: only the document. */
  readonly declined: boolean;
  readonly enrollmentId: string;
  readonly place: string;
  readonly at: number;
  readonly timetable: Timetable;
};

/** What this room asks of a store. Each method is one question or one atomic change. */
export interface SignupStore {
  /**
   * Lead, signup, first touch, event and delivery message in one transaction, with all limits checked inside it: those of network,
   * domain and overall before anything is known of the address, so that the answer is the same for every address of a domain.
   * For a lead that exists already nothing but the signup and the message is written.
   */
  recordSignup(
    signup: NewSignup,
    limits: SignupLimits,
    delivery: { readonly messageId: string },
  ): Promise<SignupOutcome>;
  findSignup(signupId: string): Promise<SignupView | null>;
  /** The press. Idempotent; starts the sequence when the consent is usable, and never restarts one that is active or finished. */
  confirm(signupId: string, confirmation: Confirmation): Promise<'confirmed' | 'no_signup'>;
  /** A whole file was handed over. */
  recordDownload(download: {
    readonly signupId: string;
    readonly at: number;
    readonly contentVersion: string;
    readonly sha256: string;
    readonly bytes: number;
  }): Promise<void>;
  /**
   * Plans an email with a fresh link, within the address's limits. It counts for the others as well, but they do not stop it: whoever
   * has a link of ours has that inbox, and a flood of strangers' forms is no reason to leave her without.
   */
  renew(
    signupId: string,
    limits: SignupLimits,
    message: { readonly messageId: string },
    at: number,
  ): Promise<'planned' | 'limited' | 'no_signup'>;
  /**
   * "This was not me": cancels what waits and removes the signup, with those of the address that got no email of their own beside
   * it, and the lead if nothing else is held of her. No suppression.
   */
  removeSignup(signupId: string, at: number): Promise<'removed' | 'no_signup'>;
  /** Honeypot signups, the newest first. */
  heldSignups(limit: number): Promise<
    readonly {
      readonly signupId: string;
      readonly email: string;
      readonly firstName: string;
      readonly offer: string;
      readonly at: number;
    }[]
  >;
  /**
   * The coach says that a held signup is a person: it is treated as if it had just come in, within the address's limits.
   * Those of its network and domain and over all do not stop the coach.
   */
  releaseHeld(
    signupId: string,
    limits: SignupLimits,
    ids: { readonly leadId: string; readonly messageId: string },
    at: number,
  ): Promise<'released' | 'no_signup'>;
  /** Remembers a consent sentence by its version, so that a form loaded before an edit still counts. */
  rememberConsentWording(version: string, wording: string, at: number): Promise<void>;
  consentWording(version: string): Promise<string | null>;
  /** Adds views to a page's count of one UTC day (`YYYY-MM-DD`). */
  addPageViews(
    views: readonly { readonly day: string; readonly path: string; readonly count: number }[],
  ): Promise<void>;
  /**
   * Deletes held and unconfirmed signups of before the given instants, sessions and counters that are over. A signup's
   * time counts from the last link that was mailed for it: at first, by the coach's release, or by a renewal.
   */
  housekeep(limits: {
    readonly heldBefore: number;
    readonly unconfirmedBefore: number;
    readonly now: number;
  }): Promise<void>;
}
