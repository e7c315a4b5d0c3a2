import type {
  Attribution,
  ExitReason,
  FollowUp,
  LeadStatus,
  MessageKind,
  MessageState,
} from '../kernel/words.ts';
import type { FunnelNumbers } from './numbers-port.ts';
import type { Timetable } from './timetable.ts';

/** A person who left an address. Instants are UTC milliseconds. */
export type Lead = {
  readonly leadId: string;
  readonly email: string;
  readonly firstName: string;
  readonly status: LeadStatus;
  readonly followUp: FollowUp;
  readonly exitReason: ExitReason | null;
  readonly pace: 'normal' | 'fewer';
  readonly pausedUntil: number | null;
  readonly timezone: string | null;
  readonly situation: string | null;
  readonly targetRole: string | null;
  readonly createdAt: number;
  readonly confirmedAt: number | null;
  readonly unsubscribedAt: number | null;
  /** Key of what began the sequence, to its end and until she confirms another; else of what she asked for last, of what she confirmed if she confirmed any. */
  readonly offer: string | null;
  /** In which she asked for it; null: that of the offer. */
  readonly language: string | null;
  readonly demo: boolean;
  /** The address is at a domain that gives mailboxes to throw away. */
  readonly throwaway: boolean;
};

/** One yes or its withdrawal, in the exact words that were shown. */
export type ConsentReceipt = {
  readonly kind: 'given' | 'withdrawn';
  readonly wording: string;
  readonly version: string;
  /** Path of the page where the box stood, or of the page where it was withdrawn. */
  readonly place: string;
  /** When the box was ticked; null for a withdrawal. */
  readonly tickedAt: number | null;
  /** When it took effect: the press for a yes, the act for a withdrawal. */
  readonly at: number;
};

export type PreferenceChange =
  | { readonly kind: 'pause'; readonly until: number }
  /** Ends a pause; where there is none, brings the usual pace back after `fewer`. */
  | { readonly kind: 'resume' }
  | { readonly kind: 'fewer' }
  | {
      readonly kind: 'stop';
      readonly reason: 'unsubscribed' | 'found_job' | 'booked_call' | 'stopped_by_coach';
    }
  | { readonly kind: 'rename'; readonly firstName: string };

/** A row of the CSV; names and order of the columns are in `leads/csv.ts`. */
export type LeadRow = {
  readonly leadId: string;
  readonly email: string;
  readonly firstName: string;
  readonly status: LeadStatus;
  readonly followUp: FollowUp;
  /** Keys of the offers asked for, in the order of asking. */
  readonly offers: readonly string[];
  readonly situation: string | null;
  readonly targetRole: string | null;
  readonly signedUpAt: number;
  readonly confirmedAt: number | null;
  readonly firstDownloadAt: number | null;
  readonly downloads: number;
  readonly emailsSent: number;
  readonly lastEmailAt: number | null;
  readonly clicks: number;
  readonly exitReason: ExitReason | null;
  readonly unsubscribedAt: number | null;
  readonly consentAt: number | null;
  readonly consentVersion: string | null;
  readonly timezone: string | null;
  readonly first: Pick<Attribution, 'source' | 'medium' | 'campaign' | 'referrer'>;
  readonly last: Pick<Attribution, 'source' | 'medium' | 'campaign' | 'referrer'>;
  /** As of a `Lead`; no column of the CSV. */
  readonly throwaway: boolean;
};

export type LeadFilter = {
  /** Part of the address or the name, any case. */
  readonly q?: string;
  readonly status?: LeadStatus;
  readonly offer?: string;
  /** `utm_source` of the first touch. */
  readonly source?: string;
  /** First UTC day of the signup, included: `YYYY-MM-DD`. */
  readonly from?: string;
  /** Last UTC day of the signup, included. */
  readonly to?: string;
};

/** Where the next page begins; opaque to callers. Pages run from the oldest signup to the newest, or back. */
export type LeadCursor = { readonly createdAt: number; readonly id: number };
export type LeadPage = { readonly rows: readonly LeadRow[]; readonly next: LeadCursor | null };

export type TimelineEntry = {
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly detail: string | null;
};
export type MessageView = {
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly step: string;
  readonly subject: string | null;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly dueAt: number;
  readonly submittedAt: number | null;
  /** When it went out, came to be in doubt, or became terminal otherwise; null while it is open. */
  readonly endedAt: number | null;
};

/** How much was removed of a person. */
export type Erasure = {
  readonly leads: number;
  readonly signups: number;
  readonly consents: number;
  readonly emails: number;
  readonly downloads: number;
  readonly clicks: number;
};

/** What this room asks of a store. Each method is one question or one atomic change. */
export interface LeadStore {
  findLead(leadId: string): Promise<Lead | null>;
  findLeadByEmail(email: string): Promise<Lead | null>;
  consentReceipts(leadId: string): Promise<readonly ConsentReceipt[]>;
  timeline(leadId: string): Promise<readonly TimelineEntry[]>;
  messagesOf(leadId: string): Promise<readonly MessageView[]>;
  /**
   * Carries out what the person (or the coach) asked for and cancels or moves what was planned, in one transaction.
   * A stop is acknowledged only after its line in the journal of stops is on the disk. `place` is the page's path.
   */
  changePreferences(
    leadId: string,
    change: PreferenceChange,
    context: { readonly at: number; readonly place: string; readonly timetable: Timetable },
  ): Promise<'changed' | 'unchanged' | 'no_lead'>;
  /** Plans an email with a 15-minute link to the data or to the erasure, at most one of each in 10 minutes. */
  requestDataLink(
    leadId: string,
    kind: 'data' | 'erase',
    message: { readonly messageId: string },
    at: number,
  ): Promise<'planned' | 'too_soon' | 'no_lead'>;
  /** Everything held about a lead, as plain JSON values (times as ISO 8601). */
  dataOf(leadId: string): Promise<Record<string, unknown> | null>;
  /** Removes all that is held and leaves a keyed hash. `false` when there was no such lead. */
  eraseLead(leadId: string, at: number): Promise<boolean>;
  /** The same by address, held signups included. Null: nothing was known of it, and nothing is changed. */
  eraseAddress(email: string, at: number): Promise<Erasure | null>;
  /** Keeps the keyed hash of an address of which nothing is known: an import of it is refused. */
  forbidAddress(email: string, at: number): Promise<void>;
  leadsPage(
    filter: LeadFilter,
    page: {
      readonly after: LeadCursor | null;
      readonly limit: number;
      readonly order: 'oldest' | 'newest';
      readonly demo?: boolean;
    },
  ): Promise<LeadPage>;
  /** How many leads a filter finds; for progress bars and headings. */
  countLeads(filter: LeadFilter): Promise<number>;
  funnelNumbers(range: { readonly from: number; readonly to: number }): Promise<FunnelNumbers>;
}
