import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportLeads } from '../leads/export.ts';
import type { ExportFormat } from '../leads/export.ts';
import { parseFilter } from '../leads/filter.ts';
import type { FilterInput } from '../leads/filter.ts';
import { progressBar } from './progress.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';

export type ExportOptions = FilterInput & { readonly out?: string; readonly format: string };

/** `funnel export`: leads as CSV (or JSON lines) to stdout or a file; a file appears only when it is whole. */
export async function exportCommand(terminal: Terminal, options: ExportOptions): Promise<void> {
  const format = formatOf(options.format);
  const parsed = parseFilter(options);
  if (!parsed.ok) throw new CommandStop(EXIT.usage, parsed.problems.join('\n'));
  await withFunnel(terminal, async ({ store, clock }) => {
    const total = await store.countLeads(parsed.filter);
    const bar = progressBar(terminal, clock, 'leads', total);
    const chunks = exportLeads(store, parsed.filter, format, bar.at);
    if (options.out === undefined) await print(terminal, chunks);
    else await writeWhole(options.out, chunks);
    bar.end();
    if (options.out !== undefined) terminal.err(`${total} leads written to ${options.out}.\n`);
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

async function writeWhole(path: string, chunks: AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(partial, { flush: true, mode: 0o600 }));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw new CommandStop(EXIT.failed, `${path} could not be written: ${(error as Error).message}.`);
  }
}
