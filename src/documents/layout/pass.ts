import type { LayoutProblem } from './shapes.ts';

/** What is known while a document is set. It is set again as long as a pass teaches something that changes the pages. */
export type Pass = {
  /** Called for what the coach should mend; may tell the same more than once. */
  readonly report: (problem: LayoutProblem) => void;
  /** The numbers of charts, by their lines in the document's file. */
  readonly figures: ReadonlyMap<number, number>;
  /** Pull quotes, by their lines, that find no room in the side column and are set in the text. */
  readonly inColumn: ReadonlySet<number>;
  /** Where a link such as `#a-heading` leads, and on which page that is; null when it is not in this variant. */
  readonly within: (href: string) => { readonly name: string; readonly page: number } | null;
};

/** Nothing is known, and nobody is told. */
export const FIRST_PASS: Pass = {
  report: () => undefined,
  figures: new Map(),
  inColumn: new Set(),
  within: () => null,
};
