/** One email, ready to go: the very bytes that are frozen in the ledger before the first try. */
export type Email = {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  /** When it was composed, UTC milliseconds; the `Date` of a written file. */
  readonly composedAt: number;
};

/** What a transport says of one try. Expected faults are values; only bugs throw. */
export type Submission =
  | { readonly kind: 'submitted'; readonly providerId: string | null }
  /** A passing fault, or nobody can tell: the same key and bytes may be offered again. `afterMs` when the provider said so. */
  | {
      readonly kind: 'try_again';
      readonly reason: string;
      readonly afterMs: number | null;
      /** True when the email may have been accepted (reset, timeout, broken answer). */
      readonly ambiguous: boolean;
    }
  /** Too many calls: everything waits for `afterMs`, and this try counts for nothing. */
  | { readonly kind: 'slow_down'; readonly reason: string; readonly afterMs: number }
  /** Nobody is there, for no email: nothing was offered, and everything waits for `afterMs`. */
  | { readonly kind: 'unreachable'; readonly reason: string; readonly afterMs: number }
  | { readonly kind: 'rejected'; readonly reason: string }
  /** The mailbox itself refuses for good (SMTP tells at once; Resend tells later by its webhook): the lead is bounced. */
  | { readonly kind: 'bounced'; readonly reason: string }
  /** The same key was used with other bytes: it was probably sent. */
  | { readonly kind: 'in_doubt'; readonly reason: string }
  /** The account is at fault (key, domain, quota): nothing can be sent for now. */
  | { readonly kind: 'account_fault'; readonly reason: string };

/** A way to get an email out. */
export interface Transport {
  readonly name: 'resend' | 'smtp' | 'outbox';
  /** True when real people may receive what is submitted. */
  readonly live: boolean;
  /**
   * True when the same key and bytes, offered again within 23 hours, never become a second email. Without it a try that ended
   * unknown is never repeated by the machine.
   */
  readonly honoursKeys: boolean;
  /** How long one try may take, in milliseconds; the sender's lease outlasts it. */
  readonly patience: number;
  submit(email: Email, idempotencyKey: string, signal: AbortSignal): Promise<Submission>;
}
