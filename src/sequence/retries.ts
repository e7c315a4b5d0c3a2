import { HOUR, MINUTE, SECOND } from '../kernel/clock.ts';
import type { Submission } from '../mail/email.ts';
import type { ClaimedMessage, SendOutcome } from './port.ts';

/** How long a try may take; the lease outlasts it twice. */
export const TRY_TIMEOUT = 15 * SECOND;
export const LEASE = MINUTE;
/** How long everything waits when the account is at fault, before one email is tried again. */
const ACCOUNT_PAUSE = 10 * MINUTE;
/** How long a message waits that could not even be composed. */
export const BUG_DELAY = HOUR;

const LONGEST_DELAY = HOUR;
/** Resend keeps idempotency keys for 24 hours. Beyond that the same key would be a second email; an hour is kept in hand. */
const KEY_LIFETIME = 23 * HOUR;

/** What the ledger keeps of one try. `now` is when it ended; `fraction` from 0 to 1 is chance. */
export function outcomeOf(
  submission: Submission,
  message: Pick<ClaimedMessage, 'attempts' | 'firstAttemptAt'>,
  now: number,
  fraction: number,
): SendOutcome {
  switch (submission.kind) {
    case 'submitted':
      return { kind: 'submitted', providerId: submission.providerId };
    case 'rejected':
    case 'in_doubt':
      return { kind: submission.kind, reason: submission.reason };
    case 'account_fault':
      return { kind: 'pause', until: now + ACCOUNT_PAUSE, reason: submission.reason };
    case 'slow_down':
      return { kind: 'pause', until: now + submission.afterMs, reason: submission.reason };
    case 'try_again': {
      const { reason, afterMs, ambiguous } = submission;
      const at = now + Math.max(backoff(message.attempts, fraction), afterMs ?? 0);
      // Bounded by time and not by count: an outage of some hours must cost nobody an email.
      if (at - (message.firstAttemptAt ?? now) < KEY_LIFETIME) return { kind: 'retry', at, reason };
      return { kind: ambiguous ? 'in_doubt' : 'rejected', reason: `${reason}, given up` };
    }
  }
}

/**
 * Whether the key of an earlier try may be forgotten by now. That try may have been accepted without our learning of it (a
 * crash, a long stop), so nobody can offer the email again without risking a second copy.
 */
export function isKeySpent(
  message: Pick<ClaimedMessage, 'attempts' | 'firstAttemptAt' | 'payload'>,
  now: number,
): boolean {
  const { attempts, firstAttemptAt, payload } = message;
  // Without bytes nothing was ever offered: a crash before the first try, or a text that could not be composed.
  return payload !== null && attempts > 0 && firstAttemptAt !== null && now - firstAttemptAt >= KEY_LIFETIME;
}

/** Between half of the delay and all of it: a provider that comes back is not met by everyone at once. `tries` begun before this one. */
function backoff(tries: number, fraction: number): number {
  const longest = Math.min(LONGEST_DELAY, 30 * SECOND * 2 ** tries);
  return Math.round(longest * (0.5 + fraction / 2));
}
