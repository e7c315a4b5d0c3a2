import type { SendOutcome, SequenceStore } from '../../sequence/port.ts';
import { enrollmentOf, planNext } from './enrollments.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { planMessage } from './messages.ts';
import type { MessageRecord } from './messages.ts';
import { messages } from './schema/ledger.ts';
import { leads, signups } from './schema/people.ts';
import { pauseSender } from './sender-state.ts';

type Settlement = Parameters<SequenceStore['settle']>[0];
type Terminal = Extract<SendOutcome, { kind: 'submitted' | 'rejected' | 'in_doubt' }>;

export function settleActs(ground: Ground): Pick<SequenceStore, 'freeze' | 'settle'> {
  return {
    freeze: async (frozen) => await ground.commit(() => freeze(ground, frozen)),
    settle: async (settlement) => await ground.commit(() => settle(ground, settlement)),
  };
}

/** The first bytes stay: the same key with other bytes is an error at the provider. */
function freeze(ground: Ground, frozen: Parameters<SequenceStore['freeze']>[0]): boolean {
  const { messageId, leaseToken, payload, subject, at } = frozen;
  const kept = ground
    .sql(
      `update messages set payload = coalesce(payload, :payload), subject = coalesce(subject, :subject),
         first_attempt_at = coalesce(first_attempt_at, :at)
       where message_id = :messageId and lease_token = :leaseToken and state = 'claimed' and lease_until > :at`,
    )
    .run({ messageId, leaseToken, payload, subject, at });
  return kept.changes === 1;
}

function settle(ground: Ground, settlement: Settlement): 'settled' | 'lease_lost' {
  const message = ground.rows.find(messages, messages.messageId, settlement.messageId);
  if (message === undefined || message.leaseToken !== settlement.leaseToken) return 'lease_lost';
  const { outcome } = settlement;
  switch (outcome.kind) {
    case 'submitted':
    case 'in_doubt':
    case 'rejected':
      end(ground, message, outcome, settlement);
      break;
    case 'retry':
      wait(ground, message, { readyAt: outcome.at, reason: outcome.reason, given: 0 });
      break;
    case 'pause':
      pauseSender(ground, outcome.until, outcome.reason, settlement.at);
      wait(ground, message, { readyAt: message.dueAt, reason: outcome.reason, given: 1 });
      break;
  }
  return 'settled';
}

/** Back into the queue. `given` tries are given back. One that was cancelled meanwhile stays cancelled. */
function wait(
  ground: Ground,
  message: MessageRecord,
  back: { readyAt: number; reason: string; given: 0 | 1 },
): void {
  ground
    .sql(
      `update messages set
         ready_at = case state when 'claimed' then :readyAt else ready_at end,
         reason = case state when 'claimed' then :reason else reason end,
         state = case state when 'claimed' then 'planned' else state end,
         attempts = attempts - :given,
         first_attempt_at = case when attempts - :given = 0 then null else first_attempt_at end,
         lease_token = null, lease_until = null
       where id = :id`,
    )
    .run({ ...back, id: message.id });
}

function end(
  ground: Ground,
  message: MessageRecord,
  outcome: Terminal,
  { at, timetable, reminder }: Settlement,
): void {
  const { id, leadId, step } = message;
  const wasCancelled = message.state === 'cancelled';
  const mayHaveGone = outcome.kind !== 'rejected';
  if (wasCancelled && !mayHaveGone) {
    ground.sql('update messages set lease_token = null, lease_until = null where id = ?').run(id);
    return;
  }
  const reason =
    outcome.kind === 'submitted' ? (wasCancelled ? 'cancelled while under way' : null) : outcome.reason;
  const state = outcome.kind === 'rejected' ? 'failed' : outcome.kind;
  ground.rows.update(messages, id, {
    state,
    reason,
    leaseToken: null,
    leaseUntil: null,
    endedAt: at,
    submittedAt: outcome.kind === 'submitted' ? at : null,
    providerId: outcome.kind === 'submitted' ? outcome.providerId : null,
  });
  if (outcome.kind === 'submitted') {
    ground
      .sql('update leads set emails_sent = emails_sent + 1, last_email_at = ? where id = ?')
      .run(at, leadId);
  }
  recordEvent(ground, { leadId, kind: `message.${state}`, actor: 'system', at, detail: { step, reason } });
  if (mayHaveGone && message.kind === 'delivery') planReminder(ground, message, reminder, at);
  const lead = ground.rows.find(leads, leads.id, leadId);
  const enrollment = message.enrollmentId === null ? undefined : enrollmentOf(ground, leadId);
  if (!wasCancelled && lead !== undefined && enrollment !== undefined)
    planNext(ground, enrollment, lead, timetable, at);
}

/** One reminder for a signup, unless the button was pressed already. */
function planReminder(
  ground: Ground,
  delivery: MessageRecord,
  reminder: Settlement['reminder'],
  at: number,
): void {
  const { leadId, signupId } = delivery;
  const signup = signupId === null ? undefined : ground.rows.find(signups, signups.id, signupId);
  if (reminder === null || signup === undefined || signup.confirmedAt !== null) return;
  planMessage(ground, {
    ...reminder,
    leadId,
    signupId: signup.id,
    kind: 'reminder',
    step: 'reminder',
    request: 1,
    at,
  });
}
