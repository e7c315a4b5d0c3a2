import { DAY, MINUTE } from '../../src/kernel/clock.ts';
import type { Timetable } from '../../src/leads/timetable.ts';
import type { Store } from '../../src/store/port.ts';
import { uuid } from './store.ts';

/** One email that left. */
export type Sent = { readonly leadId: string; readonly step: string; readonly at: number };

/**
 * Sends all that is due at an instant, as the sender does it over a provider that takes everything. @returns steps of sequences
 * only, in the order of sending.
 */
export async function sendSteps(store: Store, timetable: Timetable, at: number): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (;;) {
    const leaseToken = `send:${uuid()}`;
    const claim = await store.claimNextDue({ now: at, leaseMs: MINUTE, leaseToken, timetable });
    if (claim === null) return sent;
    if (claim.kind !== 'claimed') continue;
    const { messageId, step, kind, lead } = claim.message;
    const tryNumber = await store.beginTry({
      messageId,
      leaseToken,
      payload: new TextEncoder().encode(step),
      subject: step,
      transport: 'resend',
      choices: null,
      at,
    });
    if (tryNumber === null) continue;
    await store.settle({
      messageId,
      leaseToken,
      tryNumber,
      outcome: { kind: 'submitted', providerId: null },
      at,
      timetable,
      reminder: kind === 'delivery' ? { messageId: uuid(), dueAt: at + DAY } : null,
    });
    if (kind === 'step') sent.push({ leadId: lead.leadId, step, at });
  }
}
