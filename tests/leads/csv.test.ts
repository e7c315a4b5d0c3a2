import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSV_HEAD, LEAD_COLUMNS, csvCell, csvLine, leadObject } from '../../src/leads/csv.ts';
import { leadRow } from './rows.ts';

/** Word for word as the contract has them: people's scripts depend on it. */
const CONTRACT =
  'lead_id,email,first_name,status,follow_up,offers,situation,target_role,signed_up_at,confirmed_at,first_download_at,downloads,emails_sent,last_email_at,clicks,exit_reason,unsubscribed_at,consent_at,consent_version,timezone,first_source,first_medium,first_campaign,first_referrer,last_source,last_medium,last_campaign,last_referrer';

describe('the columns', () => {
  it('are the contract’s, in its order, after a byte order mark', () => {
    expect(LEAD_COLUMNS.join(',')).toBe(CONTRACT);
    expect(CSV_HEAD).toBe(`\uFEFF${CONTRACT}\r\n`);
  });
});

describe('a line', () => {
  it('holds times as ISO 8601 UTC, offers joined by a bar, and nothing where there is nothing', () => {
    expect(csvLine(leadRow())).toBe(
      '019aa000-0000-7000-8000-000000000001,ana@example.com,Ana,confirmed,active,white-paper|infographic,,,' +
        '2026-11-22T09:00:00.000Z,2026-11-22T09:05:00.000Z,,0,2,,1,,,,,America/Toronto,article,,weak-ties,,,,,\r\n',
    );
  });

  it('is the same lead as JSON, where nothing is escaped', () => {
    const row = leadRow({ firstName: '=1+1', targetRole: '-boss' });
    expect(csvLine(row)).toContain(",'=1+1,");
    expect(Object.keys(leadObject(row))).toEqual(LEAD_COLUMNS);
    expect(leadObject(row)).toMatchObject({
      first_name: '=1+1',
      target_role: '-boss',
      downloads: 0,
      situation: null,
    });
  });
});

describe('a cell', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['+44', "'+44"],
    ['-x', "'-x"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['a=1', 'a=1'],
    [' =1', ' =1'],
    ["'=1", "'=1"],
    [-5, '-5'],
    [null, ''],
  ])('%j is written as %j', (value, written) => {
    expect(csvCell(value)).toBe(written);
  });

  it('comes back from any reader of RFC 4180 as it was, but for the guard', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", ';', 'é', '😀', ' '),
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }), (leads) => {
        const lines = leads.map(([firstName, targetRole, campaign]) => {
          const first = { source: null, medium: null, campaign, referrer: null };
          return csvLine(leadRow({ firstName, targetRole, first }));
        });
        const read: Record<string, string>[] = parse(CSV_HEAD + lines.join(''), {
          bom: true,
          columns: true,
          relax_column_count: false,
          relax_quotes: false,
          record_delimiter: '\r\n',
        });
        expect(read.map((row) => [row['first_name'], row['target_role'], row['first_campaign']])).toEqual(
          leads.map((cells) => cells.map(guarded)),
        );
        expect(read.every((row) => Object.keys(row).join() === CONTRACT)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function guarded(text: string): string {
  return ['=', '+', '-', '@', '\t', '\r', '\n'].includes(text.slice(0, 1)) ? `'${text}` : text;
}
