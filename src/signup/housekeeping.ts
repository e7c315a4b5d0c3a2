import { DAY, HOUR } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Log } from '../kernel/log.ts';
import type { SignupStore } from './port.ts';

export interface Housekeeping {
  start(): void;
  stop(): void;
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
      void sweep();
      timer = setInterval(() => void sweep(), EVERY).unref();
    },
    stop: () => clearInterval(timer),
  };
}
