import { DAY, HOUR, MINUTE, SECOND } from '../kernel/clock.ts';
import type { Submission, Transport } from '../mail/email.ts';
import type { ClaimedMessage, SendOutcome } from './port.ts';

/** Outlasts the longest try (`Transport.patience`) twice, with the writing before and after it. */
export const LEASE = 90 * SECOND;
/** How long everything waits when the account is at fault, before one email is tried again. */
const ACCOUNT_PAUSE = 10 * MINUTE;
/** How long a message waits that could not even be composed. */
export const BUG_DELAY = HOUR;

const LONGEST_DELAY = HOUR;
/** Beyond that nobody waits for the email any more (RFC 5321, 4.5.4.1: four to five days). Steps are judged by their lateness before. */
const GIVE_UP_AFTER = 5 * DAY;
/** Resend keeps idempotency keys for 24 hours. Beyond that the same key would be a second email; an hour is kept in hand. */
const KEY_LIFETIME = 23 * HOUR;

/** What the ledger keeps of one try. `now` is when it ended; `fraction` from 0 to 1 is chance. */
export function outcomeOf(
  submission: Submission,
  message: Pick<ClaimedMessage, 'attempts' | 'firstAttemptAt' | 'doubt'>,
  now: number,
  fraction: number,
): SendOutcome {
  switch (submission.kind) {
    case 'submitted':
      return { kind: 'submitted', providerId: submission.providerId };
    case 'rejected':
    case 'bounced':
    case 'in_doubt':
      return { kind: submission.kind, reason: submission.reason };
    case 'account_fault':
      return { kind: 'pause', cause: 'account', until: now + ACCOUNT_PAUSE, reason: submission.reason };
    case 'slow_down':
      return { kind: 'pause', cause: 'rate', until: now + submission.afterMs, reason: submission.reason };
    case 'unreachable':
      return {
        kind: 'pause',
        cause: 'unreachable',
        until: now + submission.afterMs,
        reason: submission.reason,
      };
    case 'try_again': {
      const { reason, afterMs, ambiguous } = submission;
      const at = now + Math.max(backoff(message.attempts, fraction), afterMs ?? 0);
      // Bounded by time and not by count: an outage of some days must cost nobody an email.
      const since = message.doubt?.since ?? (ambiguous ? now : null);
      const isOver =
        since === null ? at - (message.firstAttemptAt ?? now) >= GIVE_UP_AFTER : at - since >= KEY_LIFETIME;
      if (!isOver) return { kind: 'retry', at, reason, ambiguous };
      return { kind: since === null ? 'rejected' : 'in_doubt', reason: `${reason}, given up` };
    }
  }
}

/**
 * Why an email must not be offered again: an earlier try may have been taken without our learning of it (a crash, a timeout), and
 * the provider would take another offer for a second email. Null: it may be offered.
 */
export function whyInDoubt(
  { doubt }: Pick<ClaimedMessage, 'doubt'>,
  transport: Pick<Transport, 'name' | 'honoursKeys'>,
  now: number,
): string | null {
  if (doubt === null) return null;
  if (!transport.honoursKeys) return 'an earlier try ended unknown, and this way out knows no keys';
  // What one provider may have taken, another knows nothing of.
  if (doubt.transport !== transport.name) return `an earlier try by ${doubt.transport} ended unknown`;
  return now - doubt.since >= KEY_LIFETIME ? 'an earlier try ended unknown' : null;
}

/** Between half of the delay and all of it: a provider that comes back is not met by everyone at once. `tries` begun before this one. */
function backoff(tries: number, fraction: number): number {
  const longest = Math.min(LONGEST_DELAY, 30 * SECOND * 2 ** tries);
  return Math.round(longest * (0.5 + fraction / 2));
}
