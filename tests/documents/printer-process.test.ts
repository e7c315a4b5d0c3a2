import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createPrinterProcess } from '../../src/documents/press/printer-process.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import type { Printer } from '../../src/documents/press/printer.ts';
import { ROOT } from '../../src/root.ts';
import { FONTS, sampleContent } from './fixture.ts';

const WORKER = join(ROOT, 'tests/support/printer-worker.ts');
const CALM = { idle: 20_000, task: 20_000, proof: 20_000 };
let printer: Printer | undefined;
afterEach(async () => await printer?.close());

test('prints in a process of its own what a printer here prints', async () => {
  printer = createPrinterProcess(FONTS);
  const [aside, here] = [
    await printer.base(orderFor('graphic')),
    await createPrinter(FONTS).base(orderFor('graphic')),
  ];
  expect(Buffer.from(aside.head).equals(here.head)).toBe(true);
  expect(Buffer.from(aside.tail).equals(here.tail)).toBe(true);
  expect(aside.slots).toEqual(here.slots);
});

describe('the printing process', () => {
  test('is one and the same while there is work', async () => {
    printer = createPrinterProcess(FONTS, CALM, WORKER);
    const all = await Promise.all(['a', 'b', 'c'].map(printedBy));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).not.toBe(process.pid);
  });

  test('ends for want of work, and another one begins when there is some', async () => {
    printer = createPrinterProcess(FONTS, { ...CALM, idle: 1 }, WORKER);
    const first = await printedBy('a');
    await gone(first);
    expect(await printedBy('a')).not.toBe(first);
  });

  test('takes only the task in its hand along when it dies, and that is tried once more', async () => {
    printer = createPrinterProcess(FONTS, CALM, WORKER);
    const before = await printedBy('a');
    const [dead, next, last] = await Promise.allSettled(['die', 'b', 'c'].map(printedBy));
    expect(dead).toMatchObject({
      status: 'rejected',
      reason: { message: 'The printing process ended with 3.' },
    });
    expect(next).toMatchObject({ status: 'fulfilled' });
    expect(last).toMatchObject({ status: 'fulfilled', value: (next as { value: number }).value });
    expect(before).not.toBe((next as { value: number }).value);
  });

  test('goes on with the task of one that was killed', async () => {
    printer = createPrinterProcess(FONTS, CALM, WORKER);
    const first = await printedBy('a');
    const waiting = printedBy('b');
    process.kill(first, 'SIGKILL');
    expect(await waiting).toBeGreaterThan(0);
  });

  test('is ended when it hangs, and those who waited behind get theirs', async () => {
    printer = createPrinterProcess(FONTS, { ...CALM, task: 400 }, WORKER);
    const [hung, next] = await Promise.allSettled(['hang', 'b'].map(printedBy));
    expect(hung).toMatchObject({
      status: 'rejected',
      reason: { message: 'The printing process ended with SIGKILL.' },
    });
    expect(next).toMatchObject({ status: 'fulfilled' });
  });

  test('tells why a task failed, and does the next', async () => {
    printer = createPrinterProcess(FONTS, CALM, WORKER);
    await expect(printedBy('fail')).rejects.toThrow('no paper');
    expect(await printedBy('a')).toBeGreaterThan(0);
  });

  test('knows none of the program’s settings', async () => {
    printer = createPrinterProcess(FONTS, CALM, WORKER);
    process.env['SOME_SECRET'] = 'x';
    expect(await printer.base(orderFor('settings'))).not.toContain('SOME_SECRET');
    delete process.env['SOME_SECRET'];
  });

  test('refuses what would wait for too long', async () => {
    printer = createPrinterProcess(FONTS, CALM, WORKER);
    const many = Array.from({ length: 202 }, () => printedBy('a'));
    const refused = (await Promise.allSettled(many)).filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { message: 'Too many documents wait to be printed.' } }]);
  });

  test('rejects what is under way when it is closed, and begins no more', async () => {
    printer = createPrinterProcess(FONTS, CALM, WORKER);
    const waiting = Promise.allSettled(['hang', 'b'].map(printedBy));
    await printer.close();
    const closed = { status: 'rejected', reason: { message: 'The press is closed.' } };
    expect(await waiting).toMatchObject([closed, closed]);
    await expect(printedBy('a')).rejects.toThrow('The press is closed.');
  });
});

function orderFor(offer: string) {
  const variant = { offer, situation: null, paper: 'a4' } as const;
  return { content: sampleContent(), variant, publicUrl: 'https://funnel.example' };
}

/** The number of the process that did it. */
async function printedBy(offer: string): Promise<number> {
  return (await printer?.base(orderFor(offer)))?.pages ?? 0;
}

/** Waits until there is no such process. */
async function gone(pid: number): Promise<void> {
  await expect.poll(() => isThere(pid), { timeout: 5000 }).toBe(false);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
