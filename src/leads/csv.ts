import type { LeadRow } from './port.ts';

/** The columns of the CSV, in their order, each with how a row fills it. New ones are added at the end only: people's scripts depend on them. */
const COLUMNS = [
  ['lead_id', (row) => row.leadId],
  ['email', (row) => row.email],
  ['first_name', (row) => row.firstName],
  ['status', (row) => row.status],
  ['follow_up', (row) => row.followUp],
  ['offers', (row) => row.offers.join('|')],
  ['situation', (row) => row.situation],
  ['target_role', (row) => row.targetRole],
  ['signed_up_at', (row) => instant(row.signedUpAt)],
  ['confirmed_at', (row) => instant(row.confirmedAt)],
  ['first_download_at', (row) => instant(row.firstDownloadAt)],
  ['downloads', (row) => row.downloads],
  ['emails_sent', (row) => row.emailsSent],
  ['last_email_at', (row) => instant(row.lastEmailAt)],
  ['clicks', (row) => row.clicks],
  ['exit_reason', (row) => row.exitReason],
  ['unsubscribed_at', (row) => instant(row.unsubscribedAt)],
  ['consent_at', (row) => instant(row.consentAt)],
  ['consent_version', (row) => row.consentVersion],
  ['timezone', (row) => row.timezone],
  ['first_source', (row) => row.first.source],
  ['first_medium', (row) => row.first.medium],
  ['first_campaign', (row) => row.first.campaign],
  ['first_referrer', (row) => row.first.referrer],
  ['last_source', (row) => row.last.source],
  ['last_medium', (row) => row.last.medium],
  ['last_campaign', (row) => row.last.campaign],
  ['last_referrer', (row) => row.last.referrer],
] as const satisfies readonly (readonly [string, (row: LeadRow) => Cell])[];

type Cell = string | number | null;

/** The names of the columns, in their order. */
export const LEAD_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/** Byte order mark and header row. Excel takes a CSV for UTF-8 only with the mark. */
export const CSV_HEAD = `\uFEFF${LEAD_COLUMNS.join(',')}\r\n`;

/** One lead as a line of the CSV (RFC 4180), line end included. */
export function csvLine(row: LeadRow): string {
  return `${COLUMNS.map(([, fill]) => csvCell(fill(row))).join(',')}\r\n`;
}

/** One lead as plain values under the same names; nothing is escaped here. */
export function leadObject(row: LeadRow): Record<string, Cell> {
  return Object.fromEntries(COLUMNS.map(([name, fill]) => [name, fill(row)]));
}

/** Quotes a cell where RFC 4180 asks for it, and keeps spreadsheets from running it as a formula (OWASP, CSV injection). */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  const text = String(value);
  const inert = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function instant(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
