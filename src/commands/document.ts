import { writeFile } from 'node:fs/promises';
import { tidyName } from '../kernel/name.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';

export type DocumentOptions = {
  readonly out: string;
  readonly name?: string;
  readonly situation?: string;
  readonly role?: string;
  readonly paper: string;
};

/** `funnel document`: makes one PDF, as a reader would get it. */
export async function documentCommand(terminal: Terminal, offer: string, options: DocumentOptions): Promise<void> {
  const { paper } = options;
  if (paper !== 'a4' && paper !== 'letter') {
    throw new CommandStop(EXIT.usage, `“${paper}” is no paper size. Write --paper a4 or --paper letter.`);
  }
  await withFunnel(terminal, async ({ content, press }) => {
    const { offers, site } = content.current();
    oneOf('offer', offer, offers.map(({ key }) => key));
    if (options.situation !== undefined) {
      oneOf('situation', options.situation, site.situations.map(({ key }) => key));
    }
    const name = options.name === undefined ? null : tidyName(options.name);
    if (name !== null && !name.ok) throw new CommandStop(EXIT.usage, 'The name must have 1 to 80 letters.');
    const made = await press.make({
      offer,
      paper,
      reader: { name: name?.name ?? '', situation: options.situation ?? null, role: options.role ?? null },
    });
    await writeFile(options.out, made.bytes);
    terminal.err(`${options.out}: ${made.bytes.length} bytes, content version ${made.contentVersion}.\n`);
  });
}

/** Stops with the list of what is known. */
export function oneOf(what: string, given: string, known: readonly string[]): void {
  if (!known.includes(given)) {
    throw new CommandStop(EXIT.usage, `There is no ${what} “${given}”. Known: ${known.join(', ')}.`);
  }
}
