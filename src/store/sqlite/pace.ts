import type { Timetable } from '../../leads/timetable.ts';
import { enrollmentOf, isUnderWay, planNext, viewOf } from './enrollments.ts';
import type { EnrollmentRecord } from './enrollments.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';
import { changeState } from './messages.ts';
import { enrollments } from './schema/ledger.ts';
import { moveStep, moveTo, waitingStep } from './steps.ts';

type When = { readonly at: number; readonly timetable: Timetable };

/** Nothing of the sequence before `until`; then it goes on by itself. */
export function pause(ground: Ground, lead: LeadRecord, until: number, { at, timetable }: When): boolean {
  const enrollment = enrollmentOf(ground, lead.id);
  if (!isUnderWay(enrollment) || enrollment.pausedUntil === until) return false;
  ground.rows.update(enrollments, enrollment.id, { state: 'paused', pausedUntil: until });
  const waiting = waitingStep(ground, enrollment.id);
  // What comes after the pause anyway keeps its day: a pause brings nothing forward.
  if (waiting !== undefined && waiting.dueAt < until)
    moveStep(ground, waiting, viewOf(ground, enrollment, lead), timetable, until);
  recordEvent(ground, { leadId: lead.id, kind: 'enrollment.paused', actor: 'person', at, detail: { until } });
  return true;
}

/** Undoes what was asked for last: a pause, or else half the pace. */
export function resume(ground: Ground, lead: LeadRecord, when: When): boolean {
  const enrollment = enrollmentOf(ground, lead.id);
  if (enrollment?.state === 'paused') return endPause(ground, lead, enrollment, when);
  if (enrollment?.state === 'active' && enrollment.pace === 'fewer')
    return usualPace(ground, lead, enrollment, when);
  return false;
}

/** Ends a pause now; the step that waits is planned anew, as if the one before had just gone out. */
function endPause(
  ground: Ground,
  lead: LeadRecord,
  paused: EnrollmentRecord,
  { at, timetable }: When,
): boolean {
  const enrollment = { ...paused, state: 'active', pausedUntil: null } as const;
  ground.rows.update(enrollments, paused.id, { state: 'active', pausedUntil: null });
  recordEvent(ground, { leadId: lead.id, kind: 'enrollment.resumed', actor: 'person', at });
  const waiting = waitingStep(ground, paused.id);
  if (waiting === undefined) return true;
  const view = viewOf(ground, enrollment, lead);
  const next = timetable.next(view, at);
  if (next?.step === waiting.step) {
    moveTo(ground, waiting.id, next.dueAt);
  } else if (timetable.judge(view, waiting.step, at, at).kind === 'skip') {
    changeState(ground, { id: waiting.id, state: 'planned' }, 'skipped', {
      reason: 'the step is no longer in the content',
      endedAt: at,
    });
    planNext(ground, enrollment, lead, timetable, at);
  } else {
    // Another step comes first by now: what waits keeps its turn, so that none is lost.
    moveStep(ground, waiting, view, timetable, at);
  }
  return true;
}

/** Half as often from now on, the wait that has begun included. */
export function fewer(ground: Ground, lead: LeadRecord, { at, timetable }: When): boolean {
  const enrollment = enrollmentOf(ground, lead.id);
  if (!isUnderWay(enrollment) || enrollment.pace === 'fewer') return false;
  ground.rows.update(enrollments, enrollment.id, { pace: 'fewer' });
  recordEvent(ground, { leadId: lead.id, kind: 'enrollment.fewer', actor: 'person', at });
  const waiting = waitingStep(ground, enrollment.id);
  if (waiting !== undefined && enrollment.state === 'active' && waiting.readyAt > at) {
    const view = viewOf(ground, { ...enrollment, pace: 'fewer' }, lead);
    moveStep(ground, waiting, view, timetable, at + 2 * (waiting.readyAt - at));
  }
  return true;
}

/** The step that waits comes when it would have come without the wish, or as soon as it may where that is past. */
function usualPace(
  ground: Ground,
  lead: LeadRecord,
  slow: EnrollmentRecord,
  { at, timetable }: When,
): boolean {
  ground.rows.update(enrollments, slow.id, { pace: 'normal' });
  recordEvent(ground, { leadId: lead.id, kind: 'enrollment.usual_pace', actor: 'person', at });
  const waiting = waitingStep(ground, slow.id);
  if (waiting === undefined || waiting.readyAt <= at) return true;
  // Tried already, or told to wait: when it is tried again is between the sender and the provider.
  if (waiting.attempts > 0 || waiting.readyAt > waiting.dueAt) return true;
  const view = viewOf(ground, { ...slow, pace: 'normal' }, lead);
  const next = timetable.next(view, lastStepAt(ground, slow));
  if (next?.step !== waiting.step) return true;
  const soonest = timetable.notBefore(view, waiting.step, at);
  moveTo(ground, waiting.id, Math.min(waiting.dueAt, Math.max(next.dueAt, soonest)));
  return true;
}

/** When the step before the one that waits was over; the press, before the first. */
function lastStepAt(ground: Ground, { id, startedAt }: EnrollmentRecord): number {
  const last = ground
    .sql<{ at: number | null }>('select max(ended_at) at from messages where enrollment_id = ?')
    .get(id);
  return Math.max(startedAt, last?.at ?? 0);
}
