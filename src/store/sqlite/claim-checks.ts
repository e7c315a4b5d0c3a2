import { SEQUENCE_GAP } from '../../kernel/ledger.ts';
import type { Candidate } from './claim.ts';
import { viewOf } from './enrollments.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { isUnreachable } from './lead-rows.ts';
import { takeReminder } from './limits.ts';
import type { LeadRecord } from './lead-rows.ts';
import type { MessageRecord } from './messages.ts';
import { enrollments } from './schema/ledger.ts';
import { signups } from './schema/people.ts';
import { mailboxFault, suppressionsOf } from './suppressions.ts';

export type Finding =
  | { readonly kind: 'go' }
  | { readonly kind: 'skip'; readonly reason: string }
  | {
      readonly kind: 'wait';
      readonly until: number;
      readonly reason: string;
      /** True: the planned date moves; false: it only waits for a good hour of the lead's day. */
      readonly plansAnew: boolean;
    }
  | { readonly kind: 'stale'; readonly days: number };

const GO: Finding = { kind: 'go' };
const skip = (reason: string): Finding => ({ kind: 'skip', reason });

/** Whether a message may go out now, by what is true at this moment and not by what was true when it was planned. */
export function checkBeforeSending(ground: Ground, candidate: Candidate): Finding {
  const { message, lead } = candidate;
  if (lead.demo) return skip('a made-up lead');
  const fault = mailboxFault(ground, ground.addressHash(lead.email));
  if (isUnreachable(lead.status)) return skip(lead.status);
  if (fault !== null) return skip(fault);
  switch (message.kind) {
    case 'step':
      return checkStep(ground, candidate);
    case 'reminder':
      return checkReminder(ground, message.signupId, lead, candidate.request.now);
    case 'delivery':
    case 'renewal':
    case 'data':
    case 'erase':
      return GO;
  }
}

function checkReminder(ground: Ground, signupId: number | null, lead: LeadRecord, now: number): Finding {
  const signup = signupId === null ? undefined : ground.rows.find(signups, signups.id, signupId);
  // Planned by a delivery that went out after she had unsubscribed.
  if (lead.status === 'unsubscribed') return skip('unsubscribed');
  if (signup === undefined || signup.confirmedAt !== null) return skip('already confirmed');
  return takeReminder(ground, signup, now) ? GO : skip('a later email went to this mailbox');
}

function checkStep(ground: Ground, candidate: Candidate): Finding {
  const { message, lead, enrollment, request } = candidate;
  const suppressed = suppressionsOf(ground, ground.addressHash(lead.email)).values().next().value;
  if (lead.status !== 'confirmed') return skip(lead.status === 'unconfirmed' ? 'not confirmed' : lead.status);
  if (suppressed !== undefined) return skip(suppressed);
  if (lead.consentAt === null) return skip('no consent');
  if (enrollment === undefined) return skip('not enrolled');
  const { timetable, now } = request;
  const view = viewOf(ground, enrollment, lead);
  if (enrollment.state === 'paused') {
    if (enrollment.pausedUntil !== null && enrollment.pausedUntil > now) {
      const until = timetable.notBefore(view, message.step, enrollment.pausedUntil);
      return { kind: 'wait', until, reason: 'paused by the person', plansAnew: true };
    }
    ground.rows.update(enrollments, enrollment.id, { state: 'active', pausedUntil: null });
    recordEvent(ground, { leadId: lead.id, kind: 'enrollment.resumed', actor: 'system', at: now });
  } else if (enrollment.state !== 'active') {
    return skip(enrollment.exitReason ?? enrollment.state);
  }
  const last = lastSequenceEmail(ground, message);
  if (last !== null && last + SEQUENCE_GAP > now) {
    const until = timetable.notBefore(view, message.step, last + SEQUENCE_GAP);
    return { kind: 'wait', until, reason: 'another email went out within 20 hours', plansAnew: true };
  }
  const lateness = timetable.judge(view, message.step, message.dueAt, now);
  // It waits for a good hour once. One that comes up at a bad hour again was missed by a timer that runs at the wrong time of her day,
  // or was offered before and may lie in her inbox: until the morning its key would be too old to ask.
  if (lateness.kind === 'wait' && message.readyAt > message.dueAt) return GO;
  return lateness.kind === 'wait'
    ? { ...lateness, reason: 'late: it waits for a good hour', plansAnew: false }
    : lateness;
}

/** When the last step went out, or may have: one in doubt counts, or she might get two in a day. */
function lastSequenceEmail(ground: Ground, candidate: MessageRecord): number | null {
  const row = ground
    .sql<{ at: number | null }>(
      // One that waits for its next try may have gone out at the last one.
      `select max(at) at from (
         select ended_at at from messages where lead_id = :lead and kind = 'step' and id <> :candidate
         and state in ('submitted', 'delivered', 'bounced', 'complained', 'in_doubt')
         union all
         select t.at from tries t join messages m on m.id = t.message_id
         where m.lead_id = :lead and m.kind = 'step' and (m.id <> :candidate or t.key_number <> :key)
         and (t.outcome is null or t.outcome in ('ambiguous', 'submitted', 'in_doubt')))`,
    )
    .get({ lead: candidate.leadId, candidate: candidate.id, key: candidate.keyNumber });
  return row?.at ?? null;
}
