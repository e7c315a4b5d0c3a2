import type { Proof } from './proof.ts';

/** What an enrollment waits for: an open step, or a doubt that is still young. */
const WAITS =
  "l.kind = 'step' and (l.state in ('planned', 'claimed') or (l.state = 'in_doubt' and l.doubt_closed_at is null))";
const REAL = 'join leads on leads.id = e.lead_id and leads.demo = 0';

/** Nobody is dropped. */
export const kept: Proof = {
  proof: 'kept',
  promise:
    'Nobody is dropped: whoever is in the sequence has exactly one next step, and nobody else has one.',
  looked: { at: 'enrollments', rows: `select count(*) from enrollments e ${REAL}` },
  rules: [
    {
      says: 'sequences under way for which no step waits',
      of: 'enrollment',
      breaches: `select e.enrollment_id from enrollments e ${REAL}
        where e.state in ('active', 'paused') and not exists (select 1 from ledger l where l.enrollment_id = e.id and ${WAITS})`,
    },
    {
      says: 'sequences with more than one step that waits',
      of: 'enrollment',
      breaches: `select e.enrollment_id from ledger l join enrollments e on e.id = l.enrollment_id
        where l.state in ('planned', 'claimed') group by e.id having count(*) > 1`,
    },
    {
      says: 'sequences that are over while a step still waits',
      of: 'enrollment',
      breaches: `select distinct e.enrollment_id from enrollments e join ledger l on l.enrollment_id = e.id
        where e.state in ('finished', 'stopped') and l.state in ('planned', 'claimed')`,
    },
    {
      says: 'sequences stopped without a reason, or ended without a date, or the other way round',
      of: 'enrollment',
      breaches: `select e.enrollment_id from enrollments e ${REAL}
        where (e.state = 'stopped') <> (e.exit_reason is not null) or (e.state in ('finished', 'stopped')) <> (e.ended_at is not null)`,
    },
    {
      says: 'people who confirmed and said yes to the emails, and were never enrolled',
      of: 'lead',
      breaches: `select lead_id from leads
        where demo = 0 and status = 'confirmed' and consent_at is not null
          and not exists (select 1 from enrollments e where e.lead_id = leads.id)`,
    },
  ],
};
