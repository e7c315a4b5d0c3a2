import { DAY } from '../../kernel/clock.ts';
import { systemRandom } from '../../kernel/random.ts';
import type { Ground } from './ground.ts';
import { doubt, endFor } from './loss.ts';
import type { Loss } from './loss.ts';
import { doubtAllSteps } from './lost-steps.ts';
import { planMessage } from './messages.ts';
import type { MessageRecord } from './messages.ts';
import { messages } from './schema/ledger.ts';
import { signups } from './schema/people.ts';

/**
 * Puts in doubt every email that the ledger holds as waiting and that may have gone out in a time that the ledger knows nothing of, and
 * every further step that the calendar would have planned and sent in it. No machine sends these again; the coach may. Tells how many.
 */
export function doubtLostTime(ground: Ground, loss: Loss): number {
  return doubtAskedFor(ground, loss) + doubtAllSteps(ground, loss);
}

/** Emails that are no steps, and the reminder that follows a delivery. */
function doubtAskedFor(ground: Ground, loss: Loss): number {
  const waiting = ground
    .sql<{ id: number }>(
      `select id from messages where state in ('planned', 'claimed') and demo = 0 and kind <> 'step' and due_at <= ? order by id`,
    )
    .all(loss.lost.to)
    .flatMap(({ id }) => ground.rows.find(messages, messages.id, id) ?? [])
    .filter((message) => message.dueAt <= endFor(loss, message.leadId));
  for (const message of waiting) {
    doubt(ground, message, loss);
    if (message.kind === 'delivery') planReminder(ground, message, message.dueAt);
  }
  // A reminder that came due in the lost time as well.
  return waiting.length === 0 ? 0 : waiting.length + doubtAskedFor(ground, loss);
}

/** As after any delivery that may have arrived. */
function planReminder(ground: Ground, { signupId, leadId }: MessageRecord, deliveredAt: number): void {
  const signup = signupId === null ? undefined : ground.rows.find(signups, signups.id, signupId);
  if (signup === undefined || signup.confirmedAt !== null) return;
  const isPlanned = ground
    .sql("select 1 from messages where signup_id = ? and enrollment_id is null and step = 'reminder'")
    .get(signup.id);
  if (isPlanned !== undefined) return;
  planMessage(ground, {
    messageId: systemRandom.uuid(),
    leadId,
    signupId: signup.id,
    kind: 'reminder',
    step: 'reminder',
    request: 1,
    dueAt: deliveredAt + DAY,
    at: deliveredAt,
  });
}
