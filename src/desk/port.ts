import type { MessageKind, MessageState } from '../kernel/words.ts';
import type { SequenceStore } from '../sequence/port.ts';

/** A desk account. One is enough for a coach; more come with a later issue. */
export type Account = {
  readonly accountId: string;
  readonly email: string | null;
  readonly passwordHash: string;
};

/** A signed-in browser. The cookie holds a random token; the store knows only its SHA-256. */
export type Session = {
  readonly accountId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
};

/** What this room asks of a store, beside what the leads' and the sequence's rooms ask. */
export interface DeskStore {
  accounts(): Promise<readonly Account[]>;
  /** Makes the account, or changes its password; ends all its sessions. Without `email` the only account, or a new one, is meant. */
  setPassword(change: {
    readonly accountId: string;
    readonly email: string | null;
    readonly passwordHash: string;
    readonly at: number;
  }): Promise<void>;
  startSession(session: {
    readonly tokenHash: string;
    readonly accountId: string;
    readonly at: number;
  }): Promise<void>;
  /** The session, if it is younger than 12 hours and was used within the last 30 minutes; touches it. */
  useSession(tokenHash: string, at: number): Promise<Session | null>;
  endSession(tokenHash: string): Promise<void>;
  /** Counts a wrong password for a key (network or account). */
  recordWrongPassword(key: string, at: number): Promise<void>;
  /** Wrong passwords of a key after an instant, and when the oldest of them was. */
  wrongPasswords(
    key: string,
    since: number,
  ): Promise<{ readonly count: number; readonly oldest: number | null }>;
  clearWrongPasswords(key: string): Promise<void>;
  /** Replaces the bearer token for the CSV; the store knows only its SHA-256. */
  setCsvToken(accountId: string, tokenHash: string, at: number): Promise<void>;
  csvTokenAccount(tokenHash: string): Promise<string | null>;
}

/** An email of which nobody can tell whether it went out, and whom it was for. Instants are UTC milliseconds. */
export type Doubt = {
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly step: string;
  readonly subject: string | null;
  readonly reason: string | null;
  /** A day later it counts as sent. */
  readonly since: number;
  /** When it came to count as sent; null as long as the day is not over. */
  readonly closedAt: number | null;
  readonly leadId: string;
  readonly firstName: string;
  /** The address it was for. */
  readonly email: string;
};

/** Somebody whose emails were stopped because they had fallen too far behind. */
export type StaleLead = {
  readonly leadId: string;
  readonly firstName: string;
  readonly email: string;
  readonly stoppedAt: number;
};

/** An email that was offered to the provider, as it stands now. */
export type RecentSend = {
  readonly messageId: string;
  readonly leadId: string;
  readonly firstName: string;
  readonly subject: string | null;
  /** Which of two subjects; null when the step had one. */
  readonly subjectChoice: 'a' | 'b' | null;
  readonly state: MessageState;
  readonly reason: string | null;
  /** Set on a doubt that nobody settled for a day. */
  readonly doubtClosedAt: number | null;
  /** Of the last try. */
  readonly at: number;
};

/** What the pages about the emails ask. Made-up leads are in none of the lists. */
export interface EmailsStore {
  /** Emails in doubt that wait for the coach's word, the oldest first. */
  openDoubts(limit: number): Promise<readonly Doubt[]>;
  /** Those of one lead, also the ones that count as sent since: the coach may still learn better. */
  doubtsOf(leadId: string): Promise<readonly Doubt[]>;
  /** Open ones that arose after `since` (UTC milliseconds). Cheap: a monitor may ask every second. */
  countDoubts(since: number): Promise<number>;
  /** The newest first. `since` in UTC milliseconds. */
  stoppedAsStale(since: number, limit: number): Promise<readonly StaleLead[]>;
  /** The last emails of a step that were offered to the provider, the newest first. */
  recentSends(kind: MessageKind, step: string, limit: number): Promise<readonly RecentSend[]>;
  /** Whose an email is, and how it stands. */
  messagePlace(messageId: string): Promise<{
    readonly leadId: string;
    readonly step: string;
    readonly state: MessageState;
    readonly doubtClosedAt: number | null;
  } | null>;
}

/** What the page about the funnel's health asks. */
export interface HealthStore
  extends Pick<SequenceStore, 'senderPause' | 'countOverdue'>, Pick<EmailsStore, 'countDoubts'> {
  /** Proves by a small durable write that the disk takes more. */
  isWritable(): Promise<boolean>;
  /** When the first lead signed up, UTC milliseconds; null when there is none, or made-up ones only. */
  firstLeadAt(): Promise<number | null>;
  setting(key: string): Promise<string | null>;
  facts(): Promise<{
    /** How many migrations have been applied. */
    readonly schemaVersion: number;
    readonly sqliteVersion: string;
    /** Rows of each table. */
    readonly rows: Readonly<Record<string, number>>;
  }>;
}
