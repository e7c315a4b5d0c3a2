import { DAY } from '../../../kernel/clock.ts';
import type { Proof } from './proof.ts';

/** A try that the provider may have taken; one without an outcome was cut off. */
const MAYBE = "coalesce(outcome, '') in ('', 'submitted', 'ambiguous', 'in_doubt')";

/** No email twice to one person. */
export const once: Proof = {
  proof: 'once',
  promise: 'No email went out twice to one person.',
  looked: { at: 'tries', rows: 'select count(*) from tries' },
  rules: [
    {
      says: 'steps that went out a second time to the same person',
      of: 'message',
      breaches: `select message_id from (
          select message_id, row_number() over (partition by lead_id, step order by id) copy
          from ledger where kind = 'step' and gone)
        where copy > 1`,
    },
    {
      says: 'emails that stand in the ledger a second time',
      of: 'message',
      breaches: [
        ['enrollment_id is not null', 'enrollment_id, step'],
        ['enrollment_id is null and signup_id is not null', 'signup_id, step, request'],
        ['enrollment_id is null and signup_id is null', 'lead_id, step, request'],
      ]
        .map(
          ([which, same]) =>
            `select max(message_id) from ledger where ${which} group by ${same} having count(*) > 1`,
        )
        .join(' union all '),
    },
    {
      says: 'emails offered with other bytes under the same key',
      of: 'message',
      breaches: `select l.message_id from retried t join ledger l on l.id = t.message_id
        where t.payload_sha256 <> '' group by t.message_id, t.key_number having count(distinct t.payload_sha256) > 1`,
    },
    {
      says: 'emails taken twice: two ids of the provider under one key',
      of: 'message',
      breaches: `select l.message_id from retried t join ledger l on l.id = t.message_id
        where t.outcome = 'submitted' group by t.message_id, t.key_number having count(distinct t.provider_id) > 1`,
    },
    {
      says: 'emails offered again although the first offer may have been taken, with no key to keep the second one back',
      of: 'message',
      // SMTP knows no keys, another way out knows none of the first one's, and a provider forgets them after a day.
      breaches: `select distinct l.message_id from (
          select message_id, transport, at,
            min(case when ${MAYBE} then at end) over earlier since,
            min(case when ${MAYBE} then transport end) over earlier one,
            max(case when ${MAYBE} then transport end) over earlier other
          from retried
          window earlier as (partition by message_id, key_number order by id rows between unbounded preceding and 1 preceding)) t
        join ledger l on l.id = t.message_id
        where since is not null
          and (transport = 'smtp' or one <> transport or other <> transport or (transport = 'resend' and at - since > ${DAY}))`,
    },
    {
      says: 'emails with a new key though one under the old key may have gone out, and nobody had said “send again”',
      of: 'message',
      breaches: `select l.message_id from ledger l
        where l.id in (select message_id from retried) and (
            select count(distinct t.key_number) - 1 from tries t where t.message_id = l.id and ${MAYBE}) > (
          select count(*) from events e where e.lead_id = l.lead_id and e.kind = 'message.sent_again'
            and json_extract(e.detail, '$.step') = l.step)`,
    },
  ],
};
