import { setTimeout as wait } from 'node:timers/promises';
import { SECOND } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';

/** How fast the provider may be called: one for the whole process. */
export interface Rate {
  /** Waits until a call is allowed, without using it up: what is most urgent is chosen after the wait. */
  ready(): Promise<void>;
  /** One call begins. */
  spend(): void;
  /** Slows down as the provider's answer says; never speeds up beyond what was set. Names of headers in lower case. */
  heed(headers: Readonly<Record<string, string>>): void;
}

/** For what costs nobody anything, such as files. */
export const unlimited: Rate = { ready: () => Promise.resolve(), spend: () => {}, heed: () => {} };

/** A longer wait is the sender's pause, which everyone sees; here it would only keep the process from stopping. */
const LONGEST_CLOSING = 5 * SECOND;

/**
 * A token bucket that holds one second's worth (at least one call).
 * @param perSecond `MAIL_RATE`.
 * @param sleep for tests; in milliseconds.
 */
export function createRate(
  perSecond: number,
  clock: Clock,
  sleep: (ms: number) => Promise<unknown> = (ms) => wait(ms),
): Rate {
  let pace = perSecond;
  let calls = Math.max(1, pace);
  let filledAt = clock.now();
  let closedUntil = 0;

  const fill = () => {
    const now = clock.now();
    // A clock set back must not close the bucket until it has caught up.
    if (now < filledAt) closedUntil = now;
    calls = Math.min(Math.max(1, pace), calls + (Math.max(0, now - filledAt) / SECOND) * pace);
    filledAt = now;
    return now;
  };
  const missing = () => {
    const now = fill();
    // A thousandth is lost to rounding; without the allowance the last wait would be repeated for nothing.
    return Math.max(closedUntil - now, calls >= 0.999 ? 0 : ((1 - calls) / pace) * SECOND);
  };
  return {
    ready: async () => {
      for (let ms = missing(); ms > 0; ms = missing()) await sleep(Math.ceil(ms));
    },
    spend: () => {
      fill();
      calls -= 1;
    },
    heed: (headers) => {
      const now = fill();
      const limit = readLimit(headers['ratelimit-limit']);
      if (limit !== null) pace = Math.min(perSecond, limit);
      const isEmpty = headers['ratelimit-remaining'] === '0';
      const ms = retryAfterMs(headers) ?? (isEmpty ? resetMs(headers) : null);
      if (ms !== null) closedUntil = Math.max(closedUntil, now + Math.min(ms, LONGEST_CLOSING));
    },
  };
}

/** `retry-after` in milliseconds; null when it was not given in seconds. */
export function retryAfterMs(headers: Readonly<Record<string, string>>): number | null {
  return secondsOf(headers['retry-after']);
}

/** `ratelimit-reset` in milliseconds. */
export function resetMs(headers: Readonly<Record<string, string>>): number | null {
  return secondsOf(headers['ratelimit-reset']);
}

function secondsOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}(?:\.\d{1,3})?$/.test(text) ? Number(text) * SECOND : null;
}

/** Calls per second of `5` or `100, 100;w=60` (draft-ietf-httpapi-ratelimit-headers-06); null when it says nothing usable. */
function readLimit(text: string | undefined): number | null {
  const match = /^(\d{1,9})(?:.*;w=(\d{1,9}))?/.exec(text ?? '');
  const pace = match === null ? 0 : Number(match[1]) / Number(match[2] ?? 1);
  return Number.isFinite(pace) && pace > 0 ? pace : null;
}
