import type { MessageState } from '../../kernel/words.ts';
import type { Ground } from './ground.ts';
import { changeState } from './messages.ts';
import type { MessageRecord } from './messages.ts';
import { messages } from './schema/ledger.ts';
import { wentOutAt } from './offers.ts';

/** What tells that an email went out: the provider's answer, its webhook, the coach. */
export type GoneOut = {
  readonly state: Extract<MessageState, 'submitted' | 'delivered' | 'bounced' | 'complained' | 'failed'>;
  /** When it went out, as far as is known. */
  readonly at: number;
  readonly providerId: string | null;
  readonly reason: string | null;
};

/**
 * Writes down that an email went out, whoever tells it first: the time and the lead's count once, the state as far forward as it
 * goes. Nobody holds a lease on it any more.
 */
export function markGoneOut(ground: Ground, message: MessageRecord, gone: GoneOut): void {
  const { state, at, providerId, reason } = gone;
  const first = message.submittedAt === null;
  const submittedAt = message.state === 'in_doubt' ? wentOutAt(ground, message, at) : at;
  const facts = {
    leaseToken: null,
    leaseUntil: null,
    providerId: message.providerId ?? providerId,
    ...(first ? { submittedAt, endedAt: submittedAt } : {}),
  };
  if (message.state === state) ground.rows.update(messages, message.id, facts);
  else changeState(ground, message, state, { ...facts, reason });
  if (first && message.doubtClosedAt === null) countEmail(ground, message.leadId, submittedAt);
}

/** One more email for the lead's numbers. */
export function countEmail(ground: Ground, leadId: number, at: number): void {
  ground
    .sql(
      'update leads set emails_sent = emails_sent + 1, last_email_at = max(coalesce(last_email_at, 0), ?) where id = ?',
    )
    .run(at, leadId);
}
