import type { LeadStore } from '../../leads/port.ts';
import { receiptsOf } from './consents.ts';
import { enrollmentOf } from './enrollments.ts';
import { messageViewsOf } from './find-lead.ts';
import type { Ground } from './ground.ts';
import { findLeadRow } from './lead-rows.ts';
import { clicks, downloads, events } from './schema/ledger.ts';
import { attributions, signups } from './schema/people.ts';

export function leadDataActs(ground: Ground): Pick<LeadStore, 'dataOf'> {
  return { dataOf: async (leadId) => dataOf(ground, leadId) };
}

/** All that is held about a person, for herself (GDPR, Art. 15): our row numbers left out, times as ISO 8601. */
function dataOf(ground: Ground, leadId: string): Record<string, unknown> | null {
  const lead = findLeadRow(ground, leadId);
  if (lead === undefined) return null;
  const { rows } = ground;
  const enrollment = enrollmentOf(ground, lead.id);
  return {
    lead: plain(lead, ['emailKey', 'nameKey', 'demo']),
    signups: rows.all(signups, signups.leadId, lead.id).map((row) => plain(row)),
    attributions: rows.all(attributions, attributions.leadId, lead.id).map((row) => plain(row)),
    consents: receiptsOf(ground, lead.id).map((row) => plain(row)),
    follow_up: enrollment === undefined ? null : plain(enrollment, ['signupId']),
    emails: messageViewsOf(ground, lead.id).map((row) => plain(row)),
    downloads: rows.all(downloads, downloads.leadId, lead.id).map((row) => plain(row, ['signupId'])),
    clicks: rows.all(clicks, clicks.leadId, lead.id).map((row) => plain(row, ['messageId'])),
    events: rows.all(events, events.leadId, lead.id).map(eventOf),
  };
}

function eventOf(row: typeof events.$inferSelect): Record<string, unknown> {
  return { ...plain(row), detail: row.detail === null ? null : (JSON.parse(row.detail) as unknown) };
}

function plain(
  row: Readonly<Record<string, unknown>>,
  hidden: readonly string[] = [],
): Record<string, unknown> {
  const isRowNumber = (key: string, value: unknown) =>
    key === 'id' || (key === 'leadId' && typeof value === 'number');
  return Object.fromEntries(
    Object.entries(row)
      .filter(([key, value]) => !hidden.includes(key) && !isRowNumber(key, value))
      .map(([key, value]) => [snake(key), /(?:At|Until|^at)$/.test(key) ? iso(value) : value]),
  );
}

function iso(value: unknown): string | null {
  return typeof value === 'number' ? new Date(value).toISOString() : null;
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
