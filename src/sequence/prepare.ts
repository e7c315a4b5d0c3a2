import type { Clock } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Log } from '../kernel/log.ts';
import type { Email } from '../mail/email.ts';
import { freezeEmail, thawEmail } from '../mail/frozen.ts';
import type { Composer, Composition } from '../mail/order.ts';
import type { ClaimedMessage, SendOutcome, SequenceStore } from './port.ts';
import { BUG_DELAY } from './retries.ts';

export type PrepareParts = {
  readonly store: Pick<SequenceStore, 'freeze'>;
  readonly compose: Composer;
  readonly clock: Clock;
  readonly log: Log;
};

export type Prepared =
  | { readonly kind: 'ready'; readonly email: Email }
  /** Stopped since the claim, or the lease is lost: it must not go out. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'given_up'; readonly outcome: SendOutcome };

/** The bytes kept for this message by an earlier try, or new ones that are kept from now on. */
export async function prepareEmail(parts: PrepareParts, message: ClaimedMessage): Promise<Prepared> {
  const composition = composeSafely(parts, message);
  if (composition.kind === 'broken') return { kind: 'given_up', outcome: composition.outcome };
  if (composition.kind === 'impossible') {
    return { kind: 'given_up', outcome: { kind: 'rejected', reason: composition.reason } };
  }
  const { email } = composition;
  if (message.payload !== null) return { kind: 'ready', email };
  const kept = await parts.store.freeze({
    messageId: message.messageId,
    leaseToken: message.leaseToken,
    payload: freezeEmail(email),
    subject: email.subject,
    at: parts.clock.now(),
  });
  return kept ? { kind: 'ready', email } : { kind: 'stopped' };
}

/** A bug in one message must not stop the others: it is pushed ahead, and its ids are told. */
function composeSafely(
  { compose, clock, log }: PrepareParts,
  message: ClaimedMessage,
): Composition | { readonly kind: 'broken'; readonly outcome: SendOutcome } {
  const now = clock.now();
  try {
    if (message.payload === null) return compose(message, now);
    return { kind: 'composed', email: thawEmail(message.payload) };
  } catch (error) {
    const { messageId, step } = message;
    log.error({ messageId, step, fault: faultOf(error) }, 'an email could not be composed');
    return {
      kind: 'broken',
      outcome: { kind: 'retry', at: now + BUG_DELAY, reason: 'it could not be composed' },
    };
  }
}
