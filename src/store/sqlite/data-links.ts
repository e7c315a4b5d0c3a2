import { MINUTE } from '../../kernel/clock.ts';
import type { LeadStore } from '../../leads/port.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { findLeadRow } from './lead-rows.ts';
import { nextRequest, planMessage } from './messages.ts';

/** One link of a kind in this time: a page that is reloaded must not fill an inbox. */
const GAP = 10 * MINUTE;

export function dataLinkActs(ground: Ground): Pick<LeadStore, 'requestDataLink'> {
  return {
    requestDataLink: async (leadId, kind, { messageId }, at) =>
      await ground.commit(() => {
        const lead = findLeadRow(ground, leadId);
        if (lead === undefined) return 'no_lead';
        const last = ground
          .sql<{ at: number | null }>(
            'select max(planned_at) at from messages where lead_id = ? and kind = ?',
          )
          .get(lead.id, kind);
        if (last !== undefined && last.at !== null && last.at > at - GAP) return 'too_soon';
        const request = nextRequest(ground, { leadId: lead.id }, kind);
        planMessage(ground, { leadId: lead.id, messageId, kind, step: kind, request, dueAt: at, at });
        recordEvent(ground, { leadId: lead.id, kind: `lead.${kind}_requested`, actor: 'person', at });
        return 'planned';
      }),
  };
}
