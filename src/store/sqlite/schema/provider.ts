import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { TRY_OUTCOMES } from '../../../kernel/words.ts';
import { messages } from './ledger.ts';

/**
 * Append-only: one offer of a message to a provider. Written before the offer; the outcome stays null when the process died
 * in between. `after_event` is the newest event of that moment, so that "none after a stop" can be proven by order, whatever the clock did.
 */
export const tries = sqliteTable(
  'tries',
  {
    id: integer().primaryKey(),
    messageId: integer()
      .notNull()
      .references(() => messages.id),
    at: integer().notNull(),
    transport: text().notNull(),
    keyNumber: integer().notNull(),
    payloadSha256: text('payload_sha256').notNull(),
    afterEvent: integer().notNull(),
    endedAt: integer(),
    outcome: text({ enum: TRY_OUTCOMES }),
    providerId: text(),
    reason: text(),
  },
  (t) => [index('tries_by_message').on(t.messageId)],
);

/** Events of the provider that were applied, by the id that stays the same over its retries; kept for 7 days. */
export const providerEvents = sqliteTable(
  'provider_events',
  { eventId: text().primaryKey(), at: integer().notNull() },
  (t) => [index('provider_events_by_time').on(t.at)],
);
