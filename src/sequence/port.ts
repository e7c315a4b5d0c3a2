import type { EnrollmentView, Timetable } from '../leads/timetable.ts';
import type { Choices, Reading } from '../mail/order.ts';
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
  /** An earlier try that the provider may have taken without our learning of it: a crash, a timeout, a broken answer. */
  readonly doubt: Doubt | null;
  /** The frozen email (UTF-8 JSON of `mail/email.ts` `Email`), null until it is composed for the first time. */
  readonly payload: Uint8Array | null;
  readonly dueAt: number;
  readonly lead: {
    readonly leadId: string;
    readonly email: string;
    readonly firstName: string;
    readonly timezone: string | null;
    /** Key of what the message is about; of a `Lead`, where it is about no signup. */
    readonly offer: string | null;
    /** In which it was asked for; null: that of the offer. */
    readonly language: string | null;
  };
  /** The signup it belongs to; for steps the one whose press began the enrollment; null for `data` and `erase`. */
  readonly signup: {
    readonly signupId: string;
    readonly offer: string;
    readonly email: string;
    readonly createdAt: number;
  } | null;
  readonly enrollment: EnrollmentView | null;
  /** For steps; null for what somebody asked for. */
  readonly reading: Reading | null;
};

/** The first of the tries whose outcome nobody knows, and the way out that it took. */
export type Doubt = { readonly since: number; readonly transport: string };

export type Claim =
  | { readonly kind: 'claimed'; readonly message: ClaimedMessage }
  /** Made terminal inside the claim: it must not go out any more. */
  | {
      readonly kind: 'skipped';
      readonly messageId: string;
      readonly step: string;
      readonly reason: string;
    }
  /** Not now (20 hours, a pause, the hour): moved to its next fitting time. */
  | {
      readonly kind: 'postponed';
      readonly messageId: string;
      readonly step: string;
      readonly until: number;
      readonly reason: string;
    };

/** What became of one try. */
export type SendOutcome =
  | { readonly kind: 'submitted'; readonly providerId: string | null }
  /** Same key, same bytes, later. `ambiguous`: this try may have been taken. */
  | { readonly kind: 'retry'; readonly at: number; readonly reason: string; readonly ambiguous: boolean }
  /** This row can never be accepted. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** The mailbox refuses for good: the lead is bounced. */
  | { readonly kind: 'bounced'; readonly reason: string }
  /** Nobody can tell whether it went out: never tried again by the machine. */
  | { readonly kind: 'in_doubt'; readonly reason: string }
  /** The account is at fault (`account`), the provider asks for patience (`rate`), or nobody answers (`unreachable`): the row waits, unchanged, and the sender pauses. Counts as no attempt. */
  | {
      readonly kind: 'pause';
      readonly cause: 'account' | 'rate' | 'unreachable';
      readonly until: number;
      readonly reason: string;
    };

/** Who claims: the server, of which there is one, or a passing `funnel send`. A lease token begins with it. */
export type LeaseHolder = 'serve' | 'send';

/** Why nothing is sent. Pauses by the account end by themselves; those by a restored database or the coach last until a person resumes. */
export type SenderPause =
  | {
      readonly kind: 'account' | 'rate' | 'unreachable';
      readonly until: number;
      readonly reason: string;
      readonly since: number;
    }
  | {
      readonly kind: 'restored' | 'coach';
      readonly until: null;
      readonly reason: string;
      readonly since: number;
    };

/** What this room asks of a store. Each method is one question or one atomic change. */
export interface SequenceStore {
  /**
   * Takes the first message that is due, by order of sending (delivery, renewal, data and erase first, then reminders, then steps;
   * within each by due time), with a lease. Consent, stops, suppression, lateness and the 20 hours are checked in the same transaction,
   * and before them what time alone decides (`catchUp`). A message whose lease has run out is due again. Demo leads are never touched.
   * Null: nothing is due.
   */
  claimNextDue(claim: {
    readonly now: number;
    readonly leaseMs: number;
    readonly leaseToken: string;
    readonly timetable: Timetable;
  }): Promise<Claim | null>;
  /**
   * The last look before an email leaves, and the line about it in the ledger: keeps the composed bytes (the first ones stay) and
   * writes down that a try begins. @returns the try's number, for `settle`; null: stopped or paused meanwhile, or the lease is lost: do not send.
   */
  beginTry(begun: {
    readonly messageId: string;
    readonly leaseToken: string;
    readonly payload: Uint8Array;
    readonly subject: string;
    readonly transport: string;
    /** Null when the bytes were kept by an earlier try. */
    readonly choices: Choices | null;
    readonly at: number;
  }): Promise<number | null>;
  /**
   * Writes what became of the try and plans what follows: the reminder after a delivery, the next
   * step after a terminal step; finishes the enrollment after the last. A submission is a fact: it is written even if the message was
   * cancelled, claimed by another process, or told of by the provider meanwhile.
   */
  settle(settlement: {
    readonly messageId: string;
    readonly leaseToken: string;
    /** Of `beginTry`; null when nothing was offered. */
    readonly tryNumber: number | null;
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
  /**
   * Carries out what time alone decides: a doubt that nobody settled for a day counts as a submission, a click whose window is over
   * becomes a person's, and one on the goal ends the sequence. Done within each claim as well. Tells how many things changed.
   */
  catchUp(now: number, timetable: Timetable): Promise<number>;
  /** When the next message may be due or something is to be caught up, UTC milliseconds; null when nothing waits. */
  nextDueAt(): Promise<number | null>;
  /** The pause in force; one that a person must end comes before one that ends by itself. */
  senderPause(now: number): Promise<SenderPause | null>;
  /** Stops all emails until `resumeSending`. The first reason stays. */
  holdSending(hold: {
    readonly kind: 'restored' | 'coach';
    readonly reason: string;
    readonly at: number;
  }): Promise<void>;
  /**
   * A person ends every pause. Steps that came due meanwhile are planned anew from now, one a lead, so that a long pause ends in no
   * burst and makes nobody stale. Tells how many were moved.
   */
  resumeSending(at: number, timetable: Timetable): Promise<number>;
  /**
   * The coach's word on a message in doubt: it arrived, or it is to be sent again, under a new key. `no_doubt`: it is not in doubt
   * (any more), or a later step went out, and this one would come out of its order.
   */
  settleDoubt(doubt: {
    readonly messageId: string;
    readonly word: 'arrived' | 'send_again';
    readonly at: number;
    readonly timetable: Timetable;
  }): Promise<'settled' | 'no_doubt'>;
  /** Ends a pause by the account early: for the one probe of a `send` pass. */
  probeAccount(at: number): Promise<void>;
  /** First live sending marks the database: from then on it refuses the file outbox. */
  markSentLive(at: number): Promise<void>;
  /** Messages due for longer than `overdueBy` milliseconds. */
  countOverdue(now: number, overdueBy: number): Promise<number>;
}
