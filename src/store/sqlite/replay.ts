import type { Stop } from '../port.ts';
import { closeMailbox } from './close-mailbox.ts';
import { enrollmentOf, stopEnrollment } from './enrollments.ts';
import { forgetHeld, removeErased } from './erase.ts';
import { recordEvent } from './events.ts';
import type { Ground } from './ground.ts';
import { findLeadRow } from './lead-rows.ts';
import type { LeadRecord } from './lead-rows.ts';
import { leave } from './leave.ts';
import { unsubscribe } from './preferences.ts';
import { leads } from './schema/people.ts';
import { withoutJournal } from './stops.ts';
import { suppress } from './suppressions.ts';

/** The page of a consent that ends by the journal: nobody stands on one. */
const PLACE = 'stops.log';

/** Carries out, again, what the journal says. One that is in force already changes nothing. Tells for how many people it did. */
export function carryOutStops(ground: Ground, stops: readonly Stop[]): number {
  const find = leadFinder(ground);
  const quiet = withoutJournal(ground);
  const people = new Set<string>();
  for (const stop of stops) {
    const lead = find(stop);
    suppressAddress(quiet, stop);
    if (lead !== undefined) stopLead(quiet, lead, stop);
    if (lead !== undefined) people.add(lead.leadId);
    else if (stop.reason === 'erased')
      forgetHeld(quiet, (email) => quiet.addressHash(email) === stop.addressHash);
  }
  return people.size;
}

/** The lead that a stop means: by id, else by address, since she may have been another lead when the copy was made. */
export function leadFinder(ground: Ground): (stop: Stop) => LeadRecord | undefined {
  let byAddress: ReadonlyMap<string, number> | null = null;
  return ({ leadId, addressHash }) => {
    const lead = leadId === null ? undefined : findLeadRow(ground, leadId);
    if (lead !== undefined) return lead;
    byAddress ??= new Map(
      ground
        .sql<{ id: number; email: string }>('select id, email from leads')
        .all()
        .map(({ id, email }) => [ground.addressHash(email), id]),
    );
    const id = byAddress.get(addressHash);
    return id === undefined ? undefined : ground.rows.find(leads, leads.id, id);
  };
}

function suppressAddress(ground: Ground, { reason, addressHash, at }: Stop): void {
  switch (reason) {
    case 'unsubscribed':
    case 'bounced':
    case 'complained':
    case 'erased':
      return suppress(ground, addressHash, reason, at);
    case 'found_job':
    case 'booked_call':
    case 'stopped_by_coach':
    case 'stale':
      return;
  }
}

function stopLead(ground: Ground, lead: LeadRecord, { reason, at }: Stop): void {
  switch (reason) {
    case 'unsubscribed':
      return void unsubscribe(ground, lead, { at, place: PLACE });
    case 'bounced':
    case 'complained':
      return closeMailbox(ground, lead, reason, { at, place: PLACE });
    case 'found_job':
    case 'booked_call':
    case 'stopped_by_coach':
      return void leave(ground, lead, reason, { at, place: PLACE });
    case 'stale':
      return stopAsStale(ground, lead, at);
    case 'erased':
      return removeErased(ground, lead, at);
  }
}

/** Her consent stays: it was not she who wanted no more. */
function stopAsStale(ground: Ground, lead: LeadRecord, at: number): void {
  if (!stopEnrollment(ground, enrollmentOf(ground, lead.id), 'stale', at)) return;
  ground.rows.update(leads, lead.id, { exitReason: 'stale' });
  recordEvent(ground, { leadId: lead.id, kind: 'enrollment.stale', actor: 'system', at });
}
