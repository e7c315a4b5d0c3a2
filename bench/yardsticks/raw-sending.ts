import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Takes the first due message of a ledger over its way by three raw transactions. `false`: none is due. */
export type SendRaw = (payload: Uint8Array) => boolean;

/**
 * What the sender writes for one delivery email, by prepared statements on the same tables: claimed; the bytes and the line of the
 * try; outcome, count, event and reminder. Nothing is checked, composed or decided. Opens a ledger that the funnel has filled.
 */
export function openRawSending(folder: string): SendRaw {
  const db = new Database(join(folder, 'funnel.db'));
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  const first = db
    .prepare<[number], number>(
      `select id from messages where state in ('planned', 'claimed') and demo = 0 and priority = 0 and ready_at <= ?
       order by ready_at, id limit 1`,
    )
    .pluck();
  const claim = db.prepare(
    "update messages set state = 'claimed', lease_token = ?, lease_until = ?, ready_at = ? where id = ?",
  );
  const keep = db.prepare(
    'update messages set payload = ?, subject = ?, attempts = 1, first_attempt_at = ? where id = ?',
  );
  const begin = db.prepare(
    `insert into tries (message_id, at, transport, key_number, payload_sha256, after_event)
     values (?, ?, 'resend', 1, ?, (select max(id) from events))`,
  );
  const endTry = db.prepare("update tries set outcome = 'submitted', ended_at = ? where id = ?");
  const submit = db.prepare(
    `update messages set state = 'submitted', submitted_at = ?, ended_at = ?, lease_token = null, lease_until = null where id = ?`,
  );
  const count = db.prepare(
    'update leads set emails_sent = emails_sent + 1, last_email_at = ? where id = (select lead_id from messages where id = ?)',
  );
  const event = db.prepare(
    `insert into events (lead_id, kind, actor, at, detail)
     select lead_id, 'message.submitted', 'system', ?, '{"step":"delivery","reason":null}' from messages where id = ?`,
  );
  const reminder = db.prepare(
    `insert into messages (message_id, lead_id, signup_id, kind, step, request, state, priority, due_at, ready_at, planned_at)
     select ?, lead_id, signup_id, 'reminder', 'reminder', 1, 'planned', 1, ?, ?, ? from messages where id = ?`,
  );
  const take = db.transaction((now: number) => {
    const id = first.get(now);
    if (id !== undefined) claim.run(crypto.randomUUID(), now + 60_000, now + 60_000, id);
    return id;
  });
  const open = db.transaction((id: number, payload: Uint8Array, now: number) => {
    keep.run(payload, 'Your document', now, id);
    return begin.run(id, now, 'f'.repeat(64)).lastInsertRowid;
  });
  const settle = db.transaction((id: number, tryNumber: number | bigint, now: number) => {
    endTry.run(now, tryNumber);
    submit.run(now, now, id);
    count.run(now, id);
    event.run(now, id);
    reminder.run(crypto.randomUUID(), now + 86_400_000, now + 86_400_000, now, id);
  });
  return (payload) => {
    const now = Date.now();
    const id = take.immediate(now);
    if (id === undefined) return false;
    settle.immediate(id, open.immediate(id, payload, now), now);
    return true;
  };
}
