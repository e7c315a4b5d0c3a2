import type { Proof } from './proof.ts';

/** The sequence goes only to those who confirmed and said yes. */
export const consented: Proof = {
  proof: 'consented',
  promise: 'No email of the sequence without the press on the button and a yes.',
  looked: { at: 'emails', rows: "select count(*) from ledger where kind = 'step'" },
  rules: [
    {
      says: 'steps begun before the sequence was',
      of: 'message',
      breaches: `select distinct l.message_id from ledger l join tries t on t.message_id = l.id
        where l.kind = 'step' and t.payload_sha256 <> '' and not exists (
          select 1 from marks r where r.lead_id = l.lead_id and r.kind = 'enrollment.started' and r.id <= t.after_event)`,
    },
    {
      says: 'steps that went out to somebody who never confirmed or never said yes',
      of: 'message',
      breaches: `select l.message_id from ledger l join leads on leads.id = l.lead_id
        where l.kind = 'step' and l.gone and (leads.confirmed_at is null
          or not exists (select 1 from consents c where c.lead_id = l.lead_id and c.kind = 'given'))`,
    },
    {
      says: 'steps that wait for somebody without a yes in force',
      of: 'message',
      breaches: `select l.message_id from ledger l join leads on leads.id = l.lead_id
        where l.kind = 'step' and l.state in ('planned', 'claimed')
          and (leads.confirmed_at is null or leads.consent_at is null or l.enrollment_id is null)`,
    },
  ],
};
