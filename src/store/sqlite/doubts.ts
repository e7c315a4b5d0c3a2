import { SEQUENCE_GAP } from '../../kernel/ledger.ts';
import type { SequenceStore } from '../../sequence/port.ts';
import { catchUp, nextCatchUpAt } from './catch-up.ts';
import { enrollmentOf, planNext, viewOf } from './enrollments.ts';
import type { EnrollmentRecord } from './enrollments.ts';
import { recordEvent } from './events.ts';
import { markGoneOut } from './gone-out.ts';
import type { Ground } from './ground.ts';
import { isUnreachable } from './lead-rows.ts';
import type { LeadRecord } from './lead-rows.ts';
import { cancelMessages, changeState } from './messages.ts';
import type { MessageRecord } from './messages.ts';
import { enrollments, messages } from './schema/ledger.ts';
import { tries } from './schema/provider.ts';
import { leads } from './schema/people.ts';
import { MAYBE_GONE, mayHaveGone, wentOutAt } from './offers.ts';

type Word = Parameters<SequenceStore['settleDoubt']>[0];

/** What time and the coach make of emails of which nobody can tell whether they went out. */
export function doubtActs(ground: Ground): Pick<SequenceStore, 'catchUp' | 'settleDoubt'> {
  return {
    catchUp: async (now, timetable) => {
      if ((nextCatchUpAt(ground) ?? Infinity) > now) return 0;
      return await ground.commit(() => catchUp(ground, now, timetable));
    },
    settleDoubt: async (word) => await ground.commit(() => settleDoubt(ground, word)),
  };
}

function settleDoubt(ground: Ground, word: Word): 'settled' | 'no_doubt' {
  const message = ground.rows.find(messages, messages.messageId, word.messageId);
  const lead = message === undefined ? undefined : ground.rows.find(leads, leads.id, message.leadId);
  if (message?.state !== 'in_doubt' || lead === undefined) return 'no_doubt';
  const enrollment = message.enrollmentId === null ? undefined : enrollmentOf(ground, lead.id);
  if (word.word === 'arrived') arrived(ground, message, lead, enrollment, word);
  else if (!sendAgain(ground, message, lead, enrollment, word)) return 'no_doubt';
  return 'settled';
}

function arrived(
  ground: Ground,
  message: MessageRecord,
  lead: LeadRecord,
  enrollment: EnrollmentRecord | undefined,
  { at, timetable }: Word,
): void {
  const sentAt = wentOutAt(ground, message, at);
  markGoneOut(ground, message, {
    state: 'submitted',
    at: sentAt,
    providerId: null,
    reason: 'it arrived, says the coach',
  });
  tell(ground, message, 'message.arrived', at);
  if (enrollment !== undefined)
    planNext(ground, enrollment, lead, timetable, Math.max(sentAt, message.endedAt ?? sentAt));
}

/**
 * Under a new key, since the provider would take the old one for the same email; composed anew, since a day or more has passed. A
 * step that waits behind it gives way and comes again afterwards. `false`: the lead may not be mailed, or the sequence is stopped or
 * has gone on.
 */
function sendAgain(
  ground: Ground,
  message: MessageRecord,
  lead: LeadRecord,
  enrollment: EnrollmentRecord | undefined,
  { at, timetable }: Word,
): boolean {
  if (!mayBeMailed(lead, message.kind)) return false;
  if (message.kind === 'step' && !reopen(ground, message, enrollment, at)) return false;
  rememberOffer(ground, message);
  // It may lie in her inbox: the 20 hours between two emails of the sequence hold for this one too (the claim sees to it).
  const from = message.kind === 'step' ? Math.max(at, wentOutAt(ground, message, at) + SEQUENCE_GAP) : at;
  const due =
    enrollment === undefined
      ? from
      : timetable.notBefore(viewOf(ground, enrollment, lead), message.step, from);
  changeState(ground, message, 'planned', {
    dueAt: due,
    readyAt: due,
    plannedAt: at,
    keyNumber: message.keyNumber + 1,
    attempts: 0,
    firstAttemptAt: null,
    payload: null,
    subject: null,
    endedAt: null,
    reason: 'sent again by the coach',
    doubtClosedAt: null,
  });
  // A day after its try it was counted; it will be counted when it goes out.
  if (message.doubtClosedAt !== null)
    ground.sql('update leads set emails_sent = emails_sent - 1 where id = ?').run(lead.id);
  tell(ground, message, 'message.sent_again', at);
  return true;
}

function mayBeMailed(lead: LeadRecord, kind: MessageRecord['kind']): boolean {
  if (isUnreachable(lead.status)) return false;
  return kind !== 'step' || (lead.status === 'confirmed' && lead.consentAt !== null);
}

/** Of what a restored database put in doubt there is no try; without one, nothing would show that it may have gone out. */
function rememberOffer(ground: Ground, message: MessageRecord): void {
  if (mayHaveGone(ground, message.id)) return;
  const at = message.endedAt ?? message.dueAt;
  ground.rows.insert(tries, {
    messageId: message.id,
    at,
    transport: 'unknown',
    keyNumber: message.keyNumber,
    payloadSha256: '',
    afterEvent: 0,
    endedAt: at,
    outcome: 'in_doubt',
    reason: message.reason,
  });
}

/** Makes way in the sequence. `false`: it was stopped, or a later step has been offered already. */
function reopen(
  ground: Ground,
  message: MessageRecord,
  enrollment: EnrollmentRecord | undefined,
  at: number,
): boolean {
  if (enrollment === undefined || enrollment.state === 'stopped') return false;
  // Rows of the ledger are not in the order of sending: a step that was stopped and comes again keeps its old one.
  const later = ground
    .sql(
      `select 1 from messages m where enrollment_id = :enrollment and id <> :id
       and (state in ('planned', 'claimed') or ended_at > :at) and ${MAYBE_GONE} limit 1`,
    )
    .get({ enrollment: enrollment.id, id: message.id, at: message.endedAt });
  if (later !== undefined) return false;
  if (enrollment.state === 'finished')
    ground.rows.update(enrollments, enrollment.id, { state: 'active', endedAt: null });
  else cancelMessages(ground, { enrollmentId: enrollment.id }, 'gives way', at);
  return true;
}

function tell(ground: Ground, { leadId, step }: MessageRecord, kind: string, at: number): void {
  recordEvent(ground, { leadId, kind, actor: 'system', at, detail: { step } });
}
