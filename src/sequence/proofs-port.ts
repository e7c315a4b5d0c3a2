/** What speaks against a promise of the ledger. Ids only: it is shown, logged and mailed around. */
export type Breach = {
  /** What they are, in the plural: "steps that went out a second time to the same person". */
  readonly says: string;
  /** What the ids are of. */
  readonly of: 'message' | 'lead' | 'enrollment';
  readonly count: number;
  /** Public ids of up to five. */
  readonly examples: readonly string[];
  /** What else than a fault of the sender could have made it, as a sentence; null: nothing could. */
  readonly otherwise: string | null;
};

/** One promise, and what was found when it was held against every row. */
export type LedgerFinding = {
  /** A word or two to call it by, such as `once`. */
  readonly proof: string;
  /** What is promised, as a sentence. */
  readonly promise: string;
  readonly looked: { readonly rows: number; readonly at: 'emails' | 'tries' | 'leads' | 'enrollments' };
  /** Empty: the promise was kept. */
  readonly breaches: readonly Breach[];
};

export interface LedgerProofs {
  /**
   * Holds every promise about sending against every row of the ledger, in one snapshot and without writing. Made-up leads are left
   * out. Takes a second or two for 100,000 emails, in which this process does nothing else: not for a request.
   */
  proveLedger(): Promise<readonly LedgerFinding[]>;
}
