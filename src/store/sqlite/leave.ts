import type { PreferenceChange } from '../../leads/port.ts';
import { spendTicks, withdrawConsent } from './consents.ts';
import { enrollmentOf, isUnderWay, stopEnrollment } from './enrollments.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';
import { leads } from './schema/people.ts';
import { noteStop } from './stops.ts';

type StopReason = Extract<PreferenceChange, { kind: 'stop' }>['reason'];
/** When, and on which page (a path). A tick of after `wishedAt` is a new yes; without it every tick is of before. */
type Circumstances = { readonly at: number; readonly place: string; readonly wishedAt?: number };

/** An exit that says more than "no": the lead stays a lead, and may come back by a new tick. `false`: she had left so before. */
export function leave(
  ground: Ground,
  lead: LeadRecord,
  reason: Exclude<StopReason, 'unsubscribed'>,
  circumstances: Circumstances,
): boolean {
  const isDone = lead.exitReason === reason && !isUnderWay(enrollmentOf(ground, lead.id));
  if (isDone) return false;
  endFollowUp(ground, lead, reason, circumstances);
  const actor = reason === 'stopped_by_coach' ? 'system' : 'person';
  recordEvent(ground, { leadId: lead.id, kind: `lead.${reason}`, actor, at: circumstances.at });
  return true;
}

/** Withdraws the consent, ends the sequence, cancels what waits of it and notes the stop in the journal. */
export function endFollowUp(
  ground: Ground,
  lead: LeadRecord,
  reason: StopReason,
  { at, place, wishedAt = Number.MAX_SAFE_INTEGER }: Circumstances,
): void {
  withdrawConsent(ground, lead, place, at);
  spendTicks(ground, lead.id, at, wishedAt);
  const stopped = stopEnrollment(ground, enrollmentOf(ground, lead.id), reason, at);
  // What ended the sequence stays its reason; a later stop has an event of its own.
  ground.rows.update(leads, lead.id, {
    stoppedAt: Math.min(at, wishedAt),
    exitReason: stopped ? reason : (lead.exitReason ?? reason),
  });
  noteStop(ground, lead, reason, at);
}
