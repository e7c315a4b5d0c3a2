import type { LeadStore, PreferenceChange } from '../../leads/port.ts';
import type { Timetable } from '../../leads/timetable.ts';
import { enrollmentOf, isUnderWay } from './enrollments.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { findLeadRow, isUnreachable, nameKey } from './lead-rows.ts';
import type { LeadRecord } from './lead-rows.ts';
import { endFollowUp, leave } from './leave.ts';
import { cancelMessages } from './messages.ts';
import { fewer, pause, resume } from './pace.ts';
import { leads } from './schema/people.ts';
import { suppress, suppressionsOf } from './suppressions.ts';

type Place = { readonly at: number; readonly place: string };
type Context = Place & { readonly timetable: Timetable };

export function preferenceActs(ground: Ground): Pick<LeadStore, 'changePreferences'> {
  return {
    changePreferences: async (leadId, change, context) =>
      await ground.commit(() => {
        const lead = findLeadRow(ground, leadId);
        if (lead === undefined) return 'no_lead';
        return carryOut(ground, lead, change, context) ? 'changed' : 'unchanged';
      }),
  };
}

function carryOut(ground: Ground, lead: LeadRecord, change: PreferenceChange, context: Context): boolean {
  switch (change.kind) {
    case 'stop':
      return change.reason === 'unsubscribed'
        ? unsubscribe(ground, lead, context)
        : leave(ground, lead, change.reason, context);
    case 'pause':
      return pause(ground, lead, change.until, context);
    case 'resume':
      return resume(ground, lead, context);
    case 'fewer':
      return fewer(ground, lead, context);
    case 'rename':
      return rename(ground, lead, change.firstName, context.at);
  }
}

/** No follow-up and no reminder any more. A bounced or complained lead keeps its worse status. */
export function unsubscribe(ground: Ground, lead: LeadRecord, context: Place): boolean {
  const { at } = context;
  const enrollment = enrollmentOf(ground, lead.id);
  const addressHash = ground.addressHash(lead.email);
  const isDone =
    lead.unsubscribedAt !== null &&
    !isUnderWay(enrollment) &&
    suppressionsOf(ground, addressHash).has('unsubscribed');
  if (isDone) return false;
  endFollowUp(ground, lead, 'unsubscribed', context);
  cancelMessages(ground, { leadId: lead.id, kind: 'reminder' }, 'unsubscribed', at);
  ground.rows.update(leads, lead.id, {
    status: isUnreachable(lead.status) ? lead.status : 'unsubscribed',
    unsubscribedAt: at,
  });
  suppress(ground, addressHash, 'unsubscribed', at);
  recordEvent(ground, { leadId: lead.id, kind: 'lead.unsubscribed', actor: 'person', at });
  return true;
}

function rename(ground: Ground, lead: LeadRecord, firstName: string, at: number): boolean {
  if (lead.firstName === firstName) return false;
  ground.rows.update(leads, lead.id, { firstName, nameKey: nameKey(firstName) });
  recordEvent(ground, { leadId: lead.id, kind: 'lead.renamed', actor: 'person', at });
  return true;
}
