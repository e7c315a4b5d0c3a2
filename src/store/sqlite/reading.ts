import { WENT_OUT } from '../../kernel/ledger.ts';
import type { ClaimedMessage } from '../../sequence/port.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';

type Reading = NonNullable<ClaimedMessage['reading']>;

/** What a lead has read and was shown, for posts that fit. `enrollmentRow` is the row's id. */
export function readingOf(ground: Ground, lead: Pick<LeadRecord, 'id'>, enrollmentRow: number): Reading {
  const came = ground
    .sql<{ campaign: string | null }>(
      "select campaign from attributions where lead_id = ? and touch = 'first' and source = 'article'",
    )
    .get(lead.id);
  return {
    read: openedBy(ground, lead.id),
    mailed: listedIn(ground, enrollmentRow),
    cameBy: came?.campaign ?? null,
  };
}

/** One that she opened again counts from then. */
function openedBy(ground: Ground, leadRow: number): readonly string[] {
  return ground
    .sql<{ slug: string }>(
      // Links that lead to no article have a colon (`kernel/special-links.ts`).
      `select slug from clicks where lead_id = ? and actor = 'person' and instr(slug, ':') = 0
       group by slug order by max(at), max(id)`,
    )
    .all(leadRow)
    .map(({ slug }) => slug);
}

/** One in doubt may lie in her inbox. */
const STATES = [...WENT_OUT, 'in_doubt'].map((state) => `'${state}'`).join();

function listedIn(ground: Ground, enrollmentRow: number): readonly string[] {
  return ground
    .sql<{ slug: string }>(
      `select post.value slug from messages m, json_each(m.posts) post
       where m.enrollment_id = ? and m.state in (${STATES}) order by m.ended_at, m.id, post.key`,
    )
    .all(enrollmentRow)
    .map(({ slug }) => slug);
}
