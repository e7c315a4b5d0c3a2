import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { exportLeads } from '../../src/leads/export.ts';
import type { ExportFormat } from '../../src/leads/export.ts';
import type { LeadFilter, LeadPage, LeadStore } from '../../src/leads/port.ts';
import { leadRow } from './rows.ts';

const LEADS = 2300;

describe('an export', () => {
  it('writes every lead once, page by page, the head first', async () => {
    const { store, asked } = storeOf(LEADS);
    const chunks = await all(store, {}, 'csv');
    const read: { email: string }[] = parse(chunks.join(''), { bom: true, columns: true });
    expect(read.map(({ email }) => email)).toEqual(
      Array.from({ length: LEADS }, (_, i) => `lead${i}@example.com`),
    );
    expect(asked).toEqual([1000, 1000, 1000]);
    expect(chunks.length).toBe(4);
  });

  it('of nobody is the head alone, and as JSON nothing', async () => {
    const { store } = storeOf(0);
    expect((await all(store, {}, 'csv')).join('').split('\r\n')).toHaveLength(2);
    expect(await all(store, {}, 'json')).toEqual([]);
  });

  it('as JSON is one object a line', async () => {
    const lines = (await all(storeOf(3).store, {}, 'json')).join('').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { email: string }).email)).toEqual([
      'lead0@example.com',
      'lead1@example.com',
      'lead2@example.com',
    ]);
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    for await (const _ of exportLeads(storeOf(LEADS).store, {}, 'csv', (rows) => told.push(rows)));
    expect(told).toEqual([1000, 2000, 2300]);
  });
});

async function all(store: Pick<LeadStore, 'leadsPage'>, filter: LeadFilter, format: ExportFormat) {
  const chunks: string[] = [];
  for await (const chunk of exportLeads(store, filter, format)) chunks.push(chunk);
  return chunks;
}

/** Leads 0 to `count` - 1; `asked` notes the sizes of the pages. */
function storeOf(count: number) {
  const asked: number[] = [];
  const leadsPage = async (
    _filter: LeadFilter,
    page: Parameters<LeadStore['leadsPage']>[1],
  ): Promise<LeadPage> => {
    asked.push(page.limit);
    const start = page.after === null ? 0 : page.after.id + 1;
    const end = Math.min(start + page.limit, count);
    const rows = Array.from({ length: end - start }, (_, i) =>
      leadRow({ email: `lead${start + i}@example.com` }),
    );
    return { rows, next: end < count ? { createdAt: 0, id: end - 1 } : null };
  };
  return { store: { leadsPage }, asked };
}
