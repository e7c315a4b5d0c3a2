import type { Timetable } from '../../leads/timetable.ts';
import { enrollmentOf, viewOf } from './enrollments.ts';
import type { Ground } from './ground.ts';
import { leads } from './schema/people.ts';
import { moveStep } from './steps.ts';

/**
 * After a pause of everything: each step that came due meanwhile goes to its next fitting time from now, so that it is late for
 * nobody. There is one a lead, and so one email a lead. Tells how many were moved.
 */
export function planAnew(ground: Ground, timetable: Timetable, at: number): number {
  // What a process had in hand that died before the pause waits like the others.
  ground
    .sql(
      "update messages set state = 'planned', lease_token = null, lease_until = null where state = 'claimed' and demo = 0 and lease_until <= ?",
    )
    .run(at);
  const overdue = ground
    .sql<{ id: number; step: string; leadId: number }>(
      `select id, step, lead_id leadId from messages where state = 'planned' and demo = 0 and kind = 'step' and due_at <= ? order by id`,
    )
    .all(at);
  let moved = 0;
  for (const { id, step, leadId } of overdue) {
    const lead = ground.rows.find(leads, leads.id, leadId);
    const enrollment = enrollmentOf(ground, leadId);
    if (lead === undefined || enrollment === undefined) continue;
    moveStep(ground, { id, step }, viewOf(ground, enrollment, lead), timetable, at);
    moved += 1;
  }
  return moved;
}
