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

/** What the page about the funnel's health asks. */
export interface HealthStore extends Pick<SequenceStore, 'senderPause' | 'countOverdue'> {
  /** Proves by a small durable write that the disk takes more. */
  isWritable(): Promise<boolean>;
  facts(): Promise<{
    /** How many migrations have been applied. */
    readonly schemaVersion: number;
    readonly sqliteVersion: string;
    /** Rows of each table. */
    readonly rows: Readonly<Record<string, number>>;
  }>;
}
