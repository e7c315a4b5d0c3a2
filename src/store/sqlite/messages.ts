import type { InferSelectModel } from 'drizzle-orm';
import { mayBecome } from '../../kernel/ledger.ts';
import type { MessageKind, MessageState } from '../../kernel/words.ts';
import type { Ground } from './ground.ts';
import { messages } from './schema/ledger.ts';
import { MAYBE_GONE, UNKNOWN } from './offers.ts';

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

type Which =
  | { readonly enrollmentId: number }
  | { readonly signupId: number; readonly kind: MessageKind }
  | { readonly leadId: number; readonly kind: MessageKind }
  | { readonly leadId: number };

/**
 * Stops what waits. One that may have gone out at an earlier try is in doubt, and not "cancelled": that would deny it. One that was
 * only refused loses its bytes, so that it can come back as if it had never been composed. What is under way keeps its lease token,
 * so that its outcome, if it comes to one, can still be written down. (All these changes are in `mayBecome`; they are made for many rows at once.)
 */
export function cancelMessages(ground: Ground, which: Which, reason: string, at: number): void {
  const where = `${Object.keys(which)
    .map((name) => `${COLUMNS[name] ?? ''} = :${name}`)
    .join(' and ')}`;
  const run = (change: string, only: string) =>
    ground
      .sql(`update messages as m set ${change}, ended_at = :at where ${where} and ${only}`)
      .run({ ...which, reason, at });
  run(`state = 'in_doubt', reason = ${UNKNOWN} || :reason`, `state = 'planned' and ${MAYBE_GONE}`);
  run(
    `state = 'cancelled', reason = :reason, payload = null, subject = null, subject_choice = null, posts = null,
     step_version = null, attempts = 0, first_attempt_at = null,
     key_number = key_number + exists (select 1 from tries t where t.message_id = m.id and t.key_number = m.key_number)`,
    "state = 'planned'",
  );
  run("state = 'cancelled', reason = :reason", "state = 'claimed'");
}

const COLUMNS: Readonly<Record<string, string>> = {
  enrollmentId: 'enrollment_id',
  signupId: 'signup_id',
  leadId: 'lead_id',
  kind: 'kind',
};
