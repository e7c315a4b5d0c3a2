import { CSV_HEAD, csvLine, leadObject } from './csv.ts';
import type { LeadCursor, LeadFilter, LeadStore } from './port.ts';

export type ExportFormat = 'csv' | 'json';

/** Rows a page: large enough that paging costs nothing, small enough that the event loop stays free. */
const PAGE = 1000;

/**
 * The leads that a filter finds, oldest first, as chunks of text: CSV with its head, or one JSON object a line.
 * Reads page by page, so memory stays flat whatever the number of leads.
 * @param onRows called after each page with the number of rows so far.
 */
export async function* exportLeads(
  store: Pick<LeadStore, 'leadsPage'>,
  filter: LeadFilter,
  format: ExportFormat,
  onRows: (rows: number) => void = () => {},
): AsyncGenerator<string, void, undefined> {
  if (format === 'csv') yield CSV_HEAD;
  let after: LeadCursor | null = null;
  let rows = 0;
  do {
    const page = await store.leadsPage(filter, { after, limit: PAGE, order: 'oldest' });
    rows += page.rows.length;
    const line =
      format === 'csv'
        ? csvLine
        : (row: (typeof page.rows)[number]) => `${JSON.stringify(leadObject(row))}\n`;
    if (page.rows.length > 0) yield page.rows.map(line).join('');
    onRows(rows);
    after = page.next;
  } while (after !== null);
}
