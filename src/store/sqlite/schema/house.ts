import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const settings = sqliteTable('settings', { key: text().primaryKey(), value: text().notNull() });

/** Views per page and UTC day (`YYYY-MM-DD`); nothing about who looked. */
export const pageViews = sqliteTable(
  'page_views',
  { day: text().notNull(), path: text().notNull(), count: integer().notNull() },
  (t) => [primaryKey({ columns: [t.day, t.path] })],
);

/** Emails queued for a mailbox, by the keyed hash of its canonical address; kept for 30 days. */
export const addressMails = sqliteTable(
  'address_mails',
  {
    id: integer().primaryKey(),
    addressHash: text().notNull(),
    at: integer().notNull(),
    /** Public id of the signup; no reference, because the count outlives it. */
    signupId: text().notNull(),
    confirmed: integer({ mode: 'boolean' }).notNull().default(false),
    /** Nobody asked for this one: it counts for the day and for nothing else. */
    reminder: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [index('address_mails_by_address').on(t.addressHash, t.at)],
);

/** Counts per key and UTC minute (milliseconds / 60,000), for limits that look back an hour. `WITHOUT ROWID`, by hand in the migration. */
export const rateMinutes = sqliteTable(
  'rate_minutes',
  { key: text().notNull(), minute: integer().notNull(), count: integer().notNull() },
  (t) => [primaryKey({ columns: [t.key, t.minute] })],
);

/** Proofs of work that were used, by the sum's signature, until they would have expired. `WITHOUT ROWID`, by hand in the migration. */
export const spentWork = sqliteTable('spent_work', {
  workId: text().primaryKey(),
  until: integer().notNull(),
});

export const accounts = sqliteTable('accounts', {
  id: integer().primaryKey(),
  accountId: text().notNull().unique(),
  email: text().unique(),
  passwordHash: text().notNull(),
  createdAt: integer().notNull(),
  passwordChangedAt: integer().notNull(),
});

/** Keyed by the SHA-256 of the cookie's token: a stolen database opens no desk. */
export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text().primaryKey(),
    accountId: integer()
      .notNull()
      .references(() => accounts.id),
    createdAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
  },
  (t) => [index('sessions_by_account').on(t.accountId)],
);

export const wrongPasswords = sqliteTable(
  'wrong_passwords',
  { id: integer().primaryKey(), key: text().notNull(), at: integer().notNull() },
  (t) => [index('wrong_passwords_by_key').on(t.key, t.at)],
);

export const csvTokens = sqliteTable('csv_tokens', {
  accountId: integer()
    .primaryKey()
    .references(() => accounts.id),
  tokenHash: text().notNull().unique(),
  at: integer().notNull(),
});
