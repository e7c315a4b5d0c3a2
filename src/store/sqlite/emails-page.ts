import type { EmailsStore, Doubt, RecentSend, StaleLead } from '../../desk/port.ts';
import type { Ground } from './ground.ts';

/** What the coach's pages about the emails read, beside the numbers of each step. */
export function emailsPageActs(ground: Ground): EmailsStore {
  return {
    openDoubts: async (limit) => ground.sql<Doubt>(OPEN_DOUBTS).all(limit),
    doubtsOf: async (leadId) =>
      ground
        .sql<Doubt>(`${DOUBTS} where l.lead_id = ? and m.state = 'in_doubt' order by m.ended_at`)
        .all(leadId),
    countDoubts: async (since) =>
      ground
        .sql<{ n: number }>(`select count(*) n from messages m where ${IS_OPEN} and m.ended_at > ?`)
        .get(since)?.n ?? 0,
    stoppedAsStale: async (since, limit) => ground.sql<StaleLead>(STALE).all(since, limit),
    recentSends: async (kind, step, limit) => ground.sql<RecentSend>(RECENT).all({ kind, step, limit }),
    messagePlace: async (messageId) => ground.sql<MessagePlace>(PLACE).get(messageId) ?? null,
  };
}

type MessagePlace = NonNullable<Awaited<ReturnType<EmailsStore['messagePlace']>>>;

// The condition of the index `messages_doubts`, word for word; without it the index is not used.
const IS_OPEN = "m.state = 'in_doubt' and m.doubt_closed_at is null and m.demo = 0";

const DOUBTS = `
  select m.message_id messageId, m.step, m.kind, m.subject, m.reason, m.ended_at since, m.doubt_closed_at closedAt,
    l.lead_id leadId, l.first_name firstName, coalesce(s.email, l.email) email
  from messages m join leads l on l.id = m.lead_id
  left join signups s on s.id = m.signup_id and m.enrollment_id is null`;

/** Exported for the test of its plan, as is `RECENT`. */
export const OPEN_DOUBTS = `${DOUBTS} where ${IS_OPEN} order by m.ended_at limit ?`;

/** One row for each person, so a scan of a small table; an index for this one list would cost every signup. */
const STALE = `
  select l.lead_id leadId, l.first_name firstName, l.email, e.ended_at stoppedAt
  from enrollments e join leads l on l.id = e.lead_id
  where e.state = 'stopped' and e.exit_reason = 'stale' and e.ended_at >= ? and l.demo = 0
  order by e.ended_at desc limit ?`;

/**
 * First which, from two indexes alone, then what stands in them: a message's later columns lie behind its bytes, and those of
 * 20 are enough to read.
 */
export const RECENT = `
  select m.message_id messageId, l.lead_id leadId, l.first_name firstName, m.subject, m.subject_choice subjectChoice,
    m.state, m.reason, m.doubt_closed_at doubtClosedAt, t.at
  from (
    select max(t.id) last from messages m join tries t on t.message_id = m.id
    where m.kind = :kind and m.step = :step and m.demo = 0
    group by m.id order by last desc limit :limit
  ) newest
  join tries t on t.id = newest.last join messages m on m.id = t.message_id join leads l on l.id = m.lead_id
  order by newest.last desc`;

const PLACE = `
  select l.lead_id leadId, m.step, m.state, m.doubt_closed_at doubtClosedAt
  from messages m join leads l on l.id = m.lead_id where m.message_id = ?`;
