import { createHash, timingSafeEqual } from 'node:crypto';
import { HOUR } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { DeskStore } from './port.ts';

/** The link that sets the desk's first password. Lives in memory: each start makes a new one, good for an hour. */
export interface Setup {
  /** The token for the link, or null as soon as a password exists. */
  link(): Promise<string | null>;
  /** Whether a token opens the form now. */
  accepts(token: string): Promise<boolean>;
  /** Uses the link up; false when that has happened before. Two presses at one moment set one password. */
  spend(): boolean;
}

export function createSetup(parts: {
  readonly store: Pick<DeskStore, 'accounts'>;
  readonly clock: Clock;
  readonly random: Random;
}): Setup {
  const token = parts.random.token(32);
  const goodUntil = parts.clock.now() + HOUR;
  let spent = false;
  const open = async () => !spent && (await parts.store.accounts()).length === 0;
  return {
    spend: () => {
      const isFirst = !spent;
      spent = true;
      return isFirst;
    },
    link: async () => ((await open()) ? token : null),
    accepts: async (given) => equal(given, token) && parts.clock.now() < goodUntil && (await open()),
  };
}

/** Compares hashes, so that neither length nor first difference shows in the time taken. */
function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
