import type { ConsentReceipt, LeadStore } from '../../leads/port.ts';
import type { Ground } from './ground.ts';
import { findLeadRow } from './lead-rows.ts';
import type { LeadRecord } from './lead-rows.ts';
import { consents, leads } from './schema/people.ts';
import type { SignupRecord } from './signups.ts';
import { wordingOf } from './wordings.ts';

export function consentActs(ground: Ground): Pick<LeadStore, 'consentReceipts'> {
  return {
    consentReceipts: async (leadId) => {
      const lead = findLeadRow(ground, leadId);
      return lead === undefined ? [] : receiptsOf(ground, lead.id);
    },
  };
}

export function receiptsOf(ground: Ground, leadId: number): readonly ConsentReceipt[] {
  return ground.rows
    .all(consents, consents.leadId, leadId)
    .map(({ kind, wording, version, place, tickedAt, at }) => ({
      kind,
      wording,
      version,
      place,
      tickedAt,
      at,
    }));
}

/** The yes that a signup brought and that still counts: ticked, not declined since, and no stop of the lead after it. */
export function usableConsent(
  ground: Ground,
  signup: SignupRecord,
  lead: LeadRecord,
): { readonly version: string; readonly wording: string } | null {
  if (!signup.followUp || signup.consentVersion === null || signup.declinedAt !== null) return null;
  if (lead.stoppedAt !== null && signup.createdAt <= lead.stoppedAt) return null;
  if (lead.status === 'bounced' || lead.status === 'complained') return null;
  const wording = wordingOf(ground, signup.consentVersion);
  return wording === null ? null : { version: signup.consentVersion, wording };
}

/** Writes down a yes: it was ticked with the signup and takes effect now. */
export function giveConsent(
  ground: Ground,
  signup: SignupRecord,
  leadId: number,
  consent: { readonly version: string; readonly wording: string },
  at: number,
): void {
  const { id: signupId, place, createdAt: tickedAt } = signup;
  ground.rows.insert(consents, { leadId, signupId, kind: 'given', ...consent, place, tickedAt, at });
  ground.rows.update(leads, leadId, { consentAt: at, consentVersion: consent.version });
}

/** A stop spends every tick of before it. By the order of things and not by time: the machine's clock may have been set back. */
export function spendTicks(
  ground: Ground,
  leadId: number,
  at: number,
  /** Ticks of after this instant are not meant. */
  until: number = Number.MAX_SAFE_INTEGER,
): void {
  ground
    .sql(
      `update signups set declined_at = ? where lead_id = ? and follow_up = 1
       and consent_used_at is null and declined_at is null and created_at <= ?`,
    )
    .run(at, leadId, until);
}

/** Writes down that the consent in force is withdrawn; nothing when none is. */
export function withdrawConsent(ground: Ground, lead: LeadRecord, place: string, at: number): void {
  const given = ground
    .sql<{ wording: string; version: string; signup_id: number | null }>(
      `select wording, version, signup_id from consents where lead_id = ? and kind = 'given' order by id desc limit 1`,
    )
    .get(lead.id);
  if (lead.consentAt === null || given === undefined) return;
  const { wording, version, signup_id: signupId } = given;
  ground.rows.insert(consents, {
    leadId: lead.id,
    signupId,
    kind: 'withdrawn',
    wording,
    version,
    place,
    tickedAt: null,
    at,
  });
  ground.rows.update(leads, lead.id, { consentAt: null, consentVersion: null });
}
