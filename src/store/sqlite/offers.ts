import type { Doubt } from '../../sequence/port.ts';
import type { Ground } from './ground.ts';
import type { MessageRecord } from './messages.ts';

// What the tries of a message tell: whether, and when, it may have gone out.

/** A condition on `messages m`: a try of it, under whatever key, may have been taken. */
export const MAYBE_GONE = `exists (select 1 from tries t where t.message_id = m.id
  and (t.outcome is null or t.outcome in ('submitted', 'ambiguous', 'in_doubt')))`;

/** Whether a try of a message may have been taken; with a key, only under earlier ones. */
export function mayHaveGone(
  ground: Ground,
  messageRow: number,
  beforeKey = Number.MAX_SAFE_INTEGER,
): boolean {
  const row = ground
    .sql(
      `select 1 from tries where message_id = ? and key_number < ?
       and (outcome is null or outcome in ('submitted', 'ambiguous', 'in_doubt')) limit 1`,
    )
    .get(messageRow, beforeKey);
  return row !== undefined;
}

/** When an email in doubt went out, if it did: at its last try, and not when it was given up. @param otherwise where no try is known. */
export function wentOutAt(
  ground: Ground,
  { id, endedAt }: Pick<MessageRecord, 'id' | 'endedAt'>,
  otherwise: number,
): number {
  const last = ground
    .sql<{ at: number | null }>(
      "select max(at) at from tries where message_id = ? and (outcome is null or outcome in ('ambiguous', 'in_doubt', 'submitted'))",
    )
    .get(id);
  return last?.at ?? endedAt ?? otherwise;
}

/** The first try under the present key of which nobody knows whether the provider took it. */
export function doubtOf(ground: Ground, { id, keyNumber }: MessageRecord): Doubt | null {
  const row = ground
    .sql<{ since: number; transport: string }>(
      `select at since, transport from tries
       where message_id = ? and key_number = ? and (outcome is null or outcome in ('ambiguous', 'in_doubt')) order by id limit 1`,
    )
    .get(id, keyNumber);
  return row ?? null;
}

/** How the reason of a doubt begins that ended otherwise: in SQL. */
export const UNKNOWN = "'an earlier try ended unknown, and then: '";
