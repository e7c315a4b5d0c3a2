import { CommandStop, EXIT } from './terminal.ts';

/** Stops with the list of what is known. */
export function oneOf(what: string, given: string, known: readonly string[]): void {
  if (!known.includes(given)) {
    throw new CommandStop(EXIT.usage, `There is no ${what} “${given}”. Known: ${known.join(', ')}.`);
  }
}
