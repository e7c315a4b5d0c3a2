import { DOUBT_CLOSES_AFTER } from '../../kernel/ledger.ts';
import type { Timetable } from '../../leads/timetable.ts';
import { nextClickSettlesAt, settleClicks } from './clicks.ts';
import { enrollmentOf, planNext } from './enrollments.ts';
import { recordEvent } from './events.ts';
import { countEmail } from './gone-out.ts';
import type { Ground } from './ground.ts';
import { enrollments, messages } from './schema/ledger.ts';
import { leads } from './schema/people.ts';
import { wentOutAt } from './offers.ts';

/** Carries out what time alone decides. Tells how many things changed. */
export function catchUp(ground: Ground, now: number, timetable: Timetable): number {
  // Clicks first: one on the goal ends the sequence, and then no closed doubt plans its next step.
  return settleClicks(ground, now) + endPauses(ground, now) + closeDoubts(ground, now, timetable);
}

/** When `catchUp` will have something to do; null: nothing is open. */
export function nextCatchUpAt(ground: Ground): number | null {
  const doubt = ground
    .sql<{ at: number | null }>(
      "select min(ended_at) at from messages where state = 'in_doubt' and doubt_closed_at is null and demo = 0",
    )
    .get();
  const pause = ground
    .sql<{ at: number | null }>("select min(paused_until) at from enrollments where state = 'paused'")
    .get();
  const closesAt = doubt?.at == null ? null : doubt.at + DOUBT_CLOSES_AFTER;
  const instants = [closesAt, pause?.at ?? null, nextClickSettlesAt(ground)].filter((at) => at !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}

/** A pause that is over is none, whenever the next step comes. */
function endPauses(ground: Ground, now: number): number {
  const rows = ground
    .sql<{ id: number; leadId: number }>(
      "select id, lead_id leadId from enrollments where state = 'paused' and paused_until <= ?",
    )
    .all(now);
  for (const { id, leadId } of rows) {
    ground.rows.update(enrollments, id, { state: 'active', pausedUntil: null });
    recordEvent(ground, { leadId, kind: 'enrollment.resumed', actor: 'system', at: now });
  }
  return rows.length;
}

/** The email may well lie in the inbox: the next step is reckoned from then, and the lead's count has one more. */
function closeDoubts(ground: Ground, now: number, timetable: Timetable): number {
  const rows = ground
    .sql<{ id: number }>(
      `select id from messages where state = 'in_doubt' and doubt_closed_at is null and demo = 0 and ended_at <= ? order by ended_at, id`,
    )
    .all(now - DOUBT_CLOSES_AFTER);
  for (const { id } of rows) {
    const message = ground.rows.find(messages, messages.id, id);
    if (message === undefined) continue;
    ground.rows.update(messages, id, { doubtClosedAt: now });
    countEmail(ground, message.leadId, wentOutAt(ground, message, now));
    // Not from its last try, which may be long ago: the next step would be late before it is planned.
    const at = message.endedAt ?? now;
    const lead = ground.rows.find(leads, leads.id, message.leadId);
    const enrollment = message.enrollmentId === null ? undefined : enrollmentOf(ground, message.leadId);
    if (lead !== undefined && enrollment !== undefined) planNext(ground, enrollment, lead, timetable, at);
  }
  return rows.length;
}
