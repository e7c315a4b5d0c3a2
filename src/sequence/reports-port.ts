import type { Timetable } from '../leads/timetable.ts';

/** What the provider says became of an email, after it had taken it. */
export const REPORT_KINDS = [
  /** Handed on to the mailbox's server. */
  'sent',
  /** The mailbox's server has it. */
  'delivered',
  /** Not yet; the provider goes on trying. */
  'delayed',
  /** The mailbox refuses for good. */
  'bounced',
  /** It came back: a full mailbox, a server that is down. The next email may arrive. */
  'bounced_for_now',
  /** Its reader called it spam. */
  'complained',
  /** The provider could not send it, by a fault of its own or of the account's. */
  'failed',
  /** The provider keeps the address on a list of those it does not send to. */
  'suppressed',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** One event of the provider about one email, verified and tidied. */
export type ProviderReport = {
  /** The same over all repeats of one event. */
  readonly eventId: string;
  readonly kind: ReportKind;
  /** From the tag `message`; null when there is none. */
  readonly messageId: string | null;
  /** The provider's own id of the email. */
  readonly providerId: string | null;
  /** By the provider's clock, UTC milliseconds; null when it did not say. */
  readonly occurredAt: number | null;
  /** In the provider's words, short and without addresses. */
  readonly reason: string | null;
};

export type ReportOutcome =
  | 'applied'
  /** The same event came before. */
  | 'repeated'
  /** No email of ours, or of somebody who is erased. */
  | 'no_message';

/** What the provider's reports ask of a store. */
export interface ReportStore {
  /**
   * Applies an event once, whatever the order in which events come, and keeps its id for 7 days in the same transaction. The
   * message's state only moves forward; one that was still open is now known to have gone out, and what follows it is planned
   * (`reminder`, for a delivery; due a day later). A refusal for good, a complaint, a suppression and the third email in a row
   * that came back stop the lead.
   */
  applyReport(
    report: ProviderReport,
    context: {
      readonly at: number;
      readonly timetable: Timetable;
      readonly reminder: { readonly messageId: string; readonly dueAt: number };
    },
  ): Promise<ReportOutcome>;
}
