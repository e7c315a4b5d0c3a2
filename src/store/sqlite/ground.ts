import { createHmac } from 'node:crypto';
import type Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { addressKey, limitKey } from '../../kernel/address.ts';
import { createCommit } from './commit.ts';
import type { Commit } from './commit.ts';
import type { StopJournal } from './journal.ts';
import { createRows } from './rows.ts';
import type { Rows } from './rows.ts';

/** What every act of this store stands on. */
export type Ground = {
  readonly raw: Database.Database;
  readonly rows: Rows;
  readonly commit: Commit;
  /** Runs at once what waits for the next turn. */
  readonly flush: () => void;
  readonly journal: StopJournal;
  /** A statement of our own SQL, prepared at its first use and kept. */
  sql<Row = unknown>(text: string): Database.Statement<unknown[], Row>;
  /** The keyed hash that stands for an address in suppressions and in the journal. */
  addressHash(email: string): string;
  /** The keyed hash that stands for a mailbox in limits. */
  mailboxHash(email: string): string;
};

/** @param suppressionKey made once with the database and never changed: old hashes must stay findable. */
export function createGround(raw: Database.Database, journal: StopJournal, suppressionKey: string): Ground {
  const prepared = new Map<string, Database.Statement<unknown[]>>();
  const keyed = (text: string) => createHmac('sha256', suppressionKey).update(text).digest('hex');
  const { commit, flush } = createCommit(raw, journal);
  return {
    raw,
    rows: createRows(raw, drizzle(raw, { casing: 'snake_case' })),
    commit,
    flush,
    journal,
    sql: <Row>(text: string) => {
      let statement = prepared.get(text);
      if (statement === undefined) {
        statement = raw.prepare<unknown[]>(text);
        prepared.set(text, statement);
      }
      return statement as Database.Statement<unknown[], Row>;
    },
    addressHash: (email) => keyed(addressKey(email)),
    mailboxHash: (email) => keyed(`mailbox ${limitKey(email)}`),
  };
}
