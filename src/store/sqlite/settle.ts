import { mayBecome } from '../../kernel/ledger.ts';
import type { SendOutcome, SequenceStore } from '../../sequence/port.ts';
import { closeMailbox } from './close-mailbox.ts';
import { enrollmentOf, planNext } from './enrollments.ts';
import { recordEvent } from './events.ts';
import { markGoneOut } from './gone-out.ts';
import type { Ground } from './ground.ts';
import { changeState } from './messages.ts';
import type { MessageRecord } from './messages.ts';
import { planReminder } from './reminder.ts';
import { messages } from './schema/ledger.ts';
import { leads } from './schema/people.ts';
import { endPause, pauseSender } from './pauses.ts';
import { mayHaveGone } from './offers.ts';
import { endTry } from './tries.ts';

type Settlement = Parameters<SequenceStore['settle']>[0];
type Submitted = Extract<SendOutcome, { kind: 'submitted' }>;
type Ended = Extract<SendOutcome, { kind: 'rejected' | 'bounced' | 'in_doubt' }>;

export function settleActs(ground: Ground): Pick<SequenceStore, 'settle'> {
  return { settle: async (settlement) => await ground.commit(() => settle(ground, settlement)) };
}

function settle(ground: Ground, settlement: Settlement): 'settled' | 'lease_lost' {
  const { outcome, tryNumber, at } = settlement;
  if (tryNumber !== null) endTry(ground, tryNumber, outcome, at);
  // What is at fault is not this message, so it is written whatever became of the lease.
  if (outcome.kind === 'pause') pauseSender(ground, outcome, at);
  const message = ground.rows.find(messages, messages.messageId, settlement.messageId);
  if (message === undefined) return 'lease_lost';
  if (outcome.kind === 'submitted') {
    submit(ground, message, outcome, settlement);
    return 'settled';
  }
  if (message.leaseToken !== settlement.leaseToken) return 'lease_lost';
  switch (outcome.kind) {
    case 'rejected':
    case 'bounced':
    case 'in_doubt':
      end(ground, message, outcome, settlement);
      break;
    case 'retry':
      if (message.state === 'cancelled' && outcome.ambiguous) {
        const reason = `${outcome.reason}, and then: ${message.reason ?? 'stopped'}`;
        end(ground, message, { kind: 'in_doubt', reason }, settlement);
      } else wait(ground, message, { readyAt: outcome.at, reason: outcome.reason, given: 0 });
      break;
    case 'pause':
      wait(ground, message, {
        readyAt: afterPause(message, outcome),
        reason: outcome.reason,
        given: tryNumber === null ? 0 : 1,
      });
      break;
  }
  return 'settled';
}

/** Back into the queue. `given` tries are given back. One that was stopped meanwhile stays stopped. */
function wait(
  ground: Ground,
  message: MessageRecord,
  back: { readonly readyAt: number; readonly reason: string; readonly given: 0 | 1 },
): void {
  const attempts = message.attempts - back.given;
  const counts = { attempts, firstAttemptAt: attempts === 0 ? null : message.firstAttemptAt };
  const released = { ...counts, leaseToken: null, leaseUntil: null };
  if (message.state !== 'claimed') ground.rows.update(messages, message.id, released);
  else changeState(ground, message, 'planned', { ...released, readyAt: back.readyAt, reason: back.reason });
}

/**
 * When a message that met a pause is ready again. Where the account is at fault, another one that waits is the next probe: a fault
 * that hangs on one message must not stop the others for good.
 */
function afterPause(
  { dueAt }: MessageRecord,
  { cause, until }: Extract<SendOutcome, { kind: 'pause' }>,
): number {
  // `probeAccount` makes it ready for a `send` pass.
  return cause === 'account' ? until + 1 : dueAt;
}

/** The provider took it. That is so even if a stop, another process or the provider's own word came in between. */
function submit(
  ground: Ground,
  message: MessageRecord,
  { providerId }: Submitted,
  settlement: Settlement,
): void {
  const { at } = settlement;
  endPause(ground, at);
  const wasCancelled = message.state === 'cancelled';
  const reason = wasCancelled ? 'cancelled while under way' : null;
  // Its webhook was faster, and may have told more than that it was taken.
  const state = mayBecome(message.state, 'submitted') ? 'submitted' : null;
  if (state !== null) markGoneOut(ground, message, { state, at, providerId, reason });
  else if (message.providerId === null) ground.rows.update(messages, message.id, { providerId });
  const { leadId, step, submittedAt } = message;
  if (submittedAt === null)
    recordEvent(ground, {
      leadId,
      kind: 'message.submitted',
      actor: 'system',
      at,
      detail: { step, reason },
    });
  if (message.kind === 'delivery') planReminder(ground, message, settlement.reminder, at);
  if (!wasCancelled) planAfter(ground, message, settlement);
}

function end(ground: Ground, message: MessageRecord, outcome: Ended, settlement: Settlement): void {
  const { at } = settlement;
  const { leadId, step, state } = message;
  // The answer is about this key; a copy under an earlier one may have gone out.
  const mayHaveCopy = outcome.kind === 'rejected' && mayHaveGone(ground, message.id, message.keyNumber);
  const to = mayHaveCopy ? 'in_doubt' : outcome.kind === 'rejected' ? 'failed' : outcome.kind;
  const isStopped = state === 'cancelled' && to === 'failed';
  // A cancelled one that never left stays cancelled; what its webhook told already stays as well.
  if (isStopped || !mayBecome(state, to)) {
    ground.rows.update(messages, message.id, { leaseToken: null, leaseUntil: null });
    return;
  }
  const { reason } = outcome;
  changeState(ground, message, to, { reason, leaseToken: null, leaseUntil: null, endedAt: at });
  recordEvent(ground, { leadId, kind: `message.${to}`, actor: 'system', at, detail: { step, reason } });
  const lead = ground.rows.find(leads, leads.id, leadId);
  if (to === 'bounced' && lead !== undefined) closeMailbox(ground, lead, 'bounced', { at, place: '/' });
  if (to === 'in_doubt' && message.kind === 'delivery')
    planReminder(ground, message, settlement.reminder, at);
  // A doubt is open for a day: the provider or the coach may settle it before the next step is planned.
  if (to === 'failed') planAfter(ground, message, settlement);
}

function planAfter(ground: Ground, message: MessageRecord, { at, timetable }: Settlement): void {
  if (message.enrollmentId === null) return;
  const lead = ground.rows.find(leads, leads.id, message.leadId);
  const enrollment = enrollmentOf(ground, message.leadId);
  if (lead !== undefined && enrollment !== undefined) planNext(ground, enrollment, lead, timetable, at);
}
