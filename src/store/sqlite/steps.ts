import type { EnrollmentView, PlannedStep, Timetable } from '../../leads/timetable.ts';
import type { Ground } from './ground.ts';
import { planMessage } from './messages.ts';
import type { MessageRecord } from './messages.ts';

type Owner = { readonly enrollmentId: number; readonly leadId: number; readonly at: number };

/** Puts a step into the ledger. One that was cancelled before it was ever composed comes back: a step has one row for good. */
export function putStep(ground: Ground, step: PlannedStep, owner: Owner): void {
  const revived = ground
    .sql(
      `update messages set state = 'planned', due_at = :due, ready_at = :due, planned_at = :at, reason = null,
         ended_at = null, lease_token = null, lease_until = null, attempts = 0, first_attempt_at = null
       where enrollment_id = :enrollment and step = :step and state = 'cancelled' and payload is null`,
    )
    .run({ due: step.dueAt, at: owner.at, enrollment: owner.enrollmentId, step: step.step });
  if (revived.changes === 0) planMessage(ground, { ...owner, ...step, kind: 'step', request: 1 });
}

/** The step of an enrollment that waits, if one does. */
export function waitingStep(
  ground: Ground,
  enrollmentId: number,
): Pick<MessageRecord, 'id' | 'step' | 'dueAt' | 'readyAt' | 'attempts'> | undefined {
  return ground
    .sql<{ id: number; step: string; dueAt: number; readyAt: number; attempts: number }>(
      `select id, step, due_at dueAt, ready_at readyAt, attempts from messages where enrollment_id = ? and state = 'planned' limit 1`,
    )
    .get(enrollmentId);
}

/** Whether a step of an enrollment has gone out, or may have. */
export function hasGoneOut(ground: Ground, enrollmentId: number): boolean {
  const found = ground
    .sql(
      `select 1 from messages where enrollment_id = ? and kind = 'step'
         and state in ('claimed', 'submitted', 'delivered', 'bounced', 'complained', 'in_doubt') limit 1`,
    )
    .get(enrollmentId);
  return found !== undefined;
}

/** Moves a waiting step to the first fitting time from an instant on. @returns that time. */
export function moveStep(
  ground: Ground,
  waiting: { readonly id: number; readonly step: string },
  view: EnrollmentView,
  timetable: Timetable,
  from: number,
): number {
  const due = timetable.notBefore(view, waiting.step, from);
  moveTo(ground, waiting.id, due);
  return due;
}

export function moveTo(ground: Ground, messageRow: number, due: number): void {
  ground
    .sql("update messages set due_at = :due, ready_at = :due where id = :id and state = 'planned'")
    .run({ due, id: messageRow });
}
