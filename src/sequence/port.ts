import type { EnrollmentView, Timetable } from '../leads/timetable.ts';
import type { MessageKind } from '../kernel/words.ts';

/** One message that this process may send now, and all that is needed to write it. Instants are UTC milliseconds. */
export type ClaimedMessage = {
  readonly messageId: string;
  readonly kind: MessageKind;
  /** `delivery`, `renewal`, `reminder`, `data`, `erase`, or the step's key. */
  readonly step: string;
  readonly idempotencyKey: string;
  readonly leaseToken: string;
  /** Tries begun before this one. */
  readonly attempts: number;
  readonly firstAttemptAt: number | null;
  /** The frozen email (UTF-8 JSON of `mail/email.ts` `Email`), null until it is composed for the first time. */
  readonly payload: Uint8Array | null;
  readonly dueAt: number;
  readonly lead: {
    readonly leadId: string;
    readonly email: string;
    readonly firstName: string;
    readonly timezone: string | null;
  };
  /** The signup it belongs to; for steps the one whose press began the enrollment; null for `data` and `erase`. */
  readonly signup: {
    readonly signupId: string;
    readonly offer: string;
    readonly email: string;
    readonly createdAt: number;
  } | null;
  readonly enrollment: EnrollmentView | null;
};

export type Claim =
  | { readonly kind: 'claimed'; readonly message: ClaimedMessage }
  /** Made terminal inside the claim: it must not go out any more. */
  | {
      readonly kind: 'skipped';
      readonly messageId: string;
      readonly step: string;
      readonly reason: string;
    }
  /** Less than 20 hours after the lead's last sequence email: moved to its next fitting time. */
  | {
      readonly kind: 'postponed';
      readonly messageId: string;
      readonly step: string;
      readonly until: number;
    };

/** What became of one try. */
export type SendOutcome =
  | { readonly kind: 'submitted'; readonly providerId: string | null }
  /** Same key, same bytes, later. */
  | { readonly kind: 'retry'; readonly at: number; readonly reason: string }
  /** This row can never be accepted. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Nobody can tell whether it went out: never tried again by the machine. */
  | { readonly kind: 'in_doubt'; readonly reason: string }
  /** The account is at fault: the row waits, unchanged, and the sender pauses until the instant. Counts as no attempt. */
  | { readonly kind: 'pause'; readonly until: number; readonly reason: string };

/** Who claims: the server, of which there is one, or a passing `funnel send`. A lease token begins with it. */
export type LeaseHolder = 'serve' | 'send';

export type SenderPause = { readonly until: number; readonly reason: string; readonly since: number };

/** What this room asks of a store. Each method is one question or one atomic change. */
export interface SequenceStore {
  /**
   * Takes the first message that is due, by order of sending (delivery, renewal, data and erase first, then reminders, then steps;
   * within each by due time), with a lease. Consent, stops, suppression and the 20 hours are checked in the same transaction.
   * A message whose lease has run out is due again. Demo leads are never touched. Null: nothing is due.
   */
  claimNextDue(claim: {
    readonly now: number;
    readonly leaseMs: number;
    readonly leaseToken: string;
    readonly timetable: Timetable;
  }): Promise<Claim | null>;
  /** Keeps the composed bytes before the first try. `false`: the message was stopped or the lease is lost; do not send. */
  freeze(frozen: {
    readonly messageId: string;
    readonly leaseToken: string;
    readonly payload: Uint8Array;
    readonly subject: string;
    readonly at: number;
  }): Promise<boolean>;
  /**
   * Writes what became of the try and plans what follows: the reminder (`reminderId`, due a day later) after a delivery, the next
   * step after a terminal step; finishes the enrollment after the last. A submission is written even if the message was cancelled meanwhile.
   */
  settle(settlement: {
    readonly messageId: string;
    readonly leaseToken: string;
    readonly outcome: SendOutcome;
    readonly at: number;
    readonly timetable: Timetable;
    readonly reminder: { readonly messageId: string; readonly dueAt: number } | null;
  }): Promise<'settled' | 'lease_lost'>;
  /**
   * Gives back what a holder claimed and can no longer send, because its process is gone: due again at once, under the same key
   * and with the same bytes. Only for a holder of which there is never more than one alive. Tells how many.
   */
  releaseLeases(holder: LeaseHolder, now: number): Promise<number>;
  /** When the next message may be due, UTC milliseconds; null when none waits. */
  nextDueAt(): Promise<number | null>;
  senderPause(now: number): Promise<SenderPause | null>;
  /** First live sending marks the database: from then on it refuses the file outbox. */
  markSentLive(at: number): Promise<void>;
  /** Messages due for longer than `overdueBy` milliseconds. */
  countOverdue(now: number, overdueBy: number): Promise<number>;
}
