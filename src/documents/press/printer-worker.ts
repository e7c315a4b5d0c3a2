import { setPriority } from 'node:os';
import { createPrinter } from './printer.ts';
import type { Printer } from './printer.ts';
import type { Delivery, Order } from './printing.ts';

// A process of its own: laying out a document takes as long as answering thousands of visitors, and the fonts take as much memory as the
// whole server, which has it back when this process ends. It ends when the server does, or lets go of it.
process.on('disconnect', () => process.exit());
// A terminal tells every process of a program to stop; this one still serves the visitors that the server answers to the end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
try {
  setPriority(5);
} catch {
  // Where that is forbidden, it is as good as the rest.
}

let printer: Printer | undefined;

process.on('message', (order: Order) => {
  printer ??= createPrinter(order.fontsDir);
  // A server that is gone takes nothing: then this process is told by `disconnect`, and ends without a word.
  void deliver(printer, order).then((delivery) => process.send?.(delivery, ignored));
});

async function deliver(press: Printer, { id, act, args }: Order): Promise<Delivery> {
  try {
    const task = press[act] as (...all: readonly unknown[]) => Promise<unknown>;
    return { id, ok: true, result: await task(...args) };
  } catch (error) {
    return {
      id,
      ok: false,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function ignored(): void {}
