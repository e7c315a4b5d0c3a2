import type { InferSelectModel } from 'drizzle-orm';
import type { ExitReason } from '../../kernel/words.ts';
import type { EnrollmentView, Timetable } from '../../leads/timetable.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';
import { cancelMessages } from './messages.ts';
import { enrollments } from './schema/ledger.ts';
import { leads } from './schema/people.ts';
import { putStep } from './steps.ts';

export type EnrollmentRecord = InferSelectModel<typeof enrollments>;

/** The one sequence there is. */
const SEQUENCE = 'follow-up';

export function enrollmentOf(ground: Ground, leadId: number): EnrollmentRecord | undefined {
  return ground.rows.find(enrollments, enrollments.leadId, leadId);
}

export function isUnderWay(enrollment: EnrollmentRecord | undefined): enrollment is EnrollmentRecord {
  return enrollment?.state === 'active' || enrollment?.state === 'paused';
}

/** What the calendar needs to know. A step that was cancelled before it was ever composed is not done: it can still come. */
export function viewOf(ground: Ground, enrollment: EnrollmentRecord, lead: LeadRecord): EnrollmentView {
  const done = ground
    .sql<{ step: string }>(
      `select step from messages where enrollment_id = ? and state not in ('planned', 'claimed')
       and not (state = 'cancelled' and payload is null) order by id`,
    )
    .all(enrollment.id);
  return {
    enrollmentId: enrollment.enrollmentId,
    leadId: lead.leadId,
    timezone: lead.timezone,
    pace: enrollment.pace,
    doneSteps: done.map(({ step }) => step),
  };
}

/**
 * Begins the lead's way through the sequence, or takes it up again after a stop: the same row, and no step twice.
 * One that is active, paused or finished is left alone.
 */
export function startEnrollment(
  ground: Ground,
  lead: LeadRecord,
  start: {
    readonly enrollmentId: string;
    readonly signupId: number;
    readonly at: number;
    readonly timetable: Timetable;
  },
): void {
  const { enrollmentId, signupId, at, timetable } = start;
  const known = enrollmentOf(ground, lead.id);
  if (known !== undefined && known.state !== 'stopped') return;
  const begun = {
    state: 'active',
    exitReason: null,
    pausedUntil: null,
    signupId,
    startedAt: at,
    endedAt: null,
  } as const;
  if (known === undefined) {
    ground.rows.insert(enrollments, {
      ...begun,
      enrollmentId,
      leadId: lead.id,
      sequence: SEQUENCE,
      pace: 'normal',
    });
  } else {
    ground.rows.update(enrollments, known.id, begun);
  }
  ground.rows.update(leads, lead.id, { exitReason: null });
  recordEvent(ground, { leadId: lead.id, kind: 'enrollment.started', actor: 'person', at });
  const enrollment = enrollmentOf(ground, lead.id);
  if (enrollment !== undefined) planNext(ground, enrollment, lead, timetable, at);
}

/**
 * Plans the first step that is not done, or finishes the enrollment. Only for one that is under way, and not while a step of it
 * waits or is in doubt: there is never more than one.
 */
export function planNext(
  ground: Ground,
  enrollment: EnrollmentRecord,
  lead: LeadRecord,
  timetable: Timetable,
  at: number,
): void {
  if (!isUnderWay(enrollment) || hasOpenStep(ground, enrollment.id)) return;
  const view = viewOf(ground, enrollment, lead);
  const next = timetable.next(view, at);
  if (next === null) {
    ground.rows.update(enrollments, enrollment.id, { state: 'finished', pausedUntil: null, endedAt: at });
    recordEvent(ground, { leadId: lead.id, kind: 'enrollment.finished', actor: 'system', at });
    return;
  }
  const until = enrollment.pausedUntil;
  const dueAt =
    until === null || next.dueAt >= until ? next.dueAt : timetable.notBefore(view, next.step, until);
  putStep(ground, { ...next, dueAt }, { enrollmentId: enrollment.id, leadId: lead.id, at });
}

function hasOpenStep(ground: Ground, enrollmentId: number): boolean {
  const open = ground
    .sql(
      `select 1 from messages where enrollment_id = ?
       and (state in ('planned', 'claimed') or (state = 'in_doubt' and doubt_closed_at is null)) limit 1`,
    )
    .get(enrollmentId);
  return open !== undefined;
}

/** Ends an enrollment before its end and cancels what waits of it. `false`: there was nothing to end. */
export function stopEnrollment(
  ground: Ground,
  enrollment: EnrollmentRecord | undefined,
  reason: ExitReason,
  at: number,
): boolean {
  if (!isUnderWay(enrollment)) return false;
  ground.rows.update(enrollments, enrollment.id, {
    state: 'stopped',
    exitReason: reason,
    pausedUntil: null,
    endedAt: at,
  });
  cancelMessages(ground, { enrollmentId: enrollment.id }, reason, at);
  return true;
}
