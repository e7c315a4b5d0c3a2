import type { Proof } from './proof.ts';

const has = (reasons: string) =>
  `exists (select 1 from blocked b where b.lead_id = leads.id and b.reason in (${reasons}))`;
const open = (kinds: string) =>
  `select l.message_id from ledger l join leads on leads.id = l.lead_id
   where l.state in ('planned', 'claimed') and l.kind in (${kinds})`;
const ALL = "'delivery', 'renewal', 'reminder', 'step', 'data', 'erase'";

/** Who must not be mailed is not about to be. */
export const suppressed: Proof = {
  proof: 'suppressed',
  promise: 'The list of addresses that must not be mailed agrees with the leads, and nothing waits for them.',
  looked: { at: 'leads', rows: 'select count(*) from leads where demo = 0' },
  rules: [
    {
      says: 'people who left or cannot be reached, and whose address is not on the list',
      of: 'lead',
      breaches: `select lead_id from leads where demo = 0 and (
          (status = 'unsubscribed' and not ${has("'unsubscribed'")})
          or (status = 'bounced' and not ${has("'bounced', 'complained'")})
          or (status = 'complained' and not ${has("'complained'")}))`,
    },
    {
      says: 'people who bounced or complained by the list, and are shown as if they could be reached',
      of: 'lead',
      breaches: `select lead_id from leads
        where demo = 0 and status not in ('bounced', 'complained') and ${has("'bounced', 'complained'")}`,
    },
    {
      says: 'emails that wait for a mailbox that bounced or whose owner complained',
      of: 'message',
      breaches: `${open(ALL)} and (leads.status in ('bounced', 'complained') or ${has("'bounced', 'complained'")})`,
    },
    {
      says: 'steps that wait for somebody who unsubscribed or was erased',
      of: 'message',
      breaches: `${open("'step'")} and (leads.status = 'unsubscribed' or ${has("'unsubscribed', 'erased'")})`,
    },
  ],
};
