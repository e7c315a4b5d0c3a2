import type { Clock } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Log } from '../kernel/log.ts';
import type { Email } from '../mail/email.ts';
import { thawEmail } from '../mail/frozen.ts';
import type { Choices, Composer } from '../mail/order.ts';
import type { ClaimedMessage, SendOutcome } from './port.ts';
import { BUG_DELAY } from './retries.ts';

export type PrepareParts = {
  readonly compose: Composer;
  readonly clock: Clock;
  readonly log: Log;
};

export type Prepared =
  /** `choices` is null where the bytes were kept by an earlier try. */
  | { readonly kind: 'ready'; readonly email: Email; readonly choices: Choices | null }
  | { readonly kind: 'given_up'; readonly outcome: SendOutcome };

/**
 * The email as an earlier try kept it, or a new one. A bug in one message must not stop the others: it is pushed ahead, and its
 * ids are told.
 */
export function prepareEmail({ compose, clock, log }: PrepareParts, message: ClaimedMessage): Prepared {
  const now = clock.now();
  try {
    if (message.payload !== null) return { kind: 'ready', email: thawEmail(message.payload), choices: null };
    const composition = compose(message, now);
    if (composition.kind === 'composed') return { ...composition, kind: 'ready' };
    return { kind: 'given_up', outcome: { kind: 'rejected', reason: composition.reason } };
  } catch (error) {
    const { messageId, step } = message;
    log.error({ messageId, step, fault: faultOf(error) }, 'an email could not be composed');
    const reason = 'it could not be composed';
    return {
      kind: 'given_up',
      outcome: { kind: 'retry', at: now + BUG_DELAY, reason, ambiguous: false },
    };
  }
}
