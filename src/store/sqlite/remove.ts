import type { SignupStore } from '../../signup/port.ts';
import { spendTicks, withdrawConsent } from './consents.ts';
import { enrollmentOf, stopEnrollment } from './enrollments.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { leads, signups } from './schema/people.ts';
import type { LeadRecord } from './lead-rows.ts';
import type { SignupRecord } from './signups.ts';
import { noteStop } from './stops.ts';
import { suppress } from './suppressions.ts';

export function removeActs(ground: Ground): Pick<SignupStore, 'removeSignup'> {
  return {
    removeSignup: async (signupId, at) =>
      await ground.commit(() => {
        const signup = ground.rows.find(signups, signups.signupId, signupId);
        if (signup === undefined) return 'no_signup';
        for (const folded of withoutEmail(ground, signup)) removeSignup(ground, folded, at, 'not_me');
        removeSignup(ground, signup, at, 'not_me');
        return 'removed';
      }),
  };
}

/**
 * The other signups with the address that no email was planned for, since another counted: nothing leads to them, so nobody can
 * confirm them nor say of them that it was not her. What is confirmed, or has a link of its own, stays.
 */
function withoutEmail(ground: Ground, { id, leadId }: SignupRecord): readonly SignupRecord[] {
  return ground
    .sql<{ signupId: string }>(
      `select signup_id "signupId" from signups where lead_id = :lead and id <> :own and confirmed_at is null
         and not exists (select 1 from messages where messages.signup_id = signups.id)`,
    )
    .all({ lead: leadId, own: id })
    .map(({ signupId }) => ground.rows.find(signups, signups.signupId, signupId))
    .filter((found) => found !== undefined);
}

/** Why a signup is removed, as the history of a lead whom another signup holds tells it. */
const CAUSES = {
  not_me: { kind: 'signup.removed', actor: 'person' },
  expired: { kind: 'signup.expired', actor: 'system' },
} as const;

/** Removes a signup with all that hangs on it, and its lead when no other signup holds her. */
export function removeSignup(
  ground: Ground,
  signup: SignupRecord,
  at: number,
  cause: keyof typeof CAUSES,
): void {
  const lead = signup.leadId === null ? undefined : ground.rows.find(leads, leads.id, signup.leadId);
  if (lead === undefined) {
    ground.sql('delete from signups where id = ?').run(signup.id);
    return;
  }
  endWhatItBegan(ground, signup, lead, at);
  const others = ground
    .sql<{ n: number }>('select count(*) n from signups where lead_id = ? and id <> ?')
    .get(lead.id, signup.id);
  if (others?.n === 0) {
    deleteLead(ground, lead, at);
    return;
  }
  for (const statement of OF_A_SIGNUP) ground.sql(statement).run({ signup: signup.id });
  recount(ground, lead.id);
  recordEvent(ground, {
    leadId: lead.id,
    ...CAUSES[cause],
    at,
    detail: { offer: signup.offer },
  });
}

/** The sequence whose consent this signup brought does not outlive it; a restored older database must know. */
function endWhatItBegan(ground: Ground, signup: SignupRecord, lead: LeadRecord, at: number): void {
  const enrollment = enrollmentOf(ground, lead.id);
  if (enrollment?.signupId !== signup.id || !stopEnrollment(ground, enrollment, 'unsubscribed', at)) return;
  withdrawConsent(ground, lead, '/unsubscribe', at);
  spendTicks(ground, lead.id, at);
  ground.rows.update(leads, lead.id, { exitReason: 'unsubscribed', stoppedAt: at });
  noteStop(ground, lead, 'unsubscribed', at);
  recordEvent(ground, { leadId: lead.id, kind: 'enrollment.stopped', actor: 'person', at });
}

/** Children before parents: foreign keys are on, and nothing cascades. */
const OF_A_SIGNUP = [
  'delete from clicks where message_id in (select id from messages where signup_id = :signup)',
  'delete from tries where message_id in (select id from messages where signup_id = :signup)',
  'delete from messages where signup_id = :signup',
  'delete from downloads where signup_id = :signup',
  'update consents set signup_id = null where signup_id = :signup',
  'update enrollments set signup_id = null where signup_id = :signup',
  'delete from signups where id = :signup',
] as const;

const OF_A_LEAD = [
  'delete from clicks where lead_id = :lead',
  'delete from downloads where lead_id = :lead',
  'delete from events where lead_id = :lead',
  'delete from consents where lead_id = :lead',
  'delete from tries where message_id in (select id from messages where lead_id = :lead)',
  'delete from messages where lead_id = :lead',
  'delete from enrollments where lead_id = :lead',
  'delete from attributions where lead_id = :lead',
  'delete from signups where lead_id = :lead',
  'delete from leads where id = :lead',
] as const;

/** Deletes a lead and everything of her. What forbids mailing her address stays, as a hash. */
export function deleteLead(ground: Ground, lead: LeadRecord, at: number): void {
  const { id, status, email } = lead;
  if (status === 'bounced' || status === 'complained')
    suppress(ground, ground.addressHash(email), status, at);
  for (const statement of OF_A_LEAD) ground.sql(statement).run({ lead: id });
}

function recount(ground: Ground, leadId: number): void {
  ground
    .sql(
      `update leads set
         downloads = (select count(*) from downloads where lead_id = leads.id),
         first_download_at = (select min(at) from downloads where lead_id = leads.id),
         clicks = (select count(*) from clicks where lead_id = leads.id and actor = 'person')
       where id = ?`,
    )
    .run(leadId);
}
