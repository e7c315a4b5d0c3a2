import { WENT_OUT } from '../../../kernel/ledger.ts';
import { listed } from './proof.ts';
import type { Proof } from './proof.ts';

/** The bytes that were offered are the bytes that were kept. */
export const frozen: Proof = {
  proof: 'frozen',
  promise: 'Every email was frozen before it was offered, and what was offered is what is kept.',
  looked: { at: 'tries', rows: "select count(*) from tries where payload_sha256 <> ''" },
  rules: [
    {
      says: 'emails kept with other bytes than were offered',
      of: 'message',
      breaches: `select distinct l.message_id from tries t join ledger l on l.id = t.message_id
        where t.payload_sha256 <> '' and t.key_number = l.key_number and l.payload_sha256 <> t.payload_sha256`,
    },
    {
      says: 'emails that wait for another try, while the bytes of the first one are gone',
      of: 'message',
      breaches: `select distinct l.message_id from tries t join ledger l on l.id = t.message_id
        where l.state in ('planned', 'claimed') and t.key_number = l.key_number and l.payload_sha256 is null`,
    },
    {
      says: 'emails that went out, with no try written down',
      of: 'message',
      breaches: `select message_id from ledger l where state in (${listed(WENT_OUT)})
        and not exists (select 1 from tries t where t.message_id = l.id)
        and not exists (select 1 from events e where e.lead_id = l.lead_id and e.kind = 'message.in_doubt'
          and json_extract(e.detail, '$.step') = l.step)`,
      otherwise:
        'A database that was restored from a backup can learn from the provider of emails that the backup did not know yet.',
    },
  ],
};
