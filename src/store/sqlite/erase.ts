import { addressKey } from '../../kernel/address.ts';
import type { Erasure, LeadStore } from '../../leads/port.ts';
import { emptyLog } from './checkpoint.ts';
import type { Ground } from './ground.ts';
import { findLeadRow } from './lead-rows.ts';
import type { LeadRecord } from './lead-rows.ts';
import { deleteLead } from './remove.ts';
import { leads } from './schema/people.ts';
import { noteStop } from './stops.ts';
import { suppress } from './suppressions.ts';

export function eraseActs(ground: Ground): Pick<LeadStore, 'eraseLead' | 'eraseAddress' | 'forbidAddress'> {
  return {
    eraseLead: async (leadId, at) => {
      const isErased = await ground.commit(() => eraseLead(ground, leadId, at));
      if (isErased) emptyLog(ground);
      return isErased;
    },
    eraseAddress: async (email, at) => {
      const erasure = await ground.commit(() => eraseAddress(ground, email, at));
      if (erasure !== null) emptyLog(ground);
      return erasure;
    },
    forbidAddress: async (email, at) =>
      await ground.commit(() => forbid(ground, { email, leadId: null }, at)),
  };
}

function eraseLead(ground: Ground, leadId: string, at: number): boolean {
  const lead = findLeadRow(ground, leadId);
  if (lead === undefined) return false;
  forbid(ground, lead, at);
  removeErased(ground, lead, at);
  return true;
}

function eraseAddress(ground: Ground, email: string, at: number): Erasure | null {
  const lead = ground.rows.find(leads, leads.emailKey, addressKey(email));
  const counts = lead === undefined ? NOTHING : countsOf(ground, lead.id);
  if (lead !== undefined) deleteLead(ground, lead, at);
  const held = forgetHeld(ground, isSameAs(email));
  if (lead === undefined && held === 0) return null;
  forbid(ground, lead ?? { email, leadId: null }, at);
  return { ...counts, signups: counts.signups + held };
}

/** What is left of an erased address: a keyed hash that refuses an import, and a line of the journal. */
function forbid(
  ground: Ground,
  erased: { readonly email: string; readonly leadId: string | null },
  at: number,
): void {
  noteStop(ground, erased, 'erased', at);
  suppress(ground, ground.addressHash(erased.email), 'erased', at);
}

/** Everything of a lead, and held submits with her address: they belong to no lead, but they are hers as well. */
export function removeErased(ground: Ground, lead: LeadRecord, at: number): void {
  deleteLead(ground, lead, at);
  forgetHeld(ground, isSameAs(lead.email));
}

/** Deletes held submits by their address. Tells how many there were. */
export function forgetHeld(ground: Ground, isHers: (email: string) => boolean): number {
  const hers = ground
    .sql<{ id: number; email: string }>(
      "select id, email from signups where state = 'held' and confirmed_at is null",
    )
    .all()
    .filter(({ email }) => isHers(email));
  for (const { id } of hers) ground.sql('delete from signups where id = ?').run(id);
  return hers.length;
}

function isSameAs(email: string): (other: string) => boolean {
  return (other) => addressKey(other) === addressKey(email);
}

const NOTHING: Erasure = { leads: 0, signups: 0, consents: 0, emails: 0, downloads: 0, clicks: 0 };

function countsOf(ground: Ground, leadId: number): Erasure {
  const count = (table: string) =>
    ground.sql<{ n: number }>(`select count(*) n from ${table} where lead_id = ?`).get(leadId)?.n ?? 0;
  return {
    leads: 1,
    signups: count('signups'),
    consents: count('consents'),
    emails: count('messages'),
    downloads: count('downloads'),
    clicks: count('clicks'),
  };
}
