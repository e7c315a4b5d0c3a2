import type { Ground } from './ground.ts';

/** So many emails in a row come back for now, and the mailbox counts as gone. */
export const SOFT_BOUNCES_TO_STOP = 3;

/**
 * Counts anew how many of the lead's emails came back since the last one that arrived. Counted from the ledger, in the order in
 * which they went out, because reports come in any order.
 */
export function countSoftBounces(ground: Ground, leadId: number): number {
  return (
    ground
      .sql<{ n: number }>(
        `select count(*) n from messages
         where lead_id = :leadId and state = 'bounced' and (submitted_at, id) > (
           select coalesce(max(submitted_at), -1), coalesce(max(id), -1) from (
             select submitted_at, id from messages where lead_id = :leadId and state = 'delivered'
             order by submitted_at desc, id desc limit 1))`,
      )
      .get({ leadId })?.n ?? 0
  );
}
