import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isConserved, isOpen, mayBecome } from '../../../src/kernel/ledger.ts';
import { MESSAGE_STATES } from '../../../src/kernel/words.ts';
import type { MessageState } from '../../../src/kernel/words.ts';

type Row = {
  readonly messageId: string;
  readonly kind: string;
  readonly step: string;
  readonly state: MessageState;
  readonly doubtClosedAt: number | null;
  readonly enrollmentId: number | null;
  readonly offered: number;
};
type Enrollment = { readonly id: number; readonly state: string; readonly email: string };

/** The ledger as plain SQL sees it, from one act to the next. */
export class LedgerWatch {
  private readonly db;
  private readonly selectMessages;
  private readonly selectEnrollments;
  private before = new Map<string, MessageState>();

  constructor(dataDir: string) {
    this.db = new Database(join(dataDir, 'funnel.db'));
    this.db.pragma('synchronous = OFF');
    this.selectMessages = this.db.prepare<[], Row>(
      `select message_id messageId, kind, step, state, doubt_closed_at doubtClosedAt, enrollment_id enrollmentId,
         payload is not null offered from messages order by id`,
    );
    this.selectEnrollments = this.db.prepare<[], Enrollment>(
      'select e.id, e.state, l.email from enrollments e join leads l on l.id = e.lead_id',
    );
  }

  /** What has happened since the last look that the law of states forbids. `mayVanish`: somebody's rows were deleted on her wish. */
  look(mayVanish: boolean): readonly string[] {
    const rows = this.rows();
    const now = new Map(rows.map(({ messageId, state }) => [messageId, state]));
    const broken = rows.flatMap(({ messageId, step, state }) => {
      const from = this.before.get(messageId) ?? 'planned';
      return isReachable(from, state) ? [] : [`${step} went from ${from} to ${state}`];
    });
    const vanished = mayVanish ? 0 : [...this.before.keys()].filter((id) => !now.has(id)).length;
    if (vanished > 0) broken.push(`${vanished} messages vanished`);
    const planned = mayVanish ? now.size : new Set([...this.before.keys(), ...now.keys()]).size;
    if (!isConserved(planned, countStates(rows))) broken.push('messages are not conserved');
    this.before = now;
    return [...broken, ...this.whoIsDropped(rows)];
  }

  rows(): readonly Row[] {
    return this.selectMessages.all();
  }

  enrollments(): readonly Enrollment[] {
    return this.selectEnrollments.all();
  }

  doubts(): readonly string[] {
    return this.rows()
      .filter(({ state }) => state === 'in_doubt')
      .map(({ messageId }) => messageId);
  }

  /** An empty ledger for the next story, on the same database. */
  clear(): void {
    this.db.transaction(() => {
      for (const table of TABLES) this.db.exec(`delete from ${table}`);
      this.db.exec("delete from settings where key like 'sender.%'");
    })();
    this.before = new Map();
  }

  close(): void {
    this.db.close();
  }

  /** An enrollment under way has one step that waits, is under way or is in doubt; no other enrollment has one that waits. */
  private whoIsDropped(rows: readonly Row[]): readonly string[] {
    return this.enrollments().flatMap(({ id, state }) => {
      const hers = rows.filter(({ enrollmentId }) => enrollmentId === id);
      const waiting = hers.filter((row) => isOpen(row.state)).length;
      const inDoubt = hers.filter((row) => row.state === 'in_doubt' && row.doubtClosedAt === null).length;
      const isUnderWay = state === 'active' || state === 'paused';
      if (isUnderWay && waiting + inDoubt !== 1)
        return [`an enrollment is ${state} with ${waiting} steps waiting and ${inDoubt} in doubt`];
      return !isUnderWay && waiting > 0 ? [`an enrollment is ${state}, and ${waiting} steps wait`] : [];
    });
  }
}

/** Children before parents. */
const TABLES = [
  'tries',
  'provider_events',
  'clicks',
  'downloads',
  'events',
  'consents',
  'messages',
  'enrollments',
  'attributions',
  'signups',
  'leads',
  'suppressions',
  'address_mails',
  'rate_minutes',
] as const;

function countStates(rows: readonly Row[]): Partial<Record<MessageState, number>> {
  const counts: Partial<Record<MessageState, number>> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** One act may take a message over several states. */
function isReachable(from: MessageState, to: MessageState): boolean {
  return from === to || (REACHABLE.get(from)?.has(to) ?? false);
}

const REACHABLE = new Map(
  MESSAGE_STATES.map((from) => {
    const found = new Set<MessageState>();
    const visit = (state: MessageState): void => {
      for (const next of MESSAGE_STATES) {
        if (!mayBecome(state, next) || found.has(next)) continue;
        found.add(next);
        visit(next);
      }
    };
    visit(from);
    return [from, found] as const;
  }),
);
