import { exportLeads } from '../leads/export.ts';
import type { ExportFormat } from '../leads/export.ts';
import { parseFilter } from '../leads/filter.ts';
import type { FilterInput } from '../leads/filter.ts';
import { oneOf } from './one-of.ts';
import { progressBar } from './progress.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';
import { writeResult } from './write-result.ts';

export type ExportOptions = FilterInput & { readonly out?: string; readonly format: string };

/** `funnel export`: leads as CSV (or JSON lines) to stdout or a file; a file appears only when it is whole. */
export async function exportCommand(terminal: Terminal, options: ExportOptions): Promise<void> {
  const format = formatOf(options.format);
  const parsed = parseFilter(options);
  if (!parsed.ok) throw new CommandStop(EXIT.usage, parsed.problems.join('\n'));
  const { filter } = parsed;
  await withFunnel(terminal, async ({ store, clock, content }) => {
    const total = await store.countLeads(filter);
    // An offer that was taken out of the content still has its leads; one that nobody knows is a slip of the pen.
    if (filter.offer !== undefined && total === 0) {
      oneOf(
        'offer',
        filter.offer,
        content.current().offers.map(({ key }) => key),
      );
    }
    const bar = progressBar(terminal, clock, 'leads', total);
    let written = 0;
    const chunks = exportLeads(store, filter, format, (rows) => {
      written = rows;
      bar.at(rows);
    });
    if (options.out === undefined) await print(terminal, chunks);
    else await writeResult(options.out, chunks);
    bar.end();
    if (options.out !== undefined) {
      terminal.err(`${written} ${written === 1 ? 'lead' : 'leads'} written to ${options.out}.\n`);
    }
  });
}

function formatOf(text: string): ExportFormat {
  if (text === 'csv' || text === 'json') return text;
  throw new CommandStop(EXIT.usage, `“${text}” is no format. Write --format csv or --format json.`);
}

async function print(terminal: Terminal, chunks: AsyncIterable<string>): Promise<void> {
  for await (const chunk of chunks) {
    terminal.out(chunk);
    await terminal.drained();
  }
}
