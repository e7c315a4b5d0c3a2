import { ok, unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import type { Breach, LedgerFinding } from '../../sequence/proofs-port.ts';
import type { Patient } from './patient.ts';

const NOTHING_TO_READ = {
  gone: 'is gone',
  shut: 'cannot be opened',
  unreadable: 'is damaged',
  other_schema: 'cannot be read by this version',
  open: 'is closed',
} as const;

/** The proofs: one line for each promise that was kept, one for each way in which one was broken. */
export async function ledgerChecks({ store, inspected }: Patient): Promise<readonly Check[]> {
  if (store === null) {
    if (inspected.kind === 'none') return [ok('ledger', 'There are no emails yet.')];
    const why = NOTHING_TO_READ[inspected.kind];
    return [unknown('ledger', `Nothing can be proven: the database ${why}.`)];
  }
  return (await store.proveLedger()).flatMap(checksOf);
}

function checksOf({ proof, promise, looked, breaches }: LedgerFinding): readonly Check[] {
  if (breaches.length === 0)
    return [ok(proof, `${promise} (${looked.rows.toLocaleString('en')} ${looked.at})`)];
  return breaches.map((breach) => wrong(proof, saysOf(breach), remedyFor(proof, breach), breach.examples));
}

function saysOf({ says, count }: Breach): string {
  return `${says.charAt(0).toUpperCase()}${says.slice(1)}: ${count.toLocaleString('en')}.`;
}

const REPORT =
  'Report it with these ids: it is a fault of the program, or somebody changed the database by hand.';

function remedyFor(proof: string, { otherwise, of }: Breach): string {
  const explained = otherwise === null ? '' : `${otherwise} If that is not so: `;
  switch (proof) {
    case 'counted':
      return `${explained}No email depends on it, only the numbers shown. ${REPORT}`;
    case 'kept':
      return `${explained}These people may get nothing more. Look at them on the desk. ${REPORT}`;
    default:
      return `${explained}Pause all emails on the desk, and look at ${of === 'message' ? 'the timelines of these emails’ readers' : 'these people'}. ${REPORT}`;
  }
}
