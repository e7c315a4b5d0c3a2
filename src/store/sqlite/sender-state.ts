import { HOUR } from '../../kernel/clock.ts';
import type { LeaseHolder, SenderPause, SequenceStore } from '../../sequence/port.ts';
import type { Ground } from './ground.ts';
import { PRIORITIES } from './messages.ts';
import { readSetting, SETTING, writeSetting } from './settings.ts';

export function senderStateActs(
  ground: Ground,
): Pick<SequenceStore, 'releaseLeases' | 'nextDueAt' | 'senderPause' | 'markSentLive' | 'countOverdue'> {
  return {
    releaseLeases: (holder, now) => ground.commit(() => releaseLeases(ground, holder, now)),
    nextDueAt: async () => nextDueAt(ground),
    senderPause: async (now) => senderPause(ground, now),
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
  return ground
    .sql(
      `update messages set state = 'planned', ready_at = :now, lease_until = null, lease_token = null
       where state = 'claimed' and demo = 0 and lease_token like :mark`,
    )
    .run({ now, mark: `${holder}:%` }).changes;
}

/** One look into the index for each priority, whatever the number of messages that wait. */
function nextDueAt(ground: Ground): number | null {
  const first = PRIORITIES.map((priority) =>
    ground
      .sql<{ at: number }>(
        `select ready_at at from messages where state in ('planned', 'claimed') and demo = 0 and priority = ?
         order by ready_at limit 1`,
      )
      .get(priority),
  );
  const instants = first.flatMap((row) => (row === undefined ? [] : [row.at]));
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

/** The latest word counts; `since` stays that of the first while one follows the other. */
export function pauseSender(ground: Ground, until: number, reason: string, at: number): void {
  const since = senderPause(ground, at)?.since ?? at;
  writeSetting(ground, SETTING.senderPause, JSON.stringify({ until, reason, since } satisfies SenderPause));
}

function senderPause(ground: Ground, now: number): SenderPause | null {
  const kept = readSetting(ground, SETTING.senderPause);
  if (kept === null) return null;
  const pause = JSON.parse(kept) as SenderPause;
  return pause.until > now ? pause : null;
}
