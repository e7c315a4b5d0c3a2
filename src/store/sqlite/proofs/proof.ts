import type { Breach, LedgerFinding } from '../../../sequence/proofs-port.ts';

/** One way in which a promise can be broken. */
export type Rule = Pick<Breach, 'says' | 'of'> & {
  /** Selects the public id of each breach, over the tables of `workbench.ts`. */
  readonly breaches: string;
  readonly otherwise?: string;
};

export type Proof = Pick<LedgerFinding, 'proof' | 'promise'> & {
  /** How many rows it holds against the rules: a `select count(*)`. */
  readonly looked: { readonly at: LedgerFinding['looked']['at']; readonly rows: string };
  readonly rules: readonly Rule[];
};

/** Words as a list for `in (…)`. Only for words of our own. */
export function listed(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
