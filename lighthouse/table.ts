import { CATEGORIES } from './measure.ts';
import type { Category, Measured } from './measure.ts';

/** What every page must reach. Time on a shared machine wavers, everything else does not. */
const AIMS: Readonly<Record<Category, number>> = {
  performance: 95,
  accessibility: 100,
  'best-practices': 100,
  seo: 100,
  'agentic-browsing': 100,
};

/** A line for every score below its aim, and for every request to another host. */
export function shortfalls(measured: readonly Measured[]): readonly string[] {
  return measured.flatMap(({ page, devices }) =>
    devices.flatMap(({ device, scores, failed, strangers }) => [
      ...CATEGORIES.filter((category) => scores[category] < AIMS[category]).map(
        (category) =>
          `MISSED: ${page.name}, ${device}: ${category} ${scores[category]} of ${AIMS[category]} (${failed
            .filter((audit) => audit.startsWith(category))
            .map((audit) => audit.slice(category.length + 2))
            .join(', ')})`,
      ),
      ...strangers.map((address) => `MISSED: ${page.name}, ${device}: asks another host: ${address}`),
    ]),
  );
}

export function asTables(measured: readonly Measured[], runs: number): string {
  const ms = (value: number) => `${(value / 1000).toFixed(2)} s`;
  const scores = measured.flatMap(({ page, devices }) =>
    devices.map(({ device, scores: found, vitals }) => [
      page.name,
      device,
      ...CATEGORIES.map((category) =>
        category === 'seo' && page.isPersonal ? `${found[category]} *` : String(found[category]),
      ),
      ms(vitals.lcp),
      `${Math.round(vitals.tbt)} ms`,
      vitals.shift.toFixed(3),
    ]),
  );
  const weights = measured.map(({ page, weight: { html, css, script, fonts, images, others } }) => [
    page.name,
    ...[html, css, script, fonts, images, others, html + fonts + images + others].map((bytes) =>
      String(bytes),
    ),
  ]);
  return [
    table(['page', 'device', 'perf', 'access', 'best', 'seo', 'agentic', 'LCP', 'TBT', 'CLS'], scores),
    `Median of ${runs}. * Without the audit “is-crawlable”: personal pages, and the one behind a form, say on purpose that they are not to be found.`,
    '',
    table(['page', 'HTML', 'of it CSS', 'of it script', 'fonts', 'images', 'other files', 'all'], weights),
    'Bytes over the line on a phone’s first visit, heads included; all but typeface and images compressed. Icons left out.',
    '',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
