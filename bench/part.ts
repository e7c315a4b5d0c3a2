import type { Finding } from './finding.ts';

/** How much to measure: `npm run bench -- --quick` only shows that everything works. */
export type Effort = {
  readonly rounds: number;
  readonly seconds: number;
  readonly starts: number;
  readonly idleSeconds: number;
  /** In the ledger that `doctor` looks through. */
  readonly emails: number;
};

export const FULL: Effort = { rounds: 5, seconds: 3, starts: 7, idleSeconds: 5, emails: 100_000 };
export const QUICK: Effort = { rounds: 1, seconds: 1, starts: 1, idleSeconds: 1, emails: 2000 };

/** Runs one part as the process that it is, and hands its findings to `run.ts` as JSON. */
export async function tell(measure: (effort: Effort) => Promise<readonly Finding[]>): Promise<void> {
  const findings = await measure(process.argv.includes('--quick') ? QUICK : FULL);
  process.stdout.write(`${JSON.stringify(findings)}\n`);
}
