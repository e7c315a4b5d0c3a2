import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ROOT } from '../../src/root.ts';

/** Writes the rows of one signup in one raw transaction of its own. `synchronous=FULL`, as the funnel has it. */
export type WriteSignup = (email: string, firstName: string) => void;

const MINUTE = 60_000;

/** The funnel's own tables and indexes and the same rows in them, by prepared statements: no limits are checked, nothing is decided. */
export function openRawSignups(folder: string): WriteSignup {
  const db = new Database(join(folder, `raw-${process.pid}.db`));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.exec(readFileSync(join(ROOT, 'migrations/sqlite/0000_first.sql'), 'utf8'));
  const lead = db.prepare(
    `insert into leads (lead_id, email, email_key, first_name, name_key, status, created_at)
     values (?, ?, ?, ?, ?, 'unconfirmed', ?)`,
  );
  const signup = db.prepare(
    `insert into signups (signup_id, lead_id, state, offer, email, first_name, follow_up, place, network, created_at)
     values (?, ?, 'accepted', 'white-paper', ?, ?, 1, '/white-paper', '127.0.0.0/24', ?)`,
  );
  const touch = db.prepare('insert into attributions (lead_id, touch, at) values (?, ?, ?)');
  const event = db.prepare(
    "insert into events (lead_id, kind, actor, at, detail) values (?, 'signup.recorded', 'person', ?, ?)",
  );
  const message = db.prepare(
    `insert into messages (message_id, lead_id, signup_id, kind, step, request, state, priority, due_at, ready_at, planned_at)
     values (?, ?, ?, 'delivery', 'delivery', 1, 'planned', 0, ?, ?, ?)`,
  );
  const mailbox = db.prepare('insert into address_mails (address_hash, at, signup_id) values (?, ?, ?)');
  const minute = db.prepare(
    `insert into rate_minutes (key, minute, count) values (?, ?, 1)
     on conflict (key, minute) do update set count = count + 1`,
  );
  const write = db.transaction((email: string, firstName: string) => {
    const at = Date.now();
    const leadId = lead.run(crypto.randomUUID(), email, email, firstName, firstName, at).lastInsertRowid;
    const signupId = crypto.randomUUID();
    const row = signup.run(signupId, leadId, email, firstName, at).lastInsertRowid;
    for (const which of ['first', 'last']) touch.run(leadId, which, at);
    event.run(leadId, at, '{"offer":"white-paper","mail":"queued"}');
    message.run(crypto.randomUUID(), leadId, row, at, at, at);
    mailbox.run(createHmac('sha256', 'key').update(email).digest('hex'), at, signupId);
    for (const key of ['network', email.split('@')[1] ?? '', 'overall'])
      minute.run(key, Math.floor(at / MINUTE));
  });
  return (email, firstName) => write.immediate(email, firstName);
}
