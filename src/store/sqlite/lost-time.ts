import { REMINDER_AFTER } from '../../kernel/ledger.ts';
import { systemRandom } from '../../kernel/random.ts';
import type { Ground } from './ground.ts';
import { doubt, endFor } from './loss.ts';
import type { Loss } from './loss.ts';
import { doubtAllSteps } from './lost-steps.ts';
import type { MessageRecord } from './messages.ts';
import { planReminder } from './reminder.ts';
import { messages } from './schema/ledger.ts';

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
    if (message.kind === 'delivery') planReminder(ground, message, reminderAfter(message), message.dueAt);
  }
  // A reminder that came due in the lost time as well.
  return waiting.length === 0 ? 0 : waiting.length + doubtAskedFor(ground, loss);
}

/** As after any delivery that may have arrived. */
function reminderAfter({ dueAt }: MessageRecord) {
  return { messageId: systemRandom.uuid(), dueAt: dueAt + REMINDER_AFTER };
}
