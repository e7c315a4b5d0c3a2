import type { InferSelectModel } from 'drizzle-orm';
import { mayBecome } from '../../kernel/ledger.ts';
import type { MessageKind, MessageState } from '../../kernel/words.ts';
import type { Ground } from './ground.ts';
import { messages } from './schema/ledger.ts';

export type MessageRecord = InferSelectModel<typeof messages>;

/** The order of sending: what somebody waits for, then reminders, then steps. */
export const PRIORITIES = [0, 1, 2] as const;

const PRIORITY: Readonly<Record<MessageKind, (typeof PRIORITIES)[number]>> = {
  delivery: 0,
  renewal: 0,
  data: 0,
  erase: 0,
  reminder: 1,
  step: 2,
};

/** Which message is meant: a step of an enrollment, something of a signup, or something of a lead. Numbers are row ids. */
export type Belonging = {
  readonly leadId: number;
  readonly signupId?: number;
  readonly enrollmentId?: number;
};

/** Puts a message into the ledger. */
export function planMessage(
  ground: Ground,
  message: Belonging & {
    readonly messageId: string;
    readonly kind: MessageKind;
    readonly step: string;
    readonly request: number;
    readonly dueAt: number;
    readonly at: number;
  },
): void {
  const { at, ...rest } = message;
  ground.rows.insert(messages, {
    ...rest,
    state: 'planned',
    priority: PRIORITY[message.kind],
    readyAt: message.dueAt,
    plannedAt: at,
  });
}

/** The one way to another state, with what goes with it. A change that the ledger's law forbids is a bug and throws. */
export function changeState(
  ground: Ground,
  message: Pick<MessageRecord, 'id' | 'state'>,
  to: MessageState,
  change: Partial<Omit<MessageRecord, 'id' | 'state'>> = {},
): void {
  if (!mayBecome(message.state, to)) throw new Error(`A message cannot go from ${message.state} to ${to}.`);
  ground.rows.update(messages, message.id, { state: to, ...change });
}

/** The number of the next request for something that can be asked for again, from 1. */
export function nextRequest(
  ground: Ground,
  owner: { readonly signupId: number } | { readonly leadId: number },
  step: string,
): number {
  const last =
    'signupId' in owner
      ? ground
          .sql<{ last: number | null }>(
            'select max(request) last from messages where signup_id = ? and enrollment_id is null and step = ?',
          )
          .get(owner.signupId, step)
      : ground
          .sql<{ last: number | null }>(
            'select max(request) last from messages where lead_id = ? and signup_id is null and enrollment_id is null and step = ?',
          )
          .get(owner.leadId, step);
  return (last?.last ?? 0) + 1;
}

/**
 * Stops what waits. The lease token stays on a message that is under way, so that its submission, if it comes to one,
 * can still be written down.
 */
export function cancelMessages(
  ground: Ground,
  which:
    | { readonly enrollmentId: number }
    | { readonly signupId: number; readonly kind: MessageKind }
    | { readonly leadId: number; readonly kind: MessageKind }
    | { readonly leadId: number },
  reason: string,
  at: number,
): number {
  const [where, values] =
    'enrollmentId' in which
      ? ['enrollment_id = :enrollmentId', which]
      : 'signupId' in which
        ? ['signup_id = :signupId and kind = :kind', which]
        : 'kind' in which
          ? ['lead_id = :leadId and kind = :kind', which]
          : ['lead_id = :leadId', which];
  return ground
    .sql(
      `update messages set state = 'cancelled', reason = :reason, ended_at = :at
       where ${where} and state in ('planned', 'claimed')`,
    )
    .run({ ...values, reason, at }).changes;
}
