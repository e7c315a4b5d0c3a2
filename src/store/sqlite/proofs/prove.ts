import { isConserved } from '../../../kernel/ledger.ts';
import type { MessageState } from '../../../kernel/words.ts';
import type { Breach, LedgerFinding, LedgerProofs } from '../../../sequence/proofs-port.ts';
import type { Ground } from '../ground.ts';
import { conserved } from './conserved.ts';
import { consented } from './consented.ts';
import { counted } from './counted.ts';
import { frozen } from './frozen.ts';
import { kept } from './kept.ts';
import { once } from './once.ts';
import type { Proof, Rule } from './proof.ts';
import { spaced } from './spaced.ts';
import { stopped } from './stopped.ts';
import { suppressed } from './suppressed.ts';
import { setUpWorkbench } from './workbench.ts';

type Bench = Pick<Ground, 'raw' | 'addressHash'>;

export const PROOFS: readonly Proof[] = [
  conserved,
  once,
  spaced,
  stopped,
  frozen,
  kept,
  counted,
  suppressed,
  consented,
];

export function proofActs(ground: Bench): LedgerProofs {
  return { proveLedger: async () => proveLedger(ground) };
}

/** @param onProof is told the name of each part before it begins: for those who measure. */
export function proveLedger(
  ground: Bench,
  onProof: (part: string) => void = () => {},
): readonly LedgerFinding[] {
  const { raw } = ground;
  // One snapshot for all: a server that sends meanwhile must not look like a fault. Rolled back, and the tables in memory with it.
  raw.exec('begin');
  try {
    onProof('reading');
    setUpWorkbench(ground);
    const findings = PROOFS.map((proof) => {
      onProof(proof.proof);
      return prove(ground, proof);
    });
    onProof('done');
    return findings;
  } finally {
    raw.exec('rollback');
  }
}

function prove({ raw }: Bench, { proof, promise, looked, rules }: Proof): LedgerFinding {
  const breaches = rules.map((rule) => breachOf(raw, rule));
  return {
    proof,
    promise,
    looked: { at: looked.at, rows: raw.prepare<[], number>(looked.rows).pluck().get() ?? 0 },
    breaches: [...breaches, ...(proof === conserved.proof ? [sumOf(raw)] : [])].filter(
      ({ count }) => count > 0,
    ),
  };
}

const MOST_EXAMPLES = 5;

function breachOf(raw: Bench['raw'], { says, of, breaches, otherwise }: Rule): Breach {
  const examples: string[] = [];
  let count = 0;
  for (const id of raw.prepare<[], string>(breaches).pluck().iterate()) {
    count += 1;
    if (examples.length < MOST_EXAMPLES) examples.push(id);
  }
  return { says, of, count, examples, otherwise: otherwise ?? null };
}

/** The law itself, on the sums. */
function sumOf(raw: Bench['raw']): Breach {
  const rows = raw
    .prepare<[], [MessageState, number]>('select state, count(*) from ledger group by state')
    .raw()
    .all();
  const planned = raw.prepare<[], number>('select count(*) from ledger').pluck().get() ?? 0;
  const isWhole = isConserved(planned, Object.fromEntries(rows));
  return {
    says: 'emails that are neither open nor an outcome',
    of: 'message',
    count: isWhole ? 0 : planned,
    examples: [],
    otherwise: null,
  };
}
