import type { Printer } from './printer.ts';

/** What can be asked of a printer in another process. */
export type PrinterAct = Exclude<keyof Printer, 'close'>;

/** One task on its way to that process. */
export type Order = {
  readonly id: number;
  readonly fontsDir: string;
  readonly act: PrinterAct;
  readonly args: readonly unknown[];
};

export type Delivery =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };
