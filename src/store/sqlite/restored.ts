import type { MissedStops, Stop, StoreControl } from '../port.ts';
import { lastActivity } from './activity.ts';
import { emptyLog } from './checkpoint.ts';
import type { Ground } from './ground.ts';
import { doubtLostTime } from './lost-time.ts';
import { carryOutStops, leadFinder } from './replay.ts';
import { SETTING, writeSetting } from './settings.ts';
import { lastStop } from './stops.ts';

/** What makes a database that is older than its journal fit to be used again. */
export function restoredActs(ground: Ground): Pick<StoreControl, 'missedStops' | 'replayStops'> {
  return {
    // In a transaction: another program may be between its line and its COMMIT.
    missedStops: async () => await ground.commit(() => missedStops(ground)),
    replayStops: async (replay) => {
      const result = await ground.commit(() => replayStops(ground, replay));
      // Only now: a line that is ended says that the database knows it.
      await ground.commit(() => ground.journal.endLine());
      // Whoever was erased again shall not stay readable in the log.
      if (result.stopped > 0) emptyLog(ground);
      return result;
    },
  };
}

function missedStops(ground: Ground): MissedStops | null {
  const known = lastStop(ground);
  const { stops, committed } = ground.journal.read();
  const missed = stops.filter(({ number }) => number !== null && number > known);
  if (missed.length === 0) {
    ground.journal.endLine();
    return null;
  }
  const isOlder = committed > known && hasPeople(ground);
  return { stops: missed, isOlder, knownUntil: lastActivity(ground.raw) };
}

/** A new database beside an old journal has nobody who could be mailed twice. */
function hasPeople(ground: Ground): boolean {
  const row = ground
    .sql<{ n: number }>('select (exists (select 1 from leads) or exists (select 1 from messages)) n')
    .get();
  return row?.n === 1;
}

function replayStops(
  ground: Ground,
  { stops, lost, at, timetable }: Parameters<StoreControl['replayStops']>[0],
): { readonly stopped: number; readonly doubts: number } {
  // Before the stops: what went out before one may not come back by a later yes.
  const stoppedAt = firstStops(ground, stops);
  const doubts = lost === null ? 0 : doubtLostTime(ground, { lost, stoppedAt, at, timetable });
  const stopped = carryOutStops(ground, stops);
  const numbers = [...stops, ...ground.journal.read().stops].map(({ number }) => number ?? 0);
  const last = numbers.reduce((highest, number) => Math.max(highest, number), lastStop(ground));
  writeSetting(ground, SETTING.lastStop, String(last));
  return { stopped, doubts };
}

/** The first stop of each lead, by row id. */
function firstStops(ground: Ground, stops: readonly Stop[]): ReadonlyMap<number, number> {
  const find = leadFinder(ground);
  const first = new Map<number, number>();
  for (const stop of stops) {
    const id = find(stop)?.id;
    if (id !== undefined) first.set(id, Math.min(stop.at, first.get(id) ?? Infinity));
  }
  return first;
}
