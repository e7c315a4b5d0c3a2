import { hash } from 'node:crypto';
import { WENT_OUT } from '../../../kernel/ledger.ts';
import type { Ground } from '../ground.ts';
import { listed } from './proof.ts';

/**
 * What the proofs read, in tables that live in memory and only within the reading transaction. One pass over `messages` makes them:
 * what stands behind the frozen email in a row costs reading all of it, so that is done once, and its hash taken on the way.
 */
export function setUpWorkbench(ground: Pick<Ground, 'raw' | 'addressHash'>): void {
  const { raw } = ground;
  const once = { deterministic: true, directOnly: true };
  raw.function('payload_hash', once, (payload) =>
    payload instanceof Uint8Array ? hash('sha256', payload, 'hex') : null,
  );
  raw.function('address_hash', once, (email) => ground.addressHash(String(email)));
  for (const step of STEPS) raw.exec(step);
}

/** After these nothing of the sequence goes out until it is begun anew. */
const STOPS = [
  'lead.unsubscribed',
  'lead.bounced',
  'lead.complained',
  'lead.found_job',
  'lead.booked_call',
  'lead.stopped_by_coach',
  'enrollment.stale',
  'enrollment.stopped',
];

/** What begins it anew, and what tells of signups that came and went. */
const OTHERS = [
  'enrollment.started',
  'signup.recorded',
  'signup.confirmed',
  'signup.removed',
  'signup.expired',
];

const STEPS = [
  `create temp table ledger (
     id integer primary key, message_id text, lead_id integer, signup_id integer, enrollment_id integer, kind text, step text,
     request integer, state text, key_number integer, submitted_at integer, ended_at integer, doubt_closed_at integer,
     has_reason integer, payload_sha256 text, gone integer)`,
  // `gone`: the provider took it, or may have.
  `insert into ledger
   select id, message_id, lead_id, signup_id, enrollment_id, kind, step, request, state, key_number, submitted_at, ended_at,
     doubt_closed_at, coalesce(reason, '') <> '', payload_hash(payload),
     state in (${listed([...WENT_OUT, 'in_doubt'])}) or (state = 'failed' and submitted_at is not null)
   from messages where demo = 0`,
  'create index temp.ledger_by_lead on ledger (lead_id, kind)',
  'create index temp.ledger_by_enrollment on ledger (enrollment_id, state) where enrollment_id is not null',
  `create temp table marks (id integer primary key, lead_id integer, kind text, at integer, detail text)`,
  `insert into marks select id, lead_id, kind, at, detail from events
   where kind in (${listed([...STOPS, ...OTHERS])})`,
  'create index temp.marks_by_lead on marks (lead_id, kind, id)',
  // Of each kind of stop: whether it ends everything, reminders too, or only the steps.
  `create temp table stops as
   select id, lead_id,
     case when kind in ('lead.bounced', 'lead.complained') then 'all'
       when kind = 'lead.unsubscribed' then 'reminders' else 'steps' end reach
   from marks where kind in (${listed(STOPS)})`,
  // Most emails need one try; only of the others is there anything to compare.
  `create temp table retried as
   select * from tries where message_id in (select message_id from tries group by message_id having count(*) > 1)`,
  `create temp table blocked as
   select l.id lead_id, s.reason from leads l join suppressions s on s.address_hash = address_hash(l.email)
   where s.lifted_at is null and l.demo = 0`,
  'create index temp.blocked_by_lead on blocked (lead_id, reason)',
] as const;
