import type { SenderPause, SendOutcome, SequenceStore } from '../../sequence/port.ts';
import type { Ground } from './ground.ts';
import { planAnew } from './plan-anew.ts';
import { deleteSetting, readSetting, SETTING, writeSetting } from './settings.ts';

type Asked = 'senderPause' | 'holdSending' | 'resumeSending' | 'probeAccount';

/** Pauses of everything: those that end by themselves, and those that a person must end. */
export function pauseActs(ground: Ground): Pick<SequenceStore, Asked> {
  return {
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
  };
}

type Passing = Extract<SenderPause, { kind: 'account' | 'rate' | 'unreachable' }>;
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
