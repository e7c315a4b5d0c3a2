import { sql } from 'drizzle-orm';
import { blob, check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { CLICK_ACTORS, EXIT_REASONS, MESSAGE_KINDS, MESSAGE_STATES } from '../../../kernel/words.ts';
import { leads, signups } from './people.ts';

/** A lead's way through a sequence. */
export const enrollments = sqliteTable(
  'enrollments',
  {
    id: integer().primaryKey(),
    enrollmentId: text().notNull().unique(),
    leadId: integer()
      .notNull()
      .references(() => leads.id),
    sequence: text().notNull(),
    state: text({ enum: ['active', 'paused', 'finished', 'stopped'] }).notNull(),
    exitReason: text({ enum: EXIT_REASONS }),
    pace: text({ enum: ['normal', 'fewer'] }).notNull(),
    pausedUntil: integer(),
    /** The signup whose press began it. */
    signupId: integer().references(() => signups.id),
    startedAt: integer().notNull(),
    endedAt: integer(),
  },
  (t) => [
    uniqueIndex('enrollments_once').on(t.leadId, t.sequence),
    index('enrollments_by_signup').on(t.signupId),
    index('enrollments_paused')
      .on(t.pausedUntil)
      .where(sql`state = 'paused'`),
    check('enrollments_state', sql`state in ('active', 'paused', 'finished', 'stopped')`),
  ],
);

/**
 * One email to one lead. `due_at` is when it ought to go, `ready_at` when it may be tried (after a failed try: later;
 * while claimed: when the lease runs out). `ended_at` is when it went out, or became terminal otherwise. The key that the
 * provider sees is made from `message_id`, so it is stable and as unique as that.
 */
export const messages = sqliteTable(
  'messages',
  {
    id: integer().primaryKey(),
    messageId: text().notNull().unique(),
    leadId: integer()
      .notNull()
      .references(() => leads.id),
    signupId: integer().references(() => signups.id),
    enrollmentId: integer().references(() => enrollments.id),
    kind: text({ enum: MESSAGE_KINDS }).notNull(),
    step: text().notNull(),
    request: integer().notNull(),
    state: text({ enum: MESSAGE_STATES }).notNull(),
    priority: integer().notNull(),
    dueAt: integer().notNull(),
    readyAt: integer().notNull(),
    leaseUntil: integer(),
    leaseToken: text(),
    attempts: integer().notNull().default(0),
    firstAttemptAt: integer(),
    payload: blob({ mode: 'buffer' }),
    subject: text(),
    providerId: text(),
    submittedAt: integer(),
    endedAt: integer(),
    reason: text(),
    plannedAt: integer().notNull(),
    /** 1, and one more each time the coach says "send again": only then may the provider see another key. */
    keyNumber: integer().notNull().default(1),
    /** Which of the step's two subjects, when there are two. */
    subjectChoice: text({ enum: ['a', 'b'] }),
    /** Slugs of the posts it lists, as JSON. */
    posts: text(),
    /** Of the step's file as it was composed from: first 12 hex digits of its SHA-256. */
    stepVersion: text(),
    /** When a doubt that nobody settled came to count as a submission. */
    doubtClosedAt: integer(),
    /** Of a made-up lead: out of every index the sender looks into. */
    demo: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    uniqueIndex('messages_step_once')
      .on(t.enrollmentId, t.step)
      .where(sql`enrollment_id is not null`),
    uniqueIndex('messages_signup_once')
      .on(t.signupId, t.step, t.request)
      .where(sql`signup_id is not null and enrollment_id is null`),
    uniqueIndex('messages_lead_once')
      .on(t.leadId, t.step, t.request)
      .where(sql`signup_id is null and enrollment_id is null`),
    index('messages_by_lead').on(t.leadId, t.kind),
    // For what hangs on a signup, and for the check of its foreign key when it is deleted: the unique one above is partial.
    index('messages_by_signup')
      .on(t.signupId)
      .where(sql`signup_id is not null`),
    index('messages_ready')
      .on(t.priority, t.readyAt)
      .where(sql`state in ('planned', 'claimed') and demo = 0`),
    index('messages_doubts')
      .on(t.endedAt)
      .where(sql`state = 'in_doubt' and doubt_closed_at is null and demo = 0`),
    // Holds all that the numbers of the steps count, so that no payload is read on the way to it.
    index('messages_numbers')
      .on(t.kind, t.step, t.subjectChoice, t.stepVersion, t.state)
      .where(sql`demo = 0`),
    index('messages_by_provider')
      .on(t.providerId)
      .where(sql`provider_id is not null`),
    check(
      'messages_state',
      sql`state in ('planned', 'claimed', 'submitted', 'delivered', 'bounced', 'complained', 'failed', 'skipped', 'cancelled', 'in_doubt')`,
    ),
  ],
);

/** A whole document handed over. */
export const downloads = sqliteTable(
  'downloads',
  {
    id: integer().primaryKey(),
    leadId: integer()
      .notNull()
      .references(() => leads.id),
    signupId: integer()
      .notNull()
      .references(() => signups.id),
    at: integer().notNull(),
    contentVersion: text().notNull(),
    sha256: text('sha256').notNull(),
    bytes: integer().notNull(),
  },
  (t) => [index('downloads_by_lead').on(t.leadId), index('downloads_by_signup').on(t.signupId)],
);

/** A press on a link in an email, by a person or by a machine that opens every link. */
export const clicks = sqliteTable(
  'clicks',
  {
    id: integer().primaryKey(),
    leadId: integer()
      .notNull()
      .references(() => leads.id),
    messageId: integer()
      .notNull()
      .references(() => messages.id),
    slug: text().notNull(),
    actor: text({ enum: CLICK_ACTORS }).notNull(),
    reason: text(),
    at: integer().notNull(),
    /** When nothing that follows can show any more that a machine did it; null once that is settled. */
    settleAt: integer(),
  },
  (t) => [
    index('clicks_by_lead').on(t.leadId),
    index('clicks_by_message').on(t.messageId),
    index('clicks_by_time').on(t.at),
    index('clicks_open')
      .on(t.settleAt)
      .where(sql`settle_at is not null`),
  ],
);

/** Append-only: what happened to a lead, for its timeline. `detail` is a JSON object without secrets. */
export const events = sqliteTable(
  'events',
  {
    /** Never used again, not even when the newest ones are erased: `tries.after_event` tells the order by it. */
    id: integer().primaryKey({ autoIncrement: true }),
    leadId: integer()
      .notNull()
      .references(() => leads.id),
    kind: text().notNull(),
    actor: text({ enum: ['person', 'scanner', 'system'] }).notNull(),
    at: integer().notNull(),
    detail: text(),
  },
  (t) => [
    index('events_by_lead').on(t.leadId),
    index('events_exits')
      .on(t.at)
      .where(sql`kind in ('lead.found_job', 'lead.booked_call')`),
  ],
);
