import { HOUR } from '../../kernel/clock.ts';
import type { LeaseHolder, SequenceStore } from '../../sequence/port.ts';
import { nextCatchUpAt } from './catch-up.ts';
import type { Ground } from './ground.ts';
import { PRIORITIES } from './messages.ts';
import { MAYBE_GONE, UNKNOWN } from './offers.ts';
import { readSetting, SETTING, writeSetting } from './settings.ts';

type Asked = 'releaseLeases' | 'nextDueAt' | 'markSentLive' | 'countOverdue';

/** What waits, and what a process that is gone had in hand. */
export function queueActs(ground: Ground): Pick<SequenceStore, Asked> {
  return {
    releaseLeases: (holder, now) => ground.commit(() => releaseLeases(ground, holder, now)),
    nextDueAt: async () => nextDueAt(ground),
    markSentLive: async (at) => {
      if (readSetting(ground, SETTING.sentLiveAt) !== null) return;
      await ground.commit(() => {
        if (readSetting(ground, SETTING.sentLiveAt) === null)
          writeSetting(ground, SETTING.sentLiveAt, String(at));
      });
    },
    countOverdue: async (now, overdueBy) => countOverdue(ground, now, overdueBy),
  };
}

function releaseLeases(ground: Ground, holder: LeaseHolder, now: number): number {
  // Stopped while it was under way, and nobody is left who could tell how that ended.
  ground
    .sql(
      `update messages as m set state = 'in_doubt', reason = ${UNKNOWN} || coalesce(reason, 'stopped'), ended_at = :now,
         lease_until = null, lease_token = null
       where state = 'cancelled' and demo = 0 and lease_token like :mark and ${MAYBE_GONE}`,
    )
    .run({ now, mark: `${holder}:%` });
  return ground
    .sql(
      `update messages set state = 'planned', ready_at = :now, lease_until = null, lease_token = null
       where state = 'claimed' and demo = 0 and lease_token like :mark`,
    )
    .run({ now, mark: `${holder}:%` }).changes;
}

/** One look into the index for each priority, whatever the number of messages that wait. */
function nextDueAt(ground: Ground): number | null {
  const first = PRIORITIES.map(
    (priority) =>
      ground
        .sql<{ at: number }>(
          `select ready_at at from messages where state in ('planned', 'claimed') and demo = 0 and priority = ?
         order by ready_at limit 1`,
        )
        .get(priority)?.at ?? null,
  );
  const instants = [...first, nextCatchUpAt(ground)].filter((at) => at !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}

/** No message that is due waits longer than this for its next try; it bounds how much of the index is read. */
const LONGEST_WAIT = 2 * HOUR;

function countOverdue(ground: Ground, now: number, overdueBy: number): number {
  return (
    ground
      .sql<{ n: number }>(
        `select count(*) n from messages where state in ('planned', 'claimed') and demo = 0
         and priority in (${PRIORITIES.join()}) and ready_at <= :soon and due_at <= :since`,
      )
      .get({ soon: now + LONGEST_WAIT, since: now - overdueBy })?.n ?? 0
  );
}
