import type { Ground } from './ground.ts';
import { isUnreachable } from './lead-rows.ts';
import { planMessage } from './messages.ts';
import type { MessageRecord } from './messages.ts';
import { leads, signups } from './schema/people.ts';

/** Plans the one reminder of a signup after its delivery, unless it is planned, the button was pressed, or the lead wants none. */
export function planReminder(
  ground: Ground,
  delivery: Pick<MessageRecord, 'leadId' | 'signupId'>,
  reminder: { readonly messageId: string; readonly dueAt: number } | null,
  at: number,
): void {
  const { leadId, signupId } = delivery;
  const signup = signupId === null ? undefined : ground.rows.find(signups, signups.id, signupId);
  const status = ground.rows.find(leads, leads.id, leadId)?.status;
  if (status === 'unsubscribed' || isUnreachable(status)) return;
  if (reminder === null || signup === undefined || signup.confirmedAt !== null) return;
  const planned = ground
    .sql("select 1 from messages where signup_id = ? and enrollment_id is null and step = 'reminder'")
    .get(signup.id);
  if (planned !== undefined) return;
  const step = { kind: 'reminder', step: 'reminder', request: 1 } as const;
  planMessage(ground, { ...reminder, ...step, leadId, signupId: signup.id, at });
}
