import { DAY } from '../kernel/clock.ts';
import type { MessageState } from '../kernel/words.ts';
import { tellMoment } from '../leads/moments.ts';
import type { MomentPlace } from '../leads/moments.ts';
import type { Doubt } from './port.ts';
import { reasonInWords } from './reason-words.ts';

const STATES: Readonly<Record<MessageState, string>> = {
  planned: 'waits for its time',
  claimed: 'is being sent',
  submitted: 'sent',
  delivered: 'arrived',
  bounced: 'came back',
  complained: 'arrived, and was reported as spam',
  failed: 'refused',
  skipped: 'left out',
  cancelled: 'not sent',
  in_doubt: 'in doubt: nobody can tell whether it went out',
};

/** How an email stands, in words: "left out: 11 days late". `doubtClosedAt`: a doubt that came to count as sent. */
export function stateInWords(message: {
  readonly state: MessageState;
  readonly reason: string | null;
  readonly doubtClosedAt?: number | null;
}): string {
  const { state, reason, doubtClosedAt = null } = message;
  if (state === 'in_doubt')
    return doubtClosedAt === null ? STATES.in_doubt : 'was in doubt, and counts as sent';
  if (state === 'claimed' || reason === null) return STATES[state];
  return `${STATES[state]}: ${reasonInWords(reason)}`;
}

/** An email in doubt as the lists show it: why, and when it comes to count as sent. */
export function doubtTold(
  doubt: Doubt,
  place: MomentPlace,
): Doubt & { readonly why: string; readonly counts: string } {
  const why = doubt.reason === null ? 'no answer came' : reasonInWords(doubt.reason);
  const { closedAt, since } = doubt;
  const counts =
    closedAt === null
      ? `counts as sent from ${tellMoment(since + DAY, place)}`
      : `counts as sent since ${tellMoment(closedAt, place)}`;
  return { ...doubt, why, counts };
}
