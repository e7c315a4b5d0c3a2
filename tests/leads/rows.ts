import type { LeadRow } from '../../src/leads/port.ts';

export function leadRow(change: Partial<LeadRow> = {}): LeadRow {
  return {
    leadId: '019aa000-0000-7000-8000-000000000001',
    email: 'ana@example.com',
    firstName: 'Ana',
    status: 'confirmed',
    followUp: 'active',
    offers: ['white-paper', 'infographic'],
    situation: null,
    targetRole: null,
    signedUpAt: Date.UTC(2026, 10, 22, 9),
    confirmedAt: Date.UTC(2026, 10, 22, 9, 5),
    firstDownloadAt: null,
    downloads: 0,
    emailsSent: 2,
    lastEmailAt: null,
    clicks: 1,
    exitReason: null,
    unsubscribedAt: null,
    consentAt: null,
    consentVersion: null,
    timezone: 'America/Toronto',
    first: { source: 'article', medium: null, campaign: 'weak-ties', referrer: null },
    last: { source: null, medium: null, campaign: null, referrer: null },
    throwaway: false,
    ...change,
  };
}
