import { createHash, createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/kernel/clock.ts';
import { openStore } from '../../src/store/sqlite/store.ts';

const STEPS = ['two-markets', 'weak-ties', 'early-by-name', 'from-within', 'the-interview', 'the-offer'];
/** What a step of the sample takes when it is frozen. */
const STEP_BYTES = 11_900;
const SEQUENCE_GAP = 3 * DAY;
const DAYS = 200;

type Row = Readonly<Record<string, string | number | Buffer | null>>;

/**
 * Fills a new database with real (not made-up) leads and the history of their emails, as the sender would have written it over 200
 * days: every reader's way from the signup on, with retries, doubts, refusals, clicks and stops in their usual shares. By plain SQL,
 * because living it takes minutes. `now` is the end of the history. @returns how many emails there are.
 */
export async function fillLedger(
  dataDir: string,
  options: { readonly emails: number; readonly now: number; readonly bytes?: number },
): Promise<number> {
  await openStore({ dataDir }).close();
  const file = new Database(join(dataDir, 'funnel.db'));
  file.pragma('synchronous = OFF');
  try {
    return new Filler(file, options.now, options.bytes ?? STEP_BYTES).fill(options.emails);
  } finally {
    file.pragma('wal_checkpoint(TRUNCATE)');
    file.close();
  }
}

class Filler {
  private readonly inserts = new Map<string, Database.Statement>();
  private readonly addressHash: (email: string) => string;
  private readonly noise: Buffer;
  private seed = 1;
  private emails = 0;
  private lastEvent = 0;

  private readonly file: Database.Database;
  private readonly now: number;
  private readonly bytes: number;

  constructor(file: Database.Database, now: number, bytes: number) {
    this.file = file;
    this.now = now;
    this.bytes = bytes;
    this.noise = randomBytes(2 * bytes);
    const key = file
      .prepare<[], string>("select value from settings where key = 'store.suppression_key'")
      .pluck()
      .get();
    this.addressHash = (email) =>
      createHmac('sha256', key ?? '')
        .update(email)
        .digest('hex');
  }

  fill(emails: number): number {
    const leads = Math.ceil(emails / 4.07);
    this.file.exec('begin');
    for (let n = 1; this.emails < emails; n += 1) {
      this.addLife(n, this.now - Math.max(DAY, Math.round(DAYS * DAY * (1 - n / leads))));
    }
    this.file.exec('commit');
    return this.emails;
  }

  /** The same at every run. */
  private draw(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }

  private addLife(n: number, createdAt: number): void {
    const email = `reader-${n}@mail.example`;
    const names = { first_name: 'Ada', email };
    const confirmedAt = this.draw() < 0.7 ? createdAt + HOUR : null;
    const follows = confirmedAt !== null && this.draw() < 0.7;
    const stopAfter = follows && this.draw() < 0.15 ? Math.floor(this.draw() * 6) : null;
    const stop =
      (['unsubscribed', 'bounced', 'complained', 'found_job'] as const)[Math.floor(this.draw() * 4)] ??
      'found_job';
    const lead = this.insert('leads', {
      ...names,
      lead_id: id('lead', n),
      email_key: email,
      name_key: 'ada',
      status: confirmedAt === null ? 'unconfirmed' : 'confirmed',
      created_at: createdAt,
      confirmed_at: confirmedAt,
      consent_at: follows ? confirmedAt : null,
    });
    const signup = this.insert('signups', {
      ...names,
      signup_id: id('sign', n),
      lead_id: lead,
      state: 'accepted',
      offer: 'white-paper',
      follow_up: follows ? 1 : 0,
      place: '/',
      network: 'unknown',
      created_at: createdAt,
      confirmed_at: confirmedAt,
    });
    this.event(lead, 'signup.recorded', createdAt, { offer: 'white-paper', mail: 'queued' });
    const sent = [this.send(lead, { signup_id: signup }, 'delivery', createdAt, 0)];
    if (confirmedAt === null)
      sent.push(this.send(lead, { signup_id: signup }, 'reminder', createdAt + DAY, 1));
    else this.event(lead, 'signup.confirmed', confirmedAt, { offer: 'white-paper' });
    const steps = follows ? this.addSequence(lead, signup, confirmedAt ?? createdAt, stopAfter) : null;
    if (steps !== null && steps.stoppedAt !== null) this.stop(lead, email, stop, steps.stoppedAt);
    const counted = [...sent, ...(steps?.sent ?? [])].filter(Boolean).length;
    this.file
      .prepare('update leads set emails_sent = ?, clicks = ? where id = ?')
      .run(counted, steps?.clicks ?? 0, lead);
  }

  private addSequence(lead: number, signup: number, begunAt: number, stopAfter: number | null) {
    const due = (place: number) => begunAt + (place + 1) * SEQUENCE_GAP;
    const reached = STEPS.filter((_, place) => due(place) < this.now && place !== stopAfter).slice(
      0,
      stopAfter ?? 6,
    );
    const isStopped = stopAfter !== null && due(stopAfter) < this.now;
    const isOver = isStopped || reached.length === STEPS.length;
    const stoppedAt = isStopped ? due(reached.length) - HOUR : null;
    const enrollment = this.insert('enrollments', {
      enrollment_id: id('enro', lead),
      lead_id: lead,
      sequence: 'follow-up',
      state: isStopped ? 'stopped' : isOver ? 'finished' : 'active',
      exit_reason: isStopped ? 'found_job' : null,
      pace: 'normal',
      signup_id: signup,
      started_at: begunAt,
      ended_at: isOver ? this.now : null,
    });
    const yes = { lead_id: lead, signup_id: signup, wording: 'Yes.', version: 'v', place: '/' };
    this.insert('consents', { ...yes, kind: 'given', at: begunAt });
    if (stoppedAt !== null) this.insert('consents', { ...yes, kind: 'withdrawn', at: stoppedAt });
    this.event(lead, 'enrollment.started', begunAt, null);
    const owner = { enrollment_id: enrollment };
    const sent = reached.map((step, place) => this.send(lead, owner, step, due(place), 2));
    let clicks = 0;
    for (const message of sent) {
      if (message === null || this.draw() > 0.2) continue;
      clicks += 1;
      this.insert('clicks', { lead_id: lead, message_id: message, slug: 'a', actor: 'person', at: this.now });
    }
    const next = STEPS[reached.length];
    if (next !== undefined) {
      const end = isStopped
        ? { state: 'cancelled', ended_at: stoppedAt, reason: 'found_job' }
        : { state: 'planned' };
      this.message(lead, owner, next, due(reached.length), 2, end);
    }
    return { sent, clicks, stoppedAt };
  }

  /** One email with its tries, events and frozen bytes. @returns its row, or null when it does not count as sent. */
  private send(lead: number, owner: Row, step: string, at: number, priority: number): number | null {
    const luck = this.draw();
    const payload = this.noise.subarray(
      Math.floor(luck * this.bytes),
      Math.floor(luck * this.bytes) + this.bytes,
    );
    const state = luck < 0.002 ? 'failed' : luck < 0.004 ? 'in_doubt' : 'delivered';
    const message = this.message(lead, owner, step, at, priority, {
      state,
      payload,
      attempts: 1,
      subject: step,
      first_attempt_at: at,
      ended_at: at + SECOND,
      submitted_at: state === 'delivered' ? at + SECOND : null,
      doubt_closed_at: state === 'in_doubt' ? at + DAY : null,
      reason: state === 'delivered' ? null : 'invalid_parameter 422',
    });
    const before = luck > 0.97 ? ['ambiguous'] : luck > 0.96 ? ['retry', 'ambiguous'] : [];
    const last = state === 'delivered' ? 'submitted' : state === 'failed' ? 'rejected' : 'in_doubt';
    const sha = createHash('sha256').update(payload).digest('hex');
    for (const [place, outcome] of [...before, last].entries()) {
      this.insert('tries', {
        message_id: message,
        at: at + place * MINUTE,
        ended_at: at + place * MINUTE + SECOND,
        transport: 'resend',
        key_number: 1,
        payload_sha256: sha,
        after_event: this.lastEvent,
        outcome,
        provider_id: outcome === 'submitted' ? `provider-${message}` : null,
      });
    }
    this.event(lead, `message.${last === 'rejected' ? 'failed' : last}`, at + SECOND, { step, reason: null });
    if (state === 'delivered') this.event(lead, 'message.delivered', at + MINUTE, { step, reason: null });
    return state === 'failed' ? null : message;
  }

  private message(lead: number, owner: Row, step: string, at: number, priority: number, rest: Row): number {
    this.emails += 1;
    return this.insert('messages', {
      message_id: id('mail', this.emails),
      lead_id: lead,
      ...owner,
      kind: STEPS.includes(step) ? 'step' : step,
      step,
      request: 1,
      priority,
      due_at: at,
      ready_at: at,
      planned_at: at,
      ...rest,
    });
  }

  private stop(lead: number, email: string, reason: string, at: number): void {
    const isStatus = reason !== 'found_job';
    this.file
      .prepare(
        'update leads set status = ?, stopped_at = ?, exit_reason = ?, unsubscribed_at = ?, consent_at = null where id = ?',
      )
      .run(isStatus ? reason : 'confirmed', at, reason, reason === 'unsubscribed' ? at : null, lead);
    if (isStatus) this.insert('suppressions', { address_hash: this.addressHash(email), reason, at });
    this.event(lead, `lead.${reason}`, at, null);
  }

  private event(lead: number, kind: string, at: number, detail: Row | null): void {
    const text = detail === null ? null : JSON.stringify(detail);
    this.lastEvent = this.insert('events', { lead_id: lead, kind, actor: 'system', at, detail: text });
  }

  private insert(table: string, row: Row): number {
    const names = Object.keys(row);
    const key = `${table} ${names.join()}`;
    const known =
      this.inserts.get(key) ??
      this.file.prepare(`insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`);
    this.inserts.set(key, known);
    return Number(known.run(...Object.values(row)).lastInsertRowid);
  }
}

/** A UUID that tells what it is of when a test fails. */
function id(of: string, n: number): string {
  const tag = Buffer.from(of).toString('hex').slice(0, 8);
  return `${tag}-0000-7000-8000-${String(n).padStart(12, '0')}`;
}
