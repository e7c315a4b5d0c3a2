import { bytesOf } from '../documents/model.ts';
import { tidyName } from '../kernel/name.ts';
import { oneOf } from './one-of.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { withFunnel } from './with-funnel.ts';
import { writeResult } from './write-result.ts';

export type DocumentOptions = {
  readonly out: string;
  readonly name?: string;
  readonly situation?: string;
  readonly role?: string;
  readonly paper: string;
};

/** `funnel document`: makes one PDF, as a reader would get it. */
export async function documentCommand(
  terminal: Terminal,
  offer: string,
  options: DocumentOptions,
): Promise<void> {
  const { paper, situation } = options;
  if (paper !== 'a4' && paper !== 'letter') {
    throw new CommandStop(EXIT.usage, `“${paper}” is no paper size. Write --paper a4 or --paper letter.`);
  }
  const name = tidied('--name', options.name);
  const role = tidied('--role', options.role);
  await withFunnel(terminal, async ({ content, press }) => {
    const { offers, site } = content.current();
    oneOf(
      'offer',
      offer,
      offers.map(({ key }) => key),
    );
    if (situation !== undefined)
      oneOf(
        'situation',
        situation,
        site.situations.map(({ key }) => key),
      );
    const reader = { name: name ?? '', situation: situation ?? null, role };
    const made = await press.make({ offer, paper, reader });
    await writeResult(options.out, bytesOf(made));
    terminal.err(`${options.out}: ${made.length} bytes, content version ${made.contentVersion}.\n`);
  });
}

/** By the rule of the pages' fields, so that the command makes nothing that a visitor could not get. */
function tidied(option: '--name' | '--role', text: string | undefined): string | null {
  if (text === undefined) return null;
  const tidy = tidyName(text);
  if (tidy.ok) return tidy.name;
  throw new CommandStop(EXIT.usage, `${option} takes 1 to 80 characters.`);
}
