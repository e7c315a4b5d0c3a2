/** A source of the present instant. Everything that needs the time is handed one; only this file reads the system's. */
export interface Clock {
  /** The present instant in UTC milliseconds since 1970. */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/**
 * A clock for rehearsals: starts at `instant` (UTC milliseconds) and runs on at the usual pace.
 * Reads the monotonic clock, so that a correction of the machine's time does not move it.
 */
export function clockStartingAt(instant: number): Clock {
  const begun = performance.now();
  return { now: () => instant + Math.floor(performance.now() - begun) };
}

/** The machine's clock, or a rehearsal's where one was asked for. */
export function clockFrom(start: number | null): Clock {
  return start === null ? systemClock : clockStartingAt(start);
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
