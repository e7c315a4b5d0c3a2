import type { Proof } from './proof.ts';

/** What counts as sent: taken by the provider, or a doubt that nobody settled in time. */
const SENT = '(l.submitted_at is not null or l.doubt_closed_at is not null)';
const LOST_A_SIGNUP =
  "exists (select 1 from marks r where r.lead_id = leads.id and r.kind in ('signup.removed', 'signup.expired'))";

/** The counters that the desk and the CSV show. */
export const counted: Proof = {
  proof: 'counted',
  promise: 'The counters of every lead say what the ledger says.',
  looked: { at: 'leads', rows: 'select count(*) from leads where demo = 0' },
  rules: [
    {
      says: 'people with another number of emails sent than the ledger has',
      of: 'lead',
      // What went out for a signup that was removed stays counted, though its rows are gone.
      breaches: `select lead_id from (
          select leads.lead_id, emails_sent,
            (select count(*) from ledger l where l.lead_id = leads.id and ${SENT}) sent, ${LOST_A_SIGNUP} lost
          from leads where demo = 0)
        where emails_sent < sent or (emails_sent > sent and not lost)`,
    },
    {
      says: 'people with another number of clicks than were made by a person',
      of: 'lead',
      breaches: `select lead_id from leads
        where demo = 0 and clicks <> (select count(*) from clicks c where c.lead_id = leads.id and c.actor = 'person')`,
    },
    {
      says: 'people with another number of downloads than documents were handed over',
      of: 'lead',
      breaches: `select lead_id from leads
        where demo = 0 and downloads <> (select count(*) from downloads d where d.lead_id = leads.id)`,
    },
  ],
};
