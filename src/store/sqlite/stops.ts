import type { ExitReason } from '../../kernel/words.ts';
import type { Ground } from './ground.ts';
import type { LeadRecord } from './lead-rows.ts';

/** Puts a stop into the journal; it is on the disk before the change is acknowledged. */
export function noteStop(
  ground: Ground,
  lead: Pick<LeadRecord, 'email' | 'leadId'>,
  reason: ExitReason,
  at: number,
): void {
  ground.journal.note({ at, reason, addressHash: ground.addressHash(lead.email), leadId: lead.leadId });
}
