import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SECOND } from '../../kernel/clock.ts';
import { BUILD } from '../../root.ts';
import type { Printer } from './printer.ts';
import type { Delivery, Order, PrinterAct } from './printing.ts';

/** Milliseconds. `idle`: without a task the process ends. `task`: one that takes longer than that hangs, and its process is ended. */
export type Patience = { readonly idle: number; readonly task: number };

const PATIENCE: Patience = { idle: 20 * SECOND, task: 60 * SECOND };
const WORKER = fileURLToPath(
  new URL(BUILD === null ? './printer-worker.ts' : './printer-worker.js', import.meta.url),
);

type Pending = {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

/**
 * A printer in a process of its own, which is begun with the first task and ends when there has been none for a while. Tasks of a process
 * that died are given to the next one, once; a task that fails rejects with the reason.
 */
export function createPrinterProcess(fontsDir: string, patience: Patience = PATIENCE): Printer {
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let count = 0;
  const waiting = new Map<number, Pending>();

  const begin = (): ChildProcess => {
    const begun = fork(WORKER, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    begun.on('message', (delivery: Delivery) => settle(delivery));
    begun.once('error', (error) => lose(begun, error.message));
    begun.once('exit', (code, signal) => lose(begun, `ended with ${signal ?? code}`));
    return begun;
  };

  const settle = (delivery: Delivery): void => {
    const task = waiting.get(delivery.id);
    if (task === undefined) return;
    leave(delivery.id, task);
    if (delivery.ok) task.resolve(delivery.result);
    else task.reject(new Error(delivery.message));
  };

  const lose = (lost: ChildProcess, why: string): void => {
    if (child !== lost) return;
    child = null;
    for (const [id, task] of waiting) {
      leave(id, task);
      task.reject(new LostProcess(`The printing process ${why}.`));
    }
  };

  const leave = (id: number, task: Pending): void => {
    waiting.delete(id);
    clearTimeout(task.timer);
    if (waiting.size > 0) return;
    // Nothing waits for it: a program that has nothing else to do may end.
    child?.unref();
    child?.channel?.unref();
    idle = setTimeout(() => letGo(), patience.idle).unref();
  };

  const letGo = (): void => {
    const ending = child;
    child = null;
    if (ending?.connected === true) ending.disconnect();
  };

  const ask = async (act: PrinterAct, args: readonly unknown[]): Promise<unknown> =>
    await new Promise((resolve, reject) => {
      clearTimeout(idle);
      child ??= begin();
      const asked = child;
      asked.ref();
      asked.channel?.ref();
      const id = (count += 1);
      const timer = setTimeout(() => asked.kill('SIGKILL'), patience.task);
      waiting.set(id, { resolve, reject, timer });
      const order: Order = { id, fontsDir, act, args };
      asked.send(order, (error) => {
        if (error !== null) lose(asked, error.message);
      });
    });

  const task =
    <Act extends PrinterAct>(act: Act) =>
    async (...args: Parameters<Printer[Act]>): Promise<Result<Act>> => {
      try {
        return (await ask(act, args)) as Result<Act>;
      } catch (error) {
        if (error instanceof LostProcess) return (await ask(act, args)) as Result<Act>;
        throw error;
      }
    };

  return {
    base: task('base'),
    whole: task('whole'),
    pictures: task('pictures'),
    screen: task('screen'),
    proof: task('proof'),
    close: async () => {
      clearTimeout(idle);
      const ending = child;
      letGo();
      for (const { reject, timer } of waiting.values()) {
        clearTimeout(timer);
        reject(new Error('The press is closed.'));
      }
      waiting.clear();
      ending?.kill('SIGKILL');
      await Promise.resolve();
    },
  };
}

type Result<Act extends PrinterAct> = Awaited<ReturnType<Printer[Act]>>;

class LostProcess extends Error {}
