import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { FakeResend } from '../support/fake-resend.ts';

/** The ledger as it lies on the disk, read by plain SQL and not by the program that wrote it. */
export type Ledger = {
  readonly messages: readonly {
    readonly messageId: string;
    readonly email: string;
    readonly step: string;
    readonly state: string;
    readonly providerId: string | null;
    readonly tries: number;
    readonly takenTries: number;
  }[];
  /** Tries whose process died before it could write down the outcome. */
  readonly openTries: number;
  /** What SQLite finds wrong with the file. */
  readonly faults: readonly unknown[];
};

export function readLedger(dataDir: string): Ledger {
  const db = new Database(join(dataDir, 'funnel.db'), { readonly: true });
  try {
    return {
      messages: db
        .prepare<[], Ledger['messages'][number]>(
          `select m.message_id messageId, l.email, m.step, m.state, m.provider_id providerId,
             (select count(*) from tries t where t.message_id = m.id) tries,
             (select count(*) from tries t where t.message_id = m.id and t.outcome = 'submitted') takenTries
           from messages m join leads l on l.id = m.lead_id order by m.id`,
        )
        .all(),
      openTries:
        db.prepare<[], number>('select count(*) from tries where outcome is null').pluck().get() ?? 0,
      faults: (db.pragma('quick_check') as { readonly quick_check: string }[]).filter(
        ({ quick_check: line }) => line !== 'ok',
      ),
    };
  } finally {
    db.close();
  }
}

/** What the provider and the ledger say of each other. Everything but `emails` must be empty. */
export type Audit = {
  /** Emails that the provider took. */
  readonly emails: number;
  /** `address step`: it went out more than once. */
  readonly doubles: readonly string[];
  /** `address step`: promised and never taken. */
  readonly lost: readonly string[];
  /** Keys under which the provider was offered more than one body. */
  readonly altered: readonly string[];
  /** Messages of which the ledger says something else than the provider. */
  readonly disagreements: readonly string[];
};

/** @param promised `address step` for each email that must go out. */
export function audit(resend: FakeResend, ledger: Ledger, promised: readonly string[]): Audit {
  const taken = resend.accepted.map(({ id, body }) => ({ id, ...addressed(body) }));
  const times = countBy(taken, ({ email, step }) => `${email} ${step}`);
  const bodies = new Map<string, Set<string>>();
  for (const { key, body } of resend.requests) {
    const known = bodies.get(key ?? '') ?? new Set();
    bodies.set(key ?? '', known.add(body));
  }
  const idOf = new Map(taken.map(({ messageId, id }) => [messageId, id]));
  return {
    emails: taken.length,
    doubles: [...times].filter(([, count]) => count > 1).map(([email]) => email),
    lost: promised.filter((email) => !times.has(email)),
    altered: [...bodies].filter(([, known]) => known.size > 1).map(([key]) => key),
    disagreements: ledger.messages
      .filter(
        ({ messageId, state, providerId, takenTries }) =>
          state !== 'submitted' || takenTries !== 1 || providerId !== idOf.get(messageId),
      )
      .map(({ messageId, state, takenTries }) => `${messageId} ${state}, ${takenTries} tries taken`),
  };
}

/** To whom an email goes and what it is, from the body that the provider gets. */
export function addressed(body: string): {
  readonly email: string;
  readonly step: string;
  readonly messageId: string;
} {
  const { to, tags } = JSON.parse(body) as {
    readonly to: string;
    readonly tags: readonly { readonly name: string; readonly value: string }[];
  };
  const tag = (name: string) => tags.find((one) => one.name === name)?.value ?? '';
  return { email: to, step: tag('step'), messageId: tag('message') };
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
