import { MESSAGE_STATES } from '../../../kernel/words.ts';
import { listed } from './proof.ts';
import type { Proof } from './proof.ts';

const OPEN = "state in ('planned', 'claimed')";

/** Conservation: what was planned is open or has one outcome. */
export const conserved: Proof = {
  proof: 'conserved',
  promise:
    'Every email that was planned is open or has exactly one outcome, with its reason where it did not go out.',
  looked: { at: 'emails', rows: 'select count(*) from ledger' },
  rules: [
    {
      says: 'emails in a state that the ledger does not know',
      of: 'message',
      breaches: `select message_id from ledger where state not in (${listed(MESSAGE_STATES)})`,
    },
    {
      says: 'emails that are open and have ended, or are done and have no end',
      of: 'message',
      breaches: `select message_id from ledger where (${OPEN}) <> (ended_at is null)`,
    },
    {
      says: 'emails that did not go out, without a reason',
      of: 'message',
      breaches: `select message_id from ledger
        where state in ('skipped', 'cancelled', 'failed', 'in_doubt') and not has_reason`,
    },
    {
      says: 'emails that the provider took, while the ledger says otherwise',
      of: 'message',
      breaches: `select distinct l.message_id from tries t join ledger l on l.id = t.message_id
        where t.outcome = 'submitted' and t.key_number = l.key_number
          and (l.state in ('planned', 'claimed', 'skipped', 'cancelled') or (l.state = 'failed' and l.submitted_at is null))`,
    },
    {
      says: 'people who have lost a step that their history tells of',
      of: 'lead',
      // Steps go only with their lead, by an erasure; what belongs to a signup may go with the signup.
      breaches: `select distinct leads.lead_id from (
          select distinct lead_id, json_extract(detail, '$.step') step from events
          where kind in ('message.submitted', 'message.failed', 'message.bounced', 'message.in_doubt', 'message.skipped')) told
        join leads on leads.id = told.lead_id and leads.demo = 0
        where step not in ('delivery', 'renewal', 'reminder', 'data', 'erase') and not exists (
          select 1 from ledger l where l.lead_id = told.lead_id and l.kind = 'step' and l.step = told.step)`,
    },
    {
      says: 'people who have lost a delivery email that their history tells of',
      of: 'lead',
      breaches: `select leads.lead_id from leads
        where demo = 0
          and not exists (select 1 from marks r where r.lead_id = leads.id and r.kind in ('signup.removed', 'signup.expired'))
          and (select count(*) from marks e where e.lead_id = leads.id and e.kind = 'signup.recorded'
                and json_extract(e.detail, '$.mail') = 'queued')
            > (select count(*) from ledger l where l.lead_id = leads.id and l.kind = 'delivery')`,
    },
  ],
};
