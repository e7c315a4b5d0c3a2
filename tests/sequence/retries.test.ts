import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/kernel/clock.ts';
import type { Submission } from '../../src/mail/email.ts';
import { outcomeOf, whyInDoubt } from '../../src/sequence/retries.ts';
import { NOON } from '../support/email.ts';

const passing = (changes: Partial<Extract<Submission, { kind: 'try_again' }>> = {}): Submission => ({
  kind: 'try_again',
  reason: 'internal_server_error 500',
  afterMs: null,
  ambiguous: false,
  ...changes,
});
const first = { attempts: 0, firstAttemptAt: null, doubt: null };
const nth = (attempts: number) => ({ attempts, firstAttemptAt: NOON, doubt: null });

describe('a passing fault', () => {
  it('waits up to 30 seconds, then up to twice as long each time, an hour at most', () => {
    const longest = [0, 1, 2, 3, 4, 5, 6].map((attempts) => {
      const outcome = outcomeOf(passing(), nth(attempts), NOON, 1);
      return outcome.kind === 'retry' ? outcome.at - NOON : null;
    });
    expect(longest).toEqual([30, 60, 120, 240, 480, 960, 1920].map((seconds) => seconds * SECOND));
  });

  it('waits half of that or more, as chance has it', () => {
    expect(outcomeOf(passing(), first, NOON, 0)).toMatchObject({ kind: 'retry', at: NOON + 15 * SECOND });
    expect(outcomeOf(passing(), first, NOON, 0.5)).toMatchObject({ kind: 'retry', at: NOON + 22.5 * SECOND });
  });

  it('waits at least as long as the provider said', () => {
    const outcome = outcomeOf(passing({ afterMs: 5 * MINUTE }), first, NOON, 1);
    expect(outcome).toMatchObject({ kind: 'retry', at: NOON + 5 * MINUTE });
  });

  /** Tries at the longest distance until there is none any more. @returns how long that took, and how it ended. */
  const outlast = (ambiguous: boolean) => {
    const doubt = ambiguous ? { since: NOON, transport: 'resend' } : null;
    let now = NOON;
    for (let tries = 0; ; tries += 1) {
      const outcome = outcomeOf(
        passing({ ambiguous }),
        tries === 0 ? first : { ...nth(tries), doubt },
        now,
        1,
      );
      if (outcome.kind !== 'retry') return { lasted: now - NOON, end: outcome.kind };
      expect(outcome.at - now).toBeLessThanOrEqual(HOUR);
      now = outcome.at;
    }
  };

  it('outlasts an outage of most of a day where a try may have been taken, hourly at most', () => {
    const { lasted, end } = outlast(true);
    expect(end).toBe('in_doubt');
    expect(lasted).toBeGreaterThan(21 * HOUR);
    expect(lasted).toBeLessThan(23 * HOUR);
  });

  it('outlasts a long weekend where none was taken', () => {
    const { lasted, end } = outlast(false);
    expect(end).toBe('rejected');
    expect(lasted).toBeGreaterThan(4 * 24 * HOUR);
    expect(lasted).toBeLessThan(5 * 24 * HOUR);
  });

  it('is given up before 23 hours after the first doubtful try, when the provider would forget the key', () => {
    const late = passing({ ambiguous: true, afterMs: HOUR });
    const doubtful = { ...nth(1), doubt: { since: NOON, transport: 'resend' } };
    expect(outcomeOf(late, doubtful, NOON + 22 * HOUR - 1, 0).kind).toBe('retry');
    expect(outcomeOf(late, doubtful, NOON + 22 * HOUR, 0).kind).toBe('in_doubt');
  });
});

it('pauses everything for ten minutes when the account is at fault, and as long as told when too fast', () => {
  const fault: Submission = { kind: 'account_fault', reason: 'invalid_api_key 403' };
  expect(outcomeOf(fault, first, NOON, 0)).toEqual({
    kind: 'pause',
    cause: 'account',
    until: NOON + 10 * MINUTE,
    reason: 'invalid_api_key 403',
  });
  const silent: Submission = { kind: 'unreachable', reason: 'nobody answers', afterMs: 61_000 };
  expect(outcomeOf(silent, first, NOON, 0)).toMatchObject({ kind: 'pause', cause: 'unreachable' });
  const fast: Submission = { kind: 'slow_down', reason: 'rate_limit_exceeded 429', afterMs: 2000 };
  expect(outcomeOf(fast, nth(7), NOON, 0)).toMatchObject({
    kind: 'pause',
    cause: 'rate',
    until: NOON + 2000,
  });
});

it('stays in doubt when the last try was refused plainly but an earlier one ended unknown', () => {
  const doubtful = { ...nth(30), doubt: { since: NOON, transport: 'resend' } };
  expect(outcomeOf(passing(), doubtful, NOON + 23 * HOUR, 0).kind).toBe('in_doubt');
  expect(outcomeOf(passing(), nth(30), NOON + 5 * 24 * HOUR, 0).kind).toBe('rejected');
});

describe('an earlier try that ended unknown', () => {
  const doubt = { since: NOON, transport: 'resend' };
  const resend = { name: 'resend', honoursKeys: true } as const;

  it('is repeated under its key for 23 hours, and then never by the machine', () => {
    expect(whyInDoubt({ doubt }, resend, NOON + 23 * HOUR - 1)).toBe(null);
    expect(whyInDoubt({ doubt }, resend, NOON + 23 * HOUR)).toContain('unknown');
  });

  it('is never repeated where there are no keys, nor by another provider', () => {
    const smtp = { name: 'smtp', honoursKeys: false } as const;
    expect(whyInDoubt({ doubt: { ...doubt, transport: 'smtp' } }, smtp, NOON + 1)).toContain('no keys');
    expect(whyInDoubt({ doubt: { ...doubt, transport: 'outbox' } }, resend, NOON + 1)).toContain('outbox');
  });

  it('does not exist for what was never offered, or was refused plainly', () => {
    expect(whyInDoubt({ doubt: null }, resend, NOON + 48 * HOUR)).toBe(null);
  });
});
