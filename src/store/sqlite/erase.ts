import { addressKey } from '../../kernel/address.ts';
import type { LeadStore } from '../../leads/port.ts';
import { emptyLog } from './checkpoint.ts';
import type { Ground } from './ground.ts';
import { findLeadRow } from './lead-rows.ts';
import { deleteLead } from './remove.ts';
import { noteStop } from './stops.ts';
import { suppress } from './suppressions.ts';

export function eraseActs(ground: Ground): Pick<LeadStore, 'eraseLead'> {
  return {
    eraseLead: async (leadId, at) => {
      const isErased = await ground.commit(() => eraseLead(ground, leadId, at));
      if (isErased) emptyLog(ground);
      return isErased;
    },
  };
}

function eraseLead(ground: Ground, leadId: string, at: number): boolean {
  const lead = findLeadRow(ground, leadId);
  if (lead === undefined) return false;
  noteStop(ground, lead, 'erased', at);
  suppress(ground, ground.addressHash(lead.email), 'erased', at);
  deleteLead(ground, lead, at);
  // Held submits belong to no lead, but they are hers as well.
  ground
    .sql("delete from signups where state = 'held' and confirmed_at is null and lower(email) = ?")
    .run(addressKey(lead.email));
  return true;
}
