import { faultOf } from '../kernel/fault.ts';
import { REMINDER_AFTER } from '../kernel/ledger.ts';
import type { Random } from '../kernel/random.ts';
import type { Timetable } from '../leads/timetable.ts';
import type { Email, Submission, Transport } from '../mail/email.ts';
import { freezeEmail } from '../mail/frozen.ts';
import type { Rate } from '../mail/rate.ts';
import type { Claim, ClaimedMessage, LeaseHolder, SendOutcome, SequenceStore } from './port.ts';
import { prepareEmail } from './prepare.ts';
import type { PrepareParts } from './prepare.ts';
import { logReport, reportOf } from './report.ts';
import type { SendReport } from './report.ts';
import { LEASE, outcomeOf, whyInDoubt } from './retries.ts';

export interface Sender {
  /** Handles the one message that is due first. Null: nothing is due, or sending is paused. Throws when the store does. */
  sendNextDue(): Promise<SendReport | null>;
}

export type SenderParts = PrepareParts & {
  readonly store: Pick<
    SequenceStore,
    'claimNextDue' | 'beginTry' | 'settle' | 'senderPause' | 'markSentLive'
  >;
  readonly holder: LeaseHolder;
  readonly transport: Transport;
  readonly rate: Rate;
  /** Asked anew each time: the coach may publish another sequence. */
  readonly timetable: () => Timetable;
  readonly random: Random;
  /** Milliseconds for one try; for tests. */
  readonly tryTimeout?: number;
};

/**
 * Claim, compose once, keep the bytes with the line that a try begins, offer them, write down what became of it. The order is the guarantee: after a crash at
 * any point the same bytes go out again under the same key, which the provider takes for one email.
 */
export function createSender(parts: SenderParts): Sender {
  const { store, transport, rate, clock, random, log } = parts;
  let markedLive = false;

  const sendNextDue = async (): Promise<SendReport | null> => {
    if ((await store.senderPause(clock.now())) !== null) return null;
    // Before the claim, so that a visitor's document that comes in while we wait goes first, and no lease runs down.
    await rate.ready();
    const claim = await store.claimNextDue({
      now: clock.now(),
      leaseMs: LEASE,
      leaseToken: `${parts.holder}:${random.uuid()}`,
      timetable: parts.timetable(),
    });
    if (claim === null) return null;
    const report = claim.kind === 'claimed' ? await handle(claim.message) : reportOfUnsent(claim);
    logReport(log, report);
    return report;
  };

  const handle = async (message: ClaimedMessage): Promise<SendReport> => {
    const doubtful = whyInDoubt(message, transport, clock.now());
    if (doubtful !== null) return await settle(message, null, { kind: 'in_doubt', reason: doubtful });
    const prepared = prepareEmail(parts, message);
    if (prepared.kind === 'given_up') return await settle(message, null, prepared.outcome);
    const { email, choices } = prepared;
    const { messageId, leaseToken, step } = message;
    await markLive();
    const begunAt = clock.now();
    const tryNumber = await store.beginTry({
      messageId,
      leaseToken,
      payload: message.payload ?? freezeEmail(email),
      subject: email.subject,
      transport: transport.name,
      choices,
      at: begunAt,
    });
    if (tryNumber === null) {
      return {
        messageId,
        step,
        kind: 'skipped',
        reason: 'kept back: stopped, paused or taken by another process',
        until: null,
      };
    }
    const now = clock.now();
    if (now - begunAt > LEASE / 2) {
      // The machine slept in between: the message may be another process's by now, and its key forgotten.
      const slept = { kind: 'retry', at: now, reason: 'the machine slept', ambiguous: false } as const;
      return await settle(message, tryNumber, slept);
    }
    const submission = await offer(email, message);
    return await settle(message, tryNumber, outcomeOf(submission, message, clock.now(), random.fraction()));
  };

  /** Before the line that a try begins: from there on nothing may come in between. */
  const markLive = async (): Promise<void> => {
    if (!transport.live || markedLive) return;
    await store.markSentLive(clock.now());
    markedLive = true;
  };

  const offer = async (email: Email, message: ClaimedMessage): Promise<Submission> => {
    rate.spend();
    try {
      const signal = AbortSignal.timeout(parts.tryTimeout ?? transport.patience);
      return await transport.submit(email, message.idempotencyKey, signal);
    } catch (error) {
      log.error(
        { messageId: message.messageId, fault: faultOf(error) },
        'the way out of an email failed unexpectedly',
      );
      return { kind: 'try_again', reason: 'unexpected fault', afterMs: null, ambiguous: true };
    }
  };

  const settle = async (
    message: ClaimedMessage,
    tryNumber: number | null,
    outcome: SendOutcome,
  ): Promise<SendReport> => {
    const at = clock.now();
    const { messageId, leaseToken } = message;
    const mayHaveArrived = outcome.kind === 'submitted' || outcome.kind === 'in_doubt';
    const settled = await store.settle({
      messageId,
      leaseToken,
      tryNumber,
      outcome,
      at,
      timetable: parts.timetable(),
      reminder:
        message.kind === 'delivery' && mayHaveArrived
          ? { messageId: random.uuid(), dueAt: at + REMINDER_AFTER }
          : null,
    });
    if (settled === 'lease_lost') log.warn({ messageId }, 'the lease ran out before the outcome was written');
    return reportOf(message, outcome);
  };

  return { sendNextDue };
}

/** Decided by the store inside the claim. */
function reportOfUnsent(claim: Exclude<Claim, { readonly kind: 'claimed' }>): SendReport {
  const { kind, messageId, step, reason } = claim;
  return { messageId, step, kind, reason, until: kind === 'postponed' ? claim.until : null };
}
