import { MINUTE } from '../kernel/clock.ts';

/**
 * How often a network may send forms that are not taken and still gets its form back. Such a form costs nothing but the page with
 * which it is answered (2 ms), and no limit of the store counts it. In memory only: a restart forgives.
 */
export interface Patience {
  /** Counts one more form that was not taken. @returns UTC milliseconds until which the network gets the short answer, or null. */
  spentUntil(network: string, now: number): number | null;
}

/** More than a room full of people who mistype, on one line. */
const FORMS = 60;
const WINDOW = 10 * MINUTE;
/** Some 2 MB. Whoever has more networks than that is let go with the oldest. */
const NETWORKS = 10_000;

type Window = { count: number; readonly until: number };

export function createPatience(): Patience {
  // In the order in which they began, and all are of one length: what ends first comes first.
  const windows = new Map<string, Window>();
  const makeRoom = (now: number) => {
    for (const [network, { until }] of windows) {
      if (until > now && windows.size < NETWORKS) return;
      windows.delete(network);
    }
  };
  return {
    spentUntil: (network, now) => {
      const open = windows.get(network);
      if (open !== undefined && open.until > now) {
        open.count += 1;
        return open.count > FORMS ? open.until : null;
      }
      windows.delete(network);
      makeRoom(now);
      windows.set(network, { count: 1, until: now + WINDOW });
      return null;
    },
  };
}
