import { DAY, HOUR } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Log } from '../kernel/log.ts';
import type { SignupStore } from './port.ts';

export interface Housekeeping {
  start(): void;
  /** Resolves when a sweep under way is done. */
  stop(): Promise<void>;
}

/** What the honeypot caught, so that the coach may look and release it. */
const HELD_DAYS = 30;
/** After its link has expired an unconfirmed signup stays this long: the link can be renewed until then. */
const RENEWAL_DAYS = 30;
const EVERY = 6 * HOUR;

/** Deletes what has no reason to be kept any longer: at start, and four times a day. */
export function createHousekeeping(parts: {
  readonly store: Pick<SignupStore, 'housekeep'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly linkDays: () => number;
}): Housekeeping {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const sweep = async () => {
    const now = parts.clock.now();
    try {
      await parts.store.housekeep({
        heldBefore: now - HELD_DAYS * DAY,
        unconfirmedBefore: now - (parts.linkDays() + RENEWAL_DAYS) * DAY,
        now,
      });
    } catch (error) {
      parts.log.error({ fault: faultOf(error) }, 'housekeeping failed; it is tried again in six hours');
    }
  };
  return {
    start: () => {
      running = sweep();
      timer = setInterval(() => {
        running = running.then(sweep);
      }, EVERY).unref();
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
