import { readFileSync } from 'node:fs';
import { readConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { createFunnel } from '../funnel.ts';
import type { Funnel, Overrides } from '../funnel.ts';
import { StoreRefusal } from '../store/port.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Reads the configuration, or stops the command with all that is wrong with it. */
export function configOf(terminal: Terminal): Config {
  const read = readConfig(terminal.env, (path) => readFileSync(path, 'utf8').trim());
  if (!read.ok) throw new CommandStop(EXIT.configuration, tellAll('The configuration', read.problems));
  return read.config;
}

/** Builds the funnel, or stops the command with all that is wrong with content or database. */
export async function openFunnel(config: Config, overrides: Overrides = {}): Promise<Funnel> {
  try {
    const outcome = await createFunnel(config, overrides);
    if (!outcome.ok) throw new CommandStop(EXIT.configuration, tellAll('The content', outcome.problems));
    return outcome.funnel;
  } catch (error) {
    if (error instanceof StoreRefusal) throw new CommandStop(EXIT.configuration, error.message);
    throw error;
  }
}

/** Runs a command's work on a funnel and closes it whatever happens. */
export async function withFunnel<T>(
  terminal: Terminal,
  work: (funnel: Funnel) => Promise<T>,
  overrides: Overrides = {},
): Promise<T> {
  const funnel = await openFunnel(configOf(terminal), overrides);
  try {
    return await work(funnel);
  } finally {
    await funnel.close();
  }
}

/** Several problems as one message, one a line. */
export function tellAll(what: string, problems: readonly string[]): string {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return [`${what} has ${count}:`, ...problems.map((problem) => `  - ${problem}`)].join('\n');
}
