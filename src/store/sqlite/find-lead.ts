import { addressKey } from '../../kernel/address.ts';
import type { Asked, FollowUp } from '../../kernel/words.ts';
import type { Lead, LeadStore, MessageView, TimelineEntry } from '../../leads/port.ts';
import { enrollmentOf } from './enrollments.ts';
import type { EnrollmentRecord } from './enrollments.ts';
import type { Ground } from './ground.ts';
import { findLeadRow } from './lead-rows.ts';
import type { LeadRecord } from './lead-rows.ts';
import { events, messages } from './schema/ledger.ts';
import { leads } from './schema/people.ts';

export function findLeadActs(
  ground: Ground,
): Pick<LeadStore, 'findLead' | 'findLeadByEmail' | 'timeline' | 'messagesOf'> {
  return {
    findLead: async (leadId) => asLead(ground, findLeadRow(ground, leadId)),
    findLeadByEmail: async (email) =>
      asLead(ground, ground.rows.find(leads, leads.emailKey, addressKey(email))),
    timeline: async (leadId) => {
      const lead = findLeadRow(ground, leadId);
      return lead === undefined ? [] : timelineOf(ground, lead.id);
    },
    messagesOf: async (leadId) => {
      const lead = findLeadRow(ground, leadId);
      return lead === undefined ? [] : messageViewsOf(ground, lead.id);
    },
  };
}

function asLead(ground: Ground, row: LeadRecord | undefined): Lead | null {
  if (row === undefined) return null;
  const enrollment = enrollmentOf(ground, row.id);
  const { leadId, email, firstName, status, exitReason, timezone, situation, targetRole } = row;
  const { createdAt, confirmedAt, unsubscribedAt, demo } = row;
  return {
    leadId,
    email,
    firstName,
    status,
    exitReason,
    timezone,
    situation,
    targetRole,
    createdAt,
    confirmedAt,
    unsubscribedAt,
    demo,
    ...askedBy(ground, row.id),
    throwaway: isThrowaway(ground, row.id),
    followUp: followUpOf(enrollment),
    pace: enrollment?.pace ?? 'normal',
    pausedUntil: enrollment?.pausedUntil ?? null,
  };
}

/**
 * What tells a lead's language, on her pages and in her emails alike: what began the sequence, to its end, and until she confirms
 * another offer; else what she asked for last, of what she confirmed if she confirmed any: nobody else can choose her language.
 */
export function askedBy(ground: Ground, leadId: number): Asked {
  const found = ground
    .sql<Asked>(
      `select s.offer, s.language from signups s
       left join enrollments e on e.signup_id = s.id where s.lead_id = :lead
       order by s.confirmed_at is null, max(
         coalesce(s.confirmed_at, s.created_at), case when e.id is null then 0 else coalesce(e.ended_at, :ever) end
       ) desc, s.id desc limit 1`,
    )
    .get({ lead: leadId, ever: Number.MAX_SAFE_INTEGER });
  return found ?? { offer: null, language: null };
}

/** By any of her signups: they all have the same domain, and the list of such domains grows. */
function isThrowaway(ground: Ground, leadId: number): boolean {
  const text = 'select 1 from signups where lead_id = ? and throwaway = 1 limit 1';
  return ground.sql(text).get(leadId) !== undefined;
}

function followUpOf(enrollment: Pick<EnrollmentRecord, 'state'> | undefined): FollowUp {
  return enrollment?.state ?? 'none';
}

function timelineOf(ground: Ground, leadId: number): readonly TimelineEntry[] {
  return ground.rows
    .all(events, events.leadId, leadId)
    .map(({ at, kind, actor, detail }) => ({ at, kind, actor, detail: readable(detail) }))
    .sort((a, b) => a.at - b.at);
}

/** `{"offer":"white-paper","mail":"none"}` as `offer: white-paper, mail: none`. */
function readable(detail: string | null): string | null {
  if (detail === null) return null;
  const parts = Object.entries(JSON.parse(detail) as Record<string, string | number | null>);
  return parts.map(([name, value]) => `${name}: ${value ?? '-'}`).join(', ');
}

export function messageViewsOf(ground: Ground, leadId: number): readonly MessageView[] {
  return ground.rows
    .all(messages, messages.leadId, leadId)
    .map(({ messageId, kind, step, subject, state, reason, dueAt, submittedAt, endedAt }) => ({
      messageId,
      kind,
      step,
      subject,
      state,
      reason,
      dueAt,
      submittedAt,
      endedAt,
    }));
}
