import type { Proof } from './proof.ts';

/** Tries that began when a stop had been written down: by the order of events, so that no clock can blur it. */
function begunAfter(stop: {
  readonly reaches: string;
  readonly kinds: string;
  readonly undoneBy: string;
}): string {
  return `select distinct l.message_id from stops s
    join ledger l on l.lead_id = s.lead_id and l.kind in (${stop.kinds})
    join tries t on t.message_id = l.id and t.after_event >= s.id
    where s.reach in (${stop.reaches}) and not exists (
      select 1 from marks r where r.lead_id = s.lead_id and r.kind = '${stop.undoneBy}' and r.id > s.id and r.id <= t.after_event)`;
}

/** None begun after a stop. */
export const stopped: Proof = {
  proof: 'stopped',
  promise: 'No email was begun after a stop.',
  looked: { at: 'tries', rows: "select count(*) from tries where payload_sha256 <> ''" },
  rules: [
    {
      says: 'steps begun after the person, the coach or time had stopped the sequence',
      of: 'message',
      breaches: begunAfter({
        reaches: "'all', 'reminders', 'steps'",
        kinds: "'step'",
        undoneBy: 'enrollment.started',
      }),
    },
    {
      says: 'reminders begun after an unsubscribe',
      of: 'message',
      breaches: begunAfter({
        reaches: "'all', 'reminders'",
        kinds: "'reminder'",
        undoneBy: 'signup.recorded',
      }),
    },
    {
      says: 'emails begun after the mailbox had bounced or its owner had complained',
      of: 'message',
      breaches: `select distinct l.message_id from stops s join ledger l on l.lead_id = s.lead_id
        join tries t on t.message_id = l.id and t.after_event >= s.id where s.reach = 'all'`,
    },
    {
      says: 'reminders begun after the button had been pressed',
      of: 'message',
      breaches: `select distinct l.message_id from ledger l join signups s on s.id = l.signup_id
        join tries t on t.message_id = l.id
        join marks e on e.lead_id = l.lead_id and e.kind = 'signup.confirmed' and e.at = s.confirmed_at
          and json_extract(e.detail, '$.offer') = s.offer
        where l.kind = 'reminder' and t.after_event >= e.id`,
    },
  ],
};
