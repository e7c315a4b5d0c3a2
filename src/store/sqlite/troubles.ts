import type { SenderTroubles } from '../port.ts';
import type { Ground } from './ground.ts';

/** What the sender has left for a person to look at; `since` in UTC milliseconds. Reads only. */
export function senderTroubles(ground: Ground, since: number): SenderTroubles {
  return {
    doubts: ground
      .sql<{ messageId: string; since: number }>(
        `select message_id messageId, ended_at since from messages
         where state = 'in_doubt' and doubt_closed_at is null and demo = 0 order by ended_at, id`,
      )
      .all(),
    stale: ground
      .sql<{ leadId: string }>(
        `select l.lead_id leadId from enrollments e join leads l on l.id = e.lead_id
         where e.exit_reason = 'stale' and e.ended_at >= ? and l.demo = 0 order by e.ended_at desc`,
      )
      .all(since)
      .map(({ leadId }) => leadId),
    failed: ground
      .sql<{ reason: string; count: number; messageId: string }>(
        `select coalesce(reason, '') reason, count(*) count, max(message_id) messageId from messages
         where state = 'failed' and demo = 0 and ended_at >= ? group by reason order by count desc, reason`,
      )
      .all(since),
    submitted:
      ground
        .sql<{ n: number }>("select count(*) n from tries where outcome = 'submitted' and at >= ?")
        .get(since)?.n ?? 0,
  };
}
