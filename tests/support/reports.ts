import Database from 'better-sqlite3';
import { join } from 'node:path';
import { DAY, MINUTE } from '../../src/kernel/clock.ts';
import type { SendOutcome } from '../../src/sequence/port.ts';
import type { ProviderReport, ReportKind } from '../../src/sequence/reports-port.ts';
import type { Store } from '../../src/store/port.ts';
import { fakeTimetable, uuid } from './store.ts';

export const timetable = fakeTimetable();

/** A message in the sender's hands: claimed, its try written down, its answer still to come. */
export type Offered = {
  readonly messageId: string;
  readonly step: string;
  readonly settle: (outcome: SendOutcome, at: number) => Promise<'settled' | 'lease_lost'>;
};

export const TAKEN: SendOutcome = { kind: 'submitted', providerId: null };

/** Claims the first message that is due and begins a try of it. */
export async function offer(store: Store, at: number): Promise<Offered> {
  const leaseToken = uuid();
  const claim = await store.claimNextDue({ now: at, leaseMs: MINUTE, leaseToken, timetable });
  if (claim?.kind !== 'claimed') throw new Error(`expected a message, found ${JSON.stringify(claim)}`);
  const { messageId, step, kind } = claim.message;
  const tryNumber = await store.beginTry({
    messageId,
    leaseToken,
    payload: new TextEncoder().encode(step),
    subject: step,
    transport: 'resend',
    choices: null,
    at,
  });
  if (tryNumber === null) throw new Error('expected a try, found a stop');
  return {
    messageId,
    step,
    settle: (outcome, settledAt) =>
      store.settle({
        messageId,
        leaseToken,
        tryNumber,
        outcome,
        at: settledAt,
        timetable,
        reminder: kind === 'delivery' ? { messageId: uuid(), dueAt: settledAt + DAY } : null,
      }),
  };
}

/** Sends the first message that is due. */
export async function sendOne(store: Store, at: number, providerId: string | null = null): Promise<Offered> {
  const offered = await offer(store, at);
  await offered.settle({ kind: 'submitted', providerId }, at);
  return offered;
}

/** Hands a report over, each an event of its own unless `eventId` says otherwise. */
export function tell(
  store: Store,
  kind: ReportKind,
  messageId: string | null,
  at: number,
  change: Partial<ProviderReport> = {},
) {
  const report = { eventId: uuid(), kind, messageId, providerId: null, occurredAt: at, reason: null };
  return store.applyReport(
    { ...report, ...change },
    { at, timetable, reminder: { messageId: uuid(), dueAt: at + DAY } },
  );
}

/** Rows as they are on the disk, beside the store. */
export function look<Row>(dataDir: string, sql: string, ...values: readonly unknown[]): readonly Row[] {
  const db = new Database(join(dataDir, 'funnel.db'), { readonly: true });
  try {
    return db.prepare<unknown[], Row>(sql).all(...values);
  } finally {
    db.close();
  }
}
