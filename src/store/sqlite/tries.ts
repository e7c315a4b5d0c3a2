import { createHash } from 'node:crypto';
import type { TryOutcome } from '../../kernel/words.ts';
import type { SendOutcome, SequenceStore } from '../../sequence/port.ts';
import { enrollmentOf } from './enrollments.ts';
import type { Ground } from './ground.ts';
import { changeState } from './messages.ts';
import type { MessageRecord } from './messages.ts';
import { messages } from './schema/ledger.ts';
import { tries } from './schema/provider.ts';
import { heldBy } from './pauses.ts';

type Begun = Parameters<SequenceStore['beginTry']>[0];

export function tryActs(ground: Ground): Pick<SequenceStore, 'beginTry'> {
  return { beginTry: async (begun) => await ground.commit(() => beginTry(ground, begun)) };
}

/** The gate through which every email leaves. What was stopped or paused since the claim ends here. */
function beginTry(ground: Ground, begun: Begun): number | null {
  const message = ground.rows.find(messages, messages.messageId, begun.messageId);
  const isOurs =
    message?.state === 'claimed' &&
    message.leaseToken === begun.leaseToken &&
    message.leaseUntil !== null &&
    message.leaseUntil > begun.at;
  if (!isOurs) return null;
  const pausedUntil = pauseOver(ground, message, begun.at);
  if (pausedUntil !== null) {
    giveBack(ground, message, pausedUntil);
    return null;
  }
  // The first bytes stay: the same key with other bytes is an error at the provider.
  const payload = message.payload ?? Buffer.from(begun.payload);
  ground.rows.update(messages, message.id, {
    attempts: message.attempts + 1,
    firstAttemptAt: message.firstAttemptAt ?? begun.at,
    ...(message.payload === null ? { payload, subject: begun.subject, ...kept(begun.choices) } : {}),
  });
  return ground.rows.insert(tries, {
    messageId: message.id,
    at: begun.at,
    transport: begun.transport,
    keyNumber: message.keyNumber,
    payloadSha256: createHash('sha256').update(payload).digest('hex'),
    afterEvent: ground.sql<{ last: number | null }>('select max(id) last from events').get()?.last ?? 0,
  });
}

/** The instant before which it must not go; null: it may go now. */
function pauseOver(ground: Ground, message: MessageRecord, at: number): number | null {
  if (heldBy(ground) !== null) return message.dueAt;
  if (message.kind !== 'step') return null;
  const enrollment = enrollmentOf(ground, message.leadId);
  const until = enrollment?.state === 'paused' ? enrollment.pausedUntil : null;
  return until !== null && until > at ? until : null;
}

function giveBack(ground: Ground, message: MessageRecord, readyAt: number): void {
  const dueAt = Math.max(message.dueAt, readyAt);
  changeState(ground, message, 'planned', { dueAt, readyAt, leaseToken: null, leaseUntil: null });
}

function kept(choices: Begun['choices']): Partial<MessageRecord> {
  if (choices === null) return {};
  const { subject, posts, stepVersion } = choices;
  return { subjectChoice: subject, posts: posts.length === 0 ? null : JSON.stringify(posts), stepVersion };
}

/** Writes how a try ended. One that ended already stays as it was written. */
export function endTry(ground: Ground, tryNumber: number, outcome: SendOutcome, at: number): void {
  const providerId = outcome.kind === 'submitted' ? outcome.providerId : null;
  const reason = 'reason' in outcome ? outcome.reason : null;
  ground
    .sql(
      `update tries set outcome = :outcome, ended_at = :at, provider_id = :providerId, reason = :reason
       where id = :tryNumber and outcome is null`,
    )
    .run({ outcome: tryOutcome(outcome), at, providerId, reason, tryNumber });
}

function tryOutcome(outcome: SendOutcome): TryOutcome {
  switch (outcome.kind) {
    case 'retry':
      return outcome.ambiguous ? 'ambiguous' : 'retry';
    case 'pause':
      return 'paused';
    case 'in_doubt':
    case 'submitted':
    case 'bounced':
    case 'rejected':
      return outcome.kind;
  }
}
