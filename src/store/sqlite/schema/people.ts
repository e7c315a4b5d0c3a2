import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { EXIT_REASONS, LEAD_STATUSES } from '../../../kernel/words.ts';

// Instants are UTC milliseconds. No cascades: what is deleted is deleted by name (see `remove.ts`), so that a rebuilt
// table in a migration can never take its children along in silence.

/** One person. The counters and `consent_*` are kept in step by the acts that change them, so that a page of 1,000 leads is one quick query. */
export const leads = sqliteTable(
  'leads',
  {
    id: integer().primaryKey(),
    leadId: text().notNull().unique(),
    email: text().notNull(),
    emailKey: text().notNull().unique(),
    firstName: text().notNull(),
    nameKey: text().notNull(),
    status: text({ enum: LEAD_STATUSES }).notNull(),
    timezone: text(),
    situation: text(),
    targetRole: text(),
    createdAt: integer().notNull(),
    confirmedAt: integer(),
    unsubscribedAt: integer(),
    /** The last stop of any kind: a tick of before it is no consent any more. */
    stoppedAt: integer(),
    exitReason: text({ enum: EXIT_REASONS }),
    consentAt: integer(),
    consentVersion: text(),
    downloads: integer().notNull().default(0),
    firstDownloadAt: integer(),
    emailsSent: integer().notNull().default(0),
    lastEmailAt: integer(),
    clicks: integer().notNull().default(0),
    demo: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    index('leads_by_time').on(t.createdAt, t.id),
    check(
      'leads_status',
      sql`status in ('unconfirmed', 'confirmed', 'unsubscribed', 'bounced', 'complained')`,
    ),
  ],
);

/** One submit of a form; never overwritten. What the form brought stays here until its own download page is pressed. */
export const signups = sqliteTable(
  'signups',
  {
    id: integer().primaryKey(),
    signupId: text().notNull().unique(),
    /** Null while held. */
    leadId: integer().references(() => leads.id),
    state: text({ enum: ['accepted', 'held'] }).notNull(),
    offer: text().notNull(),
    /** Of the offer, as it was then: its files may be gone. Null: not remembered yet. */
    language: text(),
    email: text().notNull(),
    firstName: text().notNull(),
    followUp: integer({ mode: 'boolean' }).notNull(),
    consentVersion: text().references(() => consentWordings.version),
    place: text().notNull(),
    timezone: text(),
    /** Shortened (`shortNetwork`): it tells a flood's direction and nobody's line. */
    network: text().notNull(),
    /** The domain was on the list of those that give mailboxes to throw away. */
    throwaway: integer({ mode: 'boolean' }).notNull().default(false),
    source: text(),
    medium: text(),
    campaign: text(),
    term: text(),
    content: text(),
    referrer: text(),
    createdAt: integer().notNull(),
    confirmedAt: integer(),
    declinedAt: integer(),
    consentUsedAt: integer(),
  },
  (t) => [
    index('signups_by_lead').on(t.leadId),
    index('signups_by_time').on(t.createdAt),
    index('signups_open')
      .on(t.state, t.createdAt)
      .where(sql`confirmed_at is null`),
    check('signups_state', sql`state in ('accepted', 'held')`),
  ],
);

/** Every sentence that ever stood beside the box, by its version. */
export const consentWordings = sqliteTable('consent_wordings', {
  version: text().primaryKey(),
  wording: text().notNull(),
  at: integer().notNull(),
});

/** Append-only: a yes or its withdrawal, in the exact words shown. */
export const consents = sqliteTable(
  'consents',
  {
    id: integer().primaryKey(),
    leadId: integer()
      .notNull()
      .references(() => leads.id),
    signupId: integer().references(() => signups.id),
    kind: text({ enum: ['given', 'withdrawn'] }).notNull(),
    wording: text().notNull(),
    version: text().notNull(),
    place: text().notNull(),
    tickedAt: integer(),
    at: integer().notNull(),
  },
  (t) => [index('consents_by_lead').on(t.leadId), index('consents_by_signup').on(t.signupId)],
);

export const attributions = sqliteTable(
  'attributions',
  {
    id: integer().primaryKey(),
    leadId: integer()
      .notNull()
      .references(() => leads.id),
    touch: text({ enum: ['first', 'last'] }).notNull(),
    source: text(),
    medium: text(),
    campaign: text(),
    term: text(),
    content: text(),
    referrer: text(),
    at: integer().notNull(),
  },
  (t) => [uniqueIndex('attributions_once').on(t.leadId, t.touch)],
);

/** Addresses that must not be mailed, as keyed hashes; in force while `lifted_at` is null. */
export const suppressions = sqliteTable(
  'suppressions',
  {
    id: integer().primaryKey(),
    addressHash: text().notNull(),
    reason: text({ enum: ['unsubscribed', 'bounced', 'complained', 'erased'] }).notNull(),
    at: integer().notNull(),
    liftedAt: integer(),
  },
  (t) => [uniqueIndex('suppressions_once').on(t.addressHash, t.reason)],
);
