import { withdrawConsent } from './consents.ts';
import { enrollmentOf, stopEnrollment } from './enrollments.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';
import { cancelMessages } from './messages.ts';
import { leads } from './schema/people.ts';
import { noteStop } from './stops.ts';
import { suppress } from './suppressions.ts';

/**
 * Nothing goes to this mailbox any more: it refuses for good (`bounced`), or its owner called our email spam (`complained`).
 * Cancels everything that waits, whatever its kind. A complaint is never softened to a bounce.
 */
export function closeMailbox(
  ground: Ground,
  lead: LeadRecord,
  reason: 'bounced' | 'complained',
  { at, place }: { readonly at: number; readonly place: string },
): void {
  if (lead.status === 'complained' || lead.status === reason) return;
  if (reason === 'complained') withdrawConsent(ground, lead, place, at);
  const stopped = stopEnrollment(ground, enrollmentOf(ground, lead.id), reason, at);
  cancelMessages(ground, { leadId: lead.id }, reason, at);
  ground.rows.update(leads, lead.id, {
    status: reason,
    stoppedAt: at,
    exitReason: stopped ? reason : (lead.exitReason ?? reason),
  });
  suppress(ground, ground.addressHash(lead.email), reason, at);
  noteStop(ground, lead, reason, at);
  recordEvent(ground, { leadId: lead.id, kind: `lead.${reason}`, actor: 'system', at });
}
