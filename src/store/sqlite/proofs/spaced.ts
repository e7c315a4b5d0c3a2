import { SEQUENCE_GAP } from '../../../kernel/ledger.ts';
import type { Proof } from './proof.ts';

/**
 * When each step began to go out, and when it had gone at the latest; once for each key, since a new key is a new copy. `place` is
 * null where no try is known.
 */
const SPANS = `maybe as (
    select message_id, key_number, min(id) place, min(at) begun, max(at) ended from tries
    where coalesce(outcome, '') in ('', 'submitted', 'ambiguous', 'in_doubt', 'bounced') group by message_id, key_number),
  spans as (
    select l.lead_id, l.message_id, t.place, coalesce(t.begun, l.submitted_at, l.ended_at) begun,
      max(coalesce(t.ended, 0), case when l.gone and l.key_number = coalesce(t.key_number, l.key_number) then l.ended_at else 0 end) ended
    from ledger l left join maybe t on t.message_id = l.id
    where l.kind = 'step' and (l.gone or t.message_id is not null))`;

const tooSoon = (rows: string, order: string) =>
  `select message_id from (
     select message_id, begun, max(ended) over (
       partition by lead_id order by ${order} rows between unbounded preceding and 1 preceding) before
     from spans ${rows})
   where begun - before < ${SEQUENCE_GAP}`;

/** People with an email that is known without a try; there are none but after a restore. */
const ANY_WITHOUT_TRY = 'where lead_id in (select lead_id from spans where place is null)';

/** Not two emails of the sequence in 20 hours. */
export const spaced: Proof = {
  proof: 'spaced',
  promise: 'Nobody got two emails of the sequence within 20 hours; one in doubt counts as gone out.',
  looked: { at: 'emails', rows: "select count(*) from ledger where kind = 'step' and gone" },
  rules: [
    {
      says: 'steps that went out less than 20 hours after the one before',
      of: 'message',
      // In the order of the tries, whatever the clock did between them; and by time alone, for what is known without a try.
      breaches: `with ${SPANS} ${tooSoon('where place is not null', 'place')} union ${tooSoon(ANY_WITHOUT_TRY, 'begun')}`,
    },
  ],
};
