import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MINUTE, SECOND } from '../../kernel/clock.ts';
import { BUILD } from '../../root.ts';
import type { Printer } from './printer.ts';
import type { Delivery, Order, PrinterAct } from './printing.ts';

/** Milliseconds. `idle`: without a task the process ends. `task`: one that takes longer than that hangs, and its process is ended; a proof sets twenty documents. */
export type Patience = { readonly idle: number; readonly task: number; readonly proof: number };

const PATIENCE: Patience = { idle: 20 * SECOND, task: MINUTE, proof: 10 * MINUTE };
const WORKER = fileURLToPath(
  new URL(BUILD === null ? './printer-worker.ts' : './printer-worker.js', import.meta.url),
);
/** More would wait longer than a visitor does. */
const MOST_WAITING = 200;

type Task = {
  readonly act: PrinterAct;
  readonly args: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  isRetried: boolean;
};

/**
 * A printer in a process of its own, which is begun with the first task and ends when there has been none for a while. Tasks wait here and
 * are handed over one by one, so that a process that dies or hangs takes only the task in its hand along; that one is tried once more, by
 * another process. A task that fails rejects with the reason, and so does each beyond `MOST_WAITING`.
 * @param worker the file that the process begins with.
 */
export function createPrinterProcess(
  fontsDir: string,
  patience: Patience = PATIENCE,
  worker = WORKER,
): Printer {
  const waiting: Task[] = [];
  let inHand: { readonly id: number; readonly task: Task; readonly timer: NodeJS.Timeout } | null = null;
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let count = 0;
  let isClosed = false;

  const ask = async (act: PrinterAct, args: readonly unknown[]): Promise<unknown> =>
    await new Promise((resolve, reject) => {
      if (isClosed) return reject(new Error('The press is closed.'));
      if (waiting.length >= MOST_WAITING) return reject(new Error('Too many documents wait to be printed.'));
      waiting.push({ act, args, resolve, reject, isRetried: false });
      handOver();
    });

  const handOver = (): void => {
    if (inHand !== null) return;
    const task = waiting.shift();
    if (task === undefined) return rest();
    clearTimeout(idle);
    child ??= begin();
    const asked = child;
    asked.ref();
    asked.channel?.ref();
    const id = (count += 1);
    const limit = task.act === 'proof' ? patience.proof : patience.task;
    inHand = { id, task, timer: setTimeout(() => asked.kill('SIGKILL'), limit) };
    const order: Order = { id, fontsDir, act: task.act, args: task.args };
    asked.send(order, (error) => {
      if (error !== null) lose(asked, error.message);
    });
  };

  const begin = (): ChildProcess => {
    const begun = fork(worker, {
      execArgv: [],
      // It needs none of the program's settings, and no secret.
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    begun.on('message', (delivery: Delivery) => settle(delivery));
    begun.once('error', (error) => lose(begun, error.message));
    begun.once('exit', (code, signal) => lose(begun, `ended with ${signal ?? code}`));
    return begun;
  };

  const settle = (delivery: Delivery): void => {
    if (inHand?.id !== delivery.id) return;
    const { task } = letGo();
    if (delivery.ok) task.resolve(delivery.result);
    else task.reject(new Error(delivery.message));
    handOver();
  };

  const lose = (lost: ChildProcess, why: string): void => {
    if (child !== lost) return;
    child = null;
    if (inHand === null) return;
    const { task } = letGo();
    if (task.isRetried || isClosed) task.reject(new Error(`The printing process ${why}.`));
    else waiting.unshift(Object.assign(task, { isRetried: true }));
    handOver();
  };

  const letGo = (): { readonly task: Task } => {
    if (inHand === null) throw new Error('No task is in hand.');
    const { task, timer } = inHand;
    clearTimeout(timer);
    inHand = null;
    return { task };
  };

  /** Nothing is left to do: a program that has nothing else to do may end, and the process ends after a while. */
  const rest = (): void => {
    child?.unref();
    child?.channel?.unref();
    clearTimeout(idle);
    idle = setTimeout(dismiss, patience.idle).unref();
  };

  const dismiss = (): void => {
    const ending = child;
    child = null;
    if (ending?.connected === true) ending.disconnect();
  };

  const asked =
    <Act extends PrinterAct>(act: Act) =>
    async (...args: Parameters<Printer[Act]>): Promise<Result<Act>> =>
      (await ask(act, args)) as Result<Act>;

  return {
    base: asked('base'),
    whole: asked('whole'),
    pictures: asked('pictures'),
    screen: asked('screen'),
    proof: asked('proof'),
    close: async () => {
      isClosed = true;
      clearTimeout(idle);
      const ending = child;
      dismiss();
      const left = [...(inHand === null ? [] : [letGo().task]), ...waiting.splice(0)];
      for (const { reject } of left) reject(new Error('The press is closed.'));
      ending?.kill('SIGKILL');
      await Promise.resolve();
    },
  };
}

type Result<Act extends PrinterAct> = Awaited<ReturnType<Printer[Act]>>;
