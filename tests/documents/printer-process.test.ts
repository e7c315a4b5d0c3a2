import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createPrinterProcess } from '../../src/documents/press/printer-process.ts';
import type { Printer } from '../../src/documents/press/printer.ts';
import { FONTS, sampleContent } from './fixture.ts';

const order = {
  content: sampleContent(),
  variant: { offer: 'graphic', situation: null, paper: 'a4' },
  publicUrl: 'https://funnel.example',
} as const;
let printer: Printer | undefined;
afterEach(async () => await printer?.close());

test('prints in a process of its own what a printer here prints', async () => {
  printer = createPrinterProcess(FONTS);
  const { createPrinter } = await import('../../src/documents/press/printer.ts');
  const [aside, here] = [await printer.base(order), await createPrinter(FONTS).base(order)];
  expect(Buffer.from(aside.head).equals(here.head)).toBe(true);
  expect(Buffer.from(aside.tail).equals(here.tail)).toBe(true);
  expect(aside.slots).toEqual(here.slots);
});

test('begins anew after it was let go for want of work', async () => {
  printer = createPrinterProcess(FONTS, { idle: 1, task: 60_000 });
  const first = await printer.base(order);
  await wait(20);
  expect((await printer.base(order)).pages).toBe(first.pages);
});

test('rejects a task that cannot be done, and does the next', async () => {
  printer = createPrinterProcess(FONTS);
  const unknown = { ...order, variant: { ...order.variant, offer: 'none' } };
  await expect(printer.base(unknown)).rejects.toThrow('There is no offer none.');
  expect((await printer.base(order)).pages).toBe(1);
});

test('ends a process that hangs, and tells', async () => {
  printer = createPrinterProcess(FONTS, { idle: 20_000, task: 5 });
  await expect(printer.base(order)).rejects.toThrow(/ended with SIGKILL/);
});

test('rejects what is under way when it is closed', async () => {
  printer = createPrinterProcess(FONTS);
  const waiting = printer.base(order);
  await printer.close();
  await expect(waiting).rejects.toThrow('The press is closed.');
});
