import type { Content, ContentProblem } from '../../src/content/model.ts';
import type { Printer, PrintOrder } from '../../src/documents/press/printer.ts';
import { createPrinter } from '../../src/documents/press/printer.ts';
import { join } from 'node:path';
import { ROOT } from '../../src/root.ts';

/** The real printer, but for its pictures: three pages that say which they are. What it was asked for is kept. */
export function printerWithPictures(
  pictures: (order: PrintOrder) => Promise<readonly string[]> = threePages,
): Printer & { readonly pictured: PrintOrder[]; readonly proofed: Content[] } {
  const pictured: PrintOrder[] = [];
  const proofed: Content[] = [];
  return {
    ...createPrinter(join(ROOT, 'assets/fonts')),
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
