import { readFileSync } from 'node:fs';
import { readConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { tellProblem } from '../content/source.ts';
import { createFunnel } from '../funnel.ts';
import type { Funnel, Overrides } from '../funnel.ts';
import { StoreRefusal } from '../store/port.ts';
import { finishRestore, isHalfRestored } from '../store/sqlite/backup/staging.ts';
import { holdServeLock } from '../store/sqlite/lock.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Reads the configuration, or stops the command with all that is wrong with it. */
export function configOf(terminal: Terminal): Config {
  const read = readConfig(terminal.env, (path) => readFileSync(path, 'utf8'));
  if (!read.ok) throw new CommandStop(EXIT.configuration, tellAll('The configuration', read.problems));
  return read.config;
}

/** Builds the funnel, or stops the command with all that is wrong with content or database. */
export async function openFunnel(config: Config, overrides: Overrides = {}): Promise<Funnel> {
  await settleHalfRestore(config.dataDir);
  const outcome = await orStop(() => createFunnel(config, overrides));
  if (!outcome.ok)
    throw new CommandStop(EXIT.configuration, tellAll(`The ${outcome.what}`, outcome.problems));
  // While we have it open, nobody can put another database in its place; but a restore may have been decided, and killed, just before.
  if (!isHalfRestored(config.dataDir)) return outcome.funnel;
  await outcome.funnel.close();
  await settleHalfRestore(config.dataDir);
  return await openFunnel(config, overrides);
}

/** Finishes a restore that was killed when it had been decided; stops the command while one is under way. */
export async function settleHalfRestore(dataDir: string): Promise<void> {
  if (!isHalfRestored(dataDir)) return;
  const lock = await orStop(() => holdServeLock(dataDir));
  if (!lock.ok)
    throw new CommandStop(
      EXIT.failed,
      `A restore is under way in ${dataDir}. Try again when it has finished.`,
    );
  try {
    if (isHalfRestored(dataDir)) await orStop(() => finishRestore(dataDir));
  } finally {
    lock.release();
  }
}

/** Stops the command in words when the data folder or the database in it cannot be used. */
export async function orStop<T>(open: () => T | Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof StoreRefusal)
      throw new CommandStop(error.reason === 'in_use' ? EXIT.failed : EXIT.configuration, error.message);
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
    for (const line of contentMistakes(funnel)) terminal.err(`${line}\n`);
    return await work(funnel);
  } finally {
    await funnel.close();
  }
}

/** What is wrong with the content while its last valid version serves, or with the documents of the only one; empty when nothing is. */
export function contentMistakes({ content }: Funnel): readonly string[] {
  const problems = content.problems();
  if (problems.length === 0) return [];
  return [
    content.isBehind()
      ? 'The content has mistakes; the last valid version is used:'
      : 'The documents have mistakes and are given out as they are; there is no earlier version:',
    ...problems.map((problem) => `  - ${tellProblem(problem)}`),
  ];
}

/** Several problems as one message, one a line. */
export function tellAll(what: string, problems: readonly string[]): string {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return [`${what} has ${count}:`, ...problems.map((problem) => `  - ${problem}`)].join('\n');
}
