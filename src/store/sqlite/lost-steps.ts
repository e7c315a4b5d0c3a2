import type { PlannedStep } from '../../leads/timetable.ts';
import { viewOf } from './enrollments.ts';
import type { EnrollmentRecord } from './enrollments.ts';
import { countEmail } from './gone-out.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';
import { doubt, endFor } from './loss.ts';
import type { Loss } from './loss.ts';
import type { MessageRecord } from './messages.ts';
import { enrollments, messages } from './schema/ledger.ts';
import { leads } from './schema/people.ts';
import { putStep } from './steps.ts';

/** Every step that the calendar would have sent in the lost time, of every sequence that was under way. Tells how many. */
export function doubtAllSteps(ground: Ground, loss: Loss): number {
  const underWay = ground
    .sql<{ id: number }>(
      `select e.id from enrollments e join leads l on l.id = e.lead_id
       where e.state in ('active', 'paused') and l.demo = 0 order by e.id`,
    )
    .all();
  let count = 0;
  for (const { id } of underWay) {
    const enrollment = ground.rows.find(enrollments, enrollments.id, id);
    const lead = enrollment === undefined ? undefined : ground.rows.find(leads, leads.id, enrollment.leadId);
    if (enrollment !== undefined && lead !== undefined) count += doubtSteps(ground, enrollment, lead, loss);
  }
  return count;
}

/** One step after the other, each reckoned as if the one before had gone out on time. The last stays open for the coach. */
function doubtSteps(ground: Ground, enrollment: EnrollmentRecord, lead: LeadRecord, loss: Loss): number {
  const { timetable } = loss;
  let waiting = openStep(ground, enrollment.id);
  let before = openDoubt(ground, enrollment.id);
  let next = firstPossible(ground, enrollment, lead, { waiting, before, loss });
  let count = 0;
  while (next !== null && next.dueAt <= endFor(loss, lead.id)) {
    const { dueAt } = next;
    // A later one may have followed, so this one counts as gone out; only then may the ledger hold the next.
    if (before !== undefined) close(ground, before, loss.at);
    if (waiting === undefined)
      putStep(ground, next, { enrollmentId: enrollment.id, leadId: lead.id, at: dueAt });
    const row = waiting ?? openStep(ground, enrollment.id);
    if (row === undefined) break;
    doubt(ground, row, loss);
    count += 1;
    before = { id: row.id, leadId: lead.id, wentAt: dueAt };
    waiting = undefined;
    next = timetable.next(viewOf(ground, enrollment, lead), dueAt);
  }
  return count;
}

/** When the first step of the lost time can have gone out. */
function firstPossible(
  ground: Ground,
  enrollment: EnrollmentRecord,
  lead: LeadRecord,
  {
    waiting,
    before,
    loss,
  }: {
    readonly waiting: MessageRecord | undefined;
    readonly before: Doubted | undefined;
    readonly loss: Loss;
  },
): PlannedStep | null {
  const { timetable, lost } = loss;
  if (waiting === undefined)
    return before === undefined ? null : timetable.next(viewOf(ground, enrollment, lead), before.wentAt);
  // She may have ended her pause right after the backup.
  const resumed =
    enrollment.state === 'paused' ? timetable.next(viewOf(ground, enrollment, lead), lost.from) : null;
  const dueAt = Math.min(waiting.dueAt, resumed?.dueAt ?? Infinity);
  return { messageId: waiting.messageId, step: waiting.step, dueAt };
}

/** A step in doubt, and when it went out if it did. */
type Doubted = { readonly id: number; readonly leadId: number; readonly wentAt: number };

function openStep(ground: Ground, enrollmentId: number): MessageRecord | undefined {
  const row = ground
    .sql<{ id: number }>(
      "select id from messages where enrollment_id = ? and state in ('planned', 'claimed') order by due_at, id limit 1",
    )
    .get(enrollmentId);
  return row === undefined ? undefined : ground.rows.find(messages, messages.id, row.id);
}

/** One that was in doubt already may have been settled in the lost time, and the next step sent. */
function openDoubt(ground: Ground, enrollmentId: number): Doubted | undefined {
  return ground
    .sql<Doubted>(
      `select id, lead_id leadId, ended_at wentAt from messages
       where enrollment_id = ? and state = 'in_doubt' and doubt_closed_at is null order by ended_at desc, id desc limit 1`,
    )
    .get(enrollmentId);
}

function close(ground: Ground, { id, leadId, wentAt }: Doubted, at: number): void {
  ground.rows.update(messages, id, { endedAt: wentAt, doubtClosedAt: at });
  countEmail(ground, leadId, wentAt);
}
