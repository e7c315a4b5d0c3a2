import type { ClaimedMessage } from '../../sequence/port.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';

type Reading = NonNullable<ClaimedMessage['reading']>;

/** What a lead has read and was shown, for posts that fit. */
export function readingOf(ground: Ground, lead: LeadRecord, enrollmentId: number): Reading {
  const read = ground
    .sql<{ slug: string }>(
      // Links that lead to no article have a colon (`kernel/special-links.ts`).
      "select slug from clicks where lead_id = ? and actor = 'person' and instr(slug, ':') = 0 group by slug order by min(at), min(id)",
    )
    .all(lead.id);
  const mailed = ground
    .sql<{ posts: string }>(
      'select posts from messages where enrollment_id = ? and posts is not null order by id',
    )
    .all(enrollmentId);
  const came = ground
    .sql<{ campaign: string | null }>(
      "select campaign from attributions where lead_id = ? and touch = 'first' and source = 'article'",
    )
    .get(lead.id);
  return {
    read: read.map(({ slug }) => slug),
    mailed: mailed.flatMap(({ posts }) => JSON.parse(posts) as string[]),
    cameBy: came?.campaign ?? null,
  };
}
