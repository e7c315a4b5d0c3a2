import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { ClickActor, MessageKind, MessageState } from '../../src/kernel/words.ts';

/** Writes rows into a database as they may have come to be, without living through it. */
export type RawLedger = {
  readonly lead: (change?: { readonly demo?: boolean; readonly unsubscribedAt?: number }) => RawLead;
  readonly message: (lead: RawLead, message: RawMessage) => number;
  readonly click: (lead: RawLead, message: number, actor: ClickActor, at?: number, slug?: string) => void;
};

export type RawLead = { readonly lead: number; readonly enrollment: number; readonly demo: boolean };

export type RawMessage = {
  readonly step: string;
  readonly state: MessageState;
  readonly kind?: MessageKind;
  readonly at?: number;
  readonly choice?: 'a' | 'b';
  readonly version?: string;
  readonly posts?: readonly string[];
  readonly doubtClosed?: boolean;
};

const OUT: readonly MessageState[] = ['submitted', 'delivered', 'bounced', 'complained'];

/** @param dataDir of a store that was opened before, so that the tables are there. */
export function rawLedger(dataDir: string): RawLedger {
  const raw = new Database(join(dataDir, 'funnel.db'));
  onTestFinished(() => void raw.close());
  let made = 0;
  const insert = (table: string, row: Readonly<Record<string, unknown>>): number => {
    const columns = Object.keys(row);
    const places = columns.map((column) => `:${column}`).join();
    return Number(
      raw.prepare(`insert into ${table} (${columns.join()}) values (${places})`).run(row).lastInsertRowid,
    );
  };
  const name = (what: string) => `${what}-${(made += 1)}`;
  return {
    lead: ({ demo = false, unsubscribedAt } = {}) => {
      const email = name('lead');
      const lead = insert('leads', {
        lead_id: email,
        email,
        email_key: email,
        first_name: '',
        name_key: '',
        status: 'confirmed',
        created_at: 0,
        unsubscribed_at: unsubscribedAt ?? null,
        demo: Number(demo),
      });
      const enrollment = insert('enrollments', {
        enrollment_id: name('enrollment'),
        lead_id: lead,
        sequence: 'follow-up',
        state: 'active',
        pace: 'normal',
        started_at: 0,
      });
      return { lead, enrollment, demo };
    },
    message: ({ lead, enrollment, demo }, message) => {
      const { step, state, kind = 'step', at = 1, choice, version, posts, doubtClosed = false } = message;
      return insert('messages', {
        message_id: name('message'),
        lead_id: lead,
        enrollment_id: kind === 'step' ? enrollment : null,
        kind,
        step,
        request: 1,
        state,
        priority: 2,
        due_at: at,
        ready_at: at,
        submitted_at: OUT.includes(state) ? at : null,
        ended_at: state === 'planned' || state === 'claimed' ? null : at,
        planned_at: at,
        subject_choice: choice ?? null,
        step_version: version ?? null,
        posts: posts === undefined ? null : JSON.stringify(posts),
        doubt_closed_at: doubtClosed ? at : null,
        demo: Number(demo),
      });
    },
    click: ({ lead }, message, actor, at = 1, slug = 'tides') => {
      insert('clicks', { lead_id: lead, message_id: message, slug, actor, at });
    },
  };
}
