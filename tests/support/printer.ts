import type { Content, ContentProblem } from '../../src/content/model.ts';
import type { Printer, PrintOrder } from '../../src/documents/press/printer.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import { join } from 'node:path';
import { ROOT } from '../../src/root.ts';

/**
 * The real printer, which all funnels of a test file share: fonts are loaded once, and a base that one has printed is not printed for the
 * next. It cannot be closed.
 */
export const sharedPrinter: Printer = keepingBases(createPrinter(join(ROOT, 'assets/fonts')));

function keepingBases(printer: Printer): Printer {
  const kept = new Map<string, ReturnType<Printer['base']>>();
  return {
    ...printer,
    base: async (order) => {
      const key = JSON.stringify([order.content.version, order.publicUrl, order.variant]);
      const base = kept.get(key) ?? printer.base(order);
      kept.set(key, base);
      return await base;
    },
  };
}

/** The real printer, but for its pictures: three pages that say which they are. What it was asked for is kept. */
export function printerWithPictures(
  pictures: (order: PrintOrder) => Promise<readonly string[]> = threePages,
): Printer & { readonly pictured: PrintOrder[]; readonly proofed: Content[] } {
  const pictured: PrintOrder[] = [];
  const proofed: Content[] = [];
  return {
    ...sharedPrinter,
    pictured,
    proofed,
    pictures: async (order) => {
      pictured.push(order);
      return await pictures(order);
    },
    proof: async (content): Promise<readonly ContentProblem[]> => {
      proofed.push(content);
      return [];
    },
  };
}

async function threePages({ variant }: PrintOrder): Promise<readonly string[]> {
  const { offer, situation, paper } = variant;
  return [1, 2, 3].map(
    (page) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><text y="20">${offer} ${String(situation)} ${paper} ${page}</text></svg>`,
  );
}
