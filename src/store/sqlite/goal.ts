import { enrollmentOf, isUnderWay } from './enrollments.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';
import { leave } from './leave.ts';

/**
 * A person followed the goal link: the sequence has done its work. One that began after that click goes on, because somebody asked
 * for it since; one that had ended before keeps its reason. When all its emails were out, only the goal is written down.
 * `false`: nothing changed.
 * @param clickedAt UTC milliseconds, as is `now`.
 */
export function reachGoal(ground: Ground, lead: LeadRecord, clickedAt: number, now: number): boolean {
  const enrollment = enrollmentOf(ground, lead.id);
  if (enrollment === undefined || enrollment.startedAt > clickedAt) return false;
  if (!isUnderWay(enrollment) && lead.exitReason !== null) return false;
  return leave(ground, lead, 'booked_call', { at: now, place: '/read', wishedAt: clickedAt });
}
