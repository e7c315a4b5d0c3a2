import { HOUR } from '../../kernel/clock.ts';
import type { LeaseHolder, SenderPause, SendOutcome, SequenceStore } from '../../sequence/port.ts';
import type { Ground } from './ground.ts';
import { nextCatchUpAt } from './catch-up.ts';
import { PRIORITIES, UNKNOWN } from './messages.ts';
import { planAnew } from './plan-anew.ts';
import { MAYBE_GONE } from './tries.ts';
import { deleteSetting, readSetting, SETTING, writeSetting } from './settings.ts';

export function senderStateActs(
  ground: Ground,
): Pick<
  SequenceStore,
  | 'releaseLeases'
  | 'nextDueAt'
  | 'senderPause'
  | 'holdSending'
  | 'resumeSending'
  | 'probeAccount'
  | 'markSentLive'
  | 'countOverdue'
> {
  return {
    releaseLeases: (holder, now) => ground.commit(() => releaseLeases(ground, holder, now)),
    nextDueAt: async () => nextDueAt(ground),
    senderPause: async (now) => senderPause(ground, now),
    holdSending: async (hold) => await ground.commit(() => holdSending(ground, hold)),
    resumeSending: async (at, timetable) =>
      await ground.commit(() => {
        deleteSetting(ground, SETTING.senderHold);
        endPause(ground, at);
        return planAnew(ground, timetable, at);
      }),
    probeAccount: async (at) =>
      await ground.commit(() => {
        const pause = readPause(ground);
        if (pause?.kind !== 'account') return;
        // Those that met the fault step aside until just after the pause; in this pass they may be the probe.
        letGo(ground, pause, at);
        writePause(ground, { ...pause, until: Math.min(pause.until, at) });
      }),
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

type Passing = Extract<SenderPause, { kind: 'account' | 'rate' }>;
type Hold = Extract<SenderPause, { kind: 'restored' | 'coach' }>;

/** The latest word counts; `since` stays that of the first as long as nothing was submitted in between. */
export function pauseSender(
  ground: Ground,
  { cause, until, reason }: Extract<SendOutcome, { kind: 'pause' }>,
  at: number,
): void {
  const before = readPause(ground);
  const since = before?.kind === cause ? before.since : at;
  writePause(ground, { kind: cause, until, reason, since });
}

/** A submission proves that the account is well: what met the fault goes now, and not when the pause would have ended. */
export function endPause(ground: Ground, at: number): void {
  const pause = readPause(ground);
  if (pause === null) return;
  letGo(ground, pause, at);
  deleteSetting(ground, SETTING.senderPause);
}

function letGo(ground: Ground, { until }: Passing, at: number): void {
  ground
    .sql(
      "update messages set ready_at = :at where state = 'planned' and demo = 0 and ready_at between :until and :until + 1",
    )
    .run({ at, until });
}

/** The pause that a person must end. */
export function heldBy(ground: Ground): Hold | null {
  const kept = readSetting(ground, SETTING.senderHold);
  return kept === null ? null : (JSON.parse(kept) as Hold);
}

/** A restored database says more than a coach's pause; otherwise the first reason stays. */
function holdSending(ground: Ground, hold: Parameters<SequenceStore['holdSending']>[0]): void {
  const before = heldBy(ground);
  if (before !== null && (before.kind === 'restored' || hold.kind === 'coach')) return;
  const { kind, reason, at } = hold;
  const next: Hold = { kind, until: null, reason, since: at };
  writeSetting(ground, SETTING.senderHold, JSON.stringify(next));
}

export function senderPause(ground: Ground, now: number): SenderPause | null {
  const held = heldBy(ground);
  if (held !== null) return held;
  const pause = readPause(ground);
  return pause !== null && pause.until > now ? pause : null;
}

function readPause(ground: Ground): Passing | null {
  const kept = readSetting(ground, SETTING.senderPause);
  if (kept === null) return null;
  // An earlier version kept no kind; it had pauses by the account and by the rate, and the first is the one that may last.
  return { kind: 'account', ...(JSON.parse(kept) as Omit<Passing, 'kind'>) };
}

function writePause(ground: Ground, pause: Passing): void {
  writeSetting(ground, SETTING.senderPause, JSON.stringify(pause));
}
