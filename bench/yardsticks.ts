import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Yardstick = {
  /** What it said first: the address of a server, or a figure. */
  readonly said: string;
  readonly pid: number;
  readonly startedInMs: number;
  stop(): Promise<void>;
};

/** Runs a yardstick of `bench/yardsticks/` as a process of its own, on the same Node, and waits for its first line. */
export async function startYardstick(name: string, ...args: readonly string[]): Promise<Yardstick> {
  const begun = performance.now();
  const script = fileURLToPath(new URL(`yardsticks/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const patience = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const said = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => String(line)),
    ended.then(() => null),
  ]);
  clearTimeout(patience);
  if (said === null) throw new Error(`The yardstick ${name} ended without a word.`);
  return {
    said,
    pid: child.pid ?? 0,
    startedInMs: performance.now() - begun,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
