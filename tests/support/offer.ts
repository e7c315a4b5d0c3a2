import { DAY, MINUTE } from '../../src/kernel/clock.ts';
import type { Timetable } from '../../src/leads/timetable.ts';
import type { ClaimedMessage, SendOutcome } from '../../src/sequence/port.ts';
import type { Store } from '../../src/store/port.ts';
import { fakeTimetable, uuid } from './store.ts';

export type Offered = ClaimedMessage & { readonly tryNumber: number };

/**
 * Claims what is due first, begins a try and settles it as told.
 * @param outcome null: the process dies before it learns the outcome.
 */
export async function offer(
  store: Store,
  at: number,
  outcome: SendOutcome | null,
  timetable: Timetable = fakeTimetable(),
): Promise<Offered> {
  const leaseToken = uuid();
  const claim = await store.claimNextDue({ now: at, leaseMs: MINUTE, leaseToken, timetable });
  if (claim?.kind !== 'claimed') throw new Error(`Expected a message, found ${JSON.stringify(claim)}.`);
  const { messageId, step, kind } = claim.message;
  const payload = new TextEncoder().encode(step);
  const begun = { messageId, leaseToken, payload, subject: step, transport: 'resend', choices: null, at };
  const tryNumber = await store.beginTry(begun);
  if (tryNumber === null) throw new Error('The try could not be begun.');
  const reminder = kind === 'delivery' ? { messageId: uuid(), dueAt: at + DAY } : null;
  if (outcome !== null)
    await store.settle({ messageId, leaseToken, tryNumber, outcome, at, timetable, reminder });
  return { ...claim.message, tryNumber };
}
