import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Writes one signup (lead, signup, event, message; seven indexes) in one raw transaction. `synchronous=FULL`, as the funnel has it. */
export type WriteSignup = (email: string, firstName: string) => void;

export function openRawSignups(folder: string): WriteSignup {
  const db = new Database(join(folder, `raw-${process.pid}.db`));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.exec(SCHEMA);
  const lead = db.prepare<[string, string, string, number], { id: number }>(
    `insert into leads (lead_id, email, first_name, created_at) values (?, ?, ?, ?)
     on conflict (email) do update set seen_at = excluded.created_at returning id`,
  );
  const signup = db.prepare(
    'insert into signups (signup_id, lead, offer, place, consent, at) values (?, ?, ?, ?, ?, ?)',
  );
  const event = db.prepare('insert into events (lead, kind, at) values (?, ?, ?)');
  const message = db.prepare('insert into messages (message_id, lead, step, due_at) values (?, ?, ?, ?)');
  const write = db.transaction((email: string, firstName: string) => {
    const at = Date.now();
    const { id } = lead.get(crypto.randomUUID(), email, firstName, at) ?? { id: 0 };
    signup.run(
      crypto.randomUUID(),
      id,
      'white-paper',
      '/white-paper',
      'Yes, also send me six follow-up emails.',
      at,
    );
    event.run(id, 'signup.recorded', at);
    message.run(crypto.randomUUID(), id, 'delivery', at);
  });
  return (email, firstName) => write.immediate(email, firstName);
}

const SCHEMA = `
  create table leads (id integer primary key, lead_id text not null unique, email text not null unique, first_name text, created_at integer, seen_at integer);
  create index leads_page on leads (created_at, id);
  create table signups (id integer primary key, signup_id text not null unique, lead integer references leads, offer text, place text, consent text, at integer);
  create table events (id integer primary key, lead integer references leads, kind text, at integer);
  create index events_lead on events (lead);
  create table messages (id integer primary key, message_id text not null unique, lead integer references leads, step text, due_at integer, unique (lead, step));
`;
