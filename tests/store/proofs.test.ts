import { beforeAll, describe, expect, it } from 'vitest';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR } from '../../src/kernel/clock.ts';
import { openStore } from '../../src/store/sqlite/store.ts';
import { fillLedger } from '../support/fill-ledger.ts';
import { sendOne, tell } from '../support/reports.ts';
import { complaints, eventfulWeeks, plant, tryOne } from '../support/ledger.ts';
import {
  confirmedLead,
  fakeTimetable,
  freshFolder,
  freshStore,
  sendAllDue,
  signUp,
  START,
} from '../support/store.ts';

/** The eventful weeks, lived once; each test gets a copy of the folder. */
let weeks = '';
beforeAll(async () => {
  weeks = mkdtempSync(join(tmpdir(), 'funnel-weeks-'));
  const store = openStore({ dataDir: weeks });
  await eventfulWeeks(store);
  await store.close();
  return () => rmSync(weeks, { recursive: true, force: true });
});

async function complaintsAfter(...statements: readonly string[]): Promise<readonly string[]> {
  const dataDir = freshFolder();
  cpSync(weeks, dataDir, { recursive: true });
  plant(dataDir, ...statements);
  return complaints(await freshStore(dataDir).store.proveLedger());
}

/** The row of a message, for SQL. */
const row = (name: string, step: string) =>
  `(select max(m.id) from messages m join leads l on l.id = m.lead_id where l.email = '${name}@example.com' and m.step = '${step}')`;
const leadRow = (name: string) => `(select id from leads where email = '${name}@example.com')`;
const copyOf = (table: string, which: string, change: string) =>
  `create temp table copy as select * from ${table} where ${which}; update copy set id = null, ${change};
   insert into ${table} select * from copy`;
const lastTry = (message: string) => `(select max(id) from tries where message_id = ${message})`;

describe('the proofs', () => {
  it('find nothing in three weeks of retries, doubts, stops, a new yes, a removal and an erasure', async () => {
    const { store } = freshStore();
    await eventfulWeeks(store);
    const findings = await store.proveLedger();
    expect(complaints(findings)).toEqual([]);
    expect(findings.filter(({ looked }) => looked.rows === 0)).toEqual([]);
    expect(findings.map(({ proof }) => proof)).toEqual([
      'conserved',
      'once',
      'spaced',
      'stopped',
      'frozen',
      'kept',
      'counted',
      'suppressed',
      'consented',
    ]);
  });

  it('find nothing in a filled ledger of many people, and the one double that is planted in it', async () => {
    const dataDir = freshFolder();
    expect(await fillLedger(dataDir, { emails: 3000, now: START, bytes: 100 })).toBeGreaterThanOrEqual(3000);
    const { store } = freshStore(dataDir);
    expect(complaints(await store.proveLedger())).toEqual([]);
    const one =
      "(select max(t.id) from tries t join messages m on m.id = t.message_id where m.state = 'delivered')";
    plant(dataDir, copyOf('tries', `id = ${one}`, "provider_id = 'another'"));
    expect(complaints(await store.proveLedger())).toEqual([
      'once: 1 emails taken twice: two ids of the provider under one key',
    ]);
  });

  it('leave nothing behind, so that they can be made again', async () => {
    const { store } = freshStore();
    await confirmedLead(store);
    expect(await store.proveLedger()).toEqual(await store.proveLedger());
    expect(await sendAllDue(store, START + HOUR)).toEqual(['delivery']);
  });

  it('do not take a stop after an erasure for one before the email', async () => {
    const { store } = freshStore();
    const ana = await confirmedLead(store);
    await sendAllDue(store, START + HOUR);
    const newest = await confirmedLead(store, { email: 'other@example.com', at: START + 70 * HOUR });
    // Its outcome is not an event: nothing of hers comes after the try.
    await tryOne(store, START + 72 * HOUR, {
      kind: 'retry',
      at: START + 90 * HOUR,
      reason: 'x',
      ambiguous: true,
    });
    await tryOne(store, START + 72 * HOUR, {
      kind: 'retry',
      at: START + 90 * HOUR,
      reason: 'x',
      ambiguous: true,
    });
    await store.eraseLead(newest.leadId, START + 73 * HOUR);
    const context = { at: START + 74 * HOUR, place: '/preferences', timetable: fakeTimetable() };
    await store.changePreferences(ana.leadId, { kind: 'stop', reason: 'unsubscribed' }, context);
    expect(complaints(await store.proveLedger())).toEqual([]);
  });

  it('find a reason where the provider called an email failed and did not say why', async () => {
    const { store } = freshStore();
    await signUp(store);
    const { messageId } = await sendOne(store, START + HOUR);
    await tell(store, 'failed', messageId, START + 2 * HOUR);
    expect(complaints(await store.proveLedger())).toEqual([]);
  });

  it('do not judge what an earlier version sent by what it did not keep', async () => {
    expect(await complaintsAfter("update tries set payload_sha256 = '', after_event = 0")).toEqual([]);
  });

  it('name five examples by their public ids, and no address', async () => {
    const dataDir = freshFolder();
    cpSync(weeks, dataDir, { recursive: true });
    plant(dataDir, 'update messages set ended_at = null');
    const [conserved] = await freshStore(dataDir).store.proveLedger();
    const [breach] = conserved?.breaches ?? [];
    expect(breach?.count).toBeGreaterThan(5);
    expect(breach?.examples).toHaveLength(5);
    for (const id of breach?.examples ?? []) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });
});

const [ONE, TWO, THREE] = [row('ana', 'one'), row('ana', 'two'), row('ana', 'three')];
const OFFERED_AGAIN =
  'once: 1 emails offered again although the first offer may have been taken, with no key to keep the second one back';
type Plant = readonly [string, readonly string[], readonly string[]];
const plants: readonly Plant[] = [
  [
    'a second row of one step',
    ['drop index messages_step_once', copyOf('messages', `id = ${TWO}`, "message_id = 'double'")],
    [
      'once: 1 steps that went out a second time to the same person',
      'once: 1 emails that stand in the ledger a second time',
    ],
  ],
  [
    'a second row of one delivery',
    [
      'drop index messages_signup_once',
      copyOf('messages', `id = ${row('hal', 'delivery')}`, "message_id = 'double'"),
    ],
    ['once: 1 emails that stand in the ledger a second time'],
  ],
  [
    'two ids of the provider under one key',
    [
      `update tries set provider_id = 'first' where id = ${lastTry(TWO)}`,
      copyOf('tries', `id = ${lastTry(TWO)}`, "provider_id = 'second'"),
    ],
    ['once: 1 emails taken twice: two ids of the provider under one key'],
  ],
  [
    'other bytes under one key',
    [copyOf('tries', `id = ${lastTry(TWO)}`, "payload_sha256 = 'ff', outcome = 'retry'")],
    ['once: 1 emails offered with other bytes under the same key'],
  ],
  [
    'another offer where no key keeps it back',
    [`update tries set transport = 'smtp' where message_id = ${ONE}`],
    [OFFERED_AGAIN],
  ],
  [
    'another offer when the key was forgotten',
    [`update tries set at = at - 25 * ${HOUR} where message_id = ${ONE} and outcome is null`],
    [OFFERED_AGAIN],
  ],
  [
    'an email that was taken under a new key without “send again”, though the row does not tell of it',
    [copyOf('tries', `id = ${lastTry(TWO)}`, "provider_id = 'second', key_number = 2")],
    [
      'once: 1 emails with a new key though one under the old key may have gone out, and nobody had said “send again”',
    ],
  ],
  [
    'two steps within 20 hours',
    [
      `update tries set at = at - 80 * ${HOUR}, ended_at = ended_at - 80 * ${HOUR} where message_id = ${TWO}`,
      `update messages set ended_at = ended_at - 80 * ${HOUR}, submitted_at = submitted_at - 80 * ${HOUR} where id = ${TWO}`,
    ],
    ['spaced: 1 steps that went out less than 20 hours after the one before'],
  ],
  [
    'a step within 20 hours of one in doubt',
    [
      `update messages set state = 'in_doubt', reason = 'x', doubt_closed_at = submitted_at, submitted_at = null,
         ended_at = ended_at + 90 * ${HOUR} where id = ${ONE}`,
    ],
    ['spaced: 1 steps that went out less than 20 hours after the one before'],
  ],
  [
    'a step begun after an exit',
    [
      `insert into tries (message_id, at, transport, key_number, payload_sha256, after_event)
       values (${row('gil', 'one')}, ${START}, 'resend', 1, 'ff', (select max(id) from events))`,
    ],
    ['stopped: 1 steps begun after the person, the coach or time had stopped the sequence'],
  ],
  [
    'a step begun after an unsubscribe, though the clock was set back',
    [
      `insert into events (lead_id, kind, actor, at) values (${leadRow('ana')}, 'lead.unsubscribed', 'person', ${START} + 900 * ${HOUR})`,
      `update tries set after_event = (select max(id) from events) where message_id = ${THREE}`,
    ],
    ['stopped: 1 steps begun after the person, the coach or time had stopped the sequence'],
  ],
  [
    'a step begun after the sequence had gone stale',
    [
      `insert into events (lead_id, kind, actor, at) values (${leadRow('ana')}, 'enrollment.stale', 'system', ${START})`,
      `update tries set after_event = (select max(id) from events) where message_id = ${THREE}`,
    ],
    ['stopped: 1 steps begun after the person, the coach or time had stopped the sequence'],
  ],
  [
    'a step begun after “only the document”',
    [
      `insert into events (lead_id, kind, actor, at) values (${leadRow('ana')}, 'enrollment.stopped', 'person', ${START})`,
      `update tries set after_event = (select max(id) from events) where message_id = ${THREE}`,
    ],
    ['stopped: 1 steps begun after the person, the coach or time had stopped the sequence'],
  ],
  [
    'a reminder after an unsubscribe',
    [
      `insert into events (lead_id, kind, actor, at) values (${leadRow('eve')}, 'lead.unsubscribed', 'person', ${START})`,
      `update tries set after_event = (select max(id) from events) where message_id = ${row('eve', 'reminder')}`,
    ],
    ['stopped: 1 reminders begun after an unsubscribe'],
  ],
  [
    'a delivery after a complaint',
    [
      `insert into events (lead_id, kind, actor, at) values (${leadRow('eve')}, 'lead.complained', 'system', ${START})`,
      `update tries set after_event = (select max(id) from events) where message_id = ${row('eve', 'delivery')}`,
    ],
    ['stopped: 1 emails begun after the mailbox had bounced or its owner had complained'],
  ],
  [
    'a reminder after the press',
    [
      `insert into tries (message_id, at, transport, key_number, payload_sha256, after_event)
       values (${row('hal', 'reminder')}, ${START}, 'resend', 1, 'ff', (select max(id) from events))`,
    ],
    ['stopped: 1 reminders begun after the button had been pressed'],
  ],
  [
    'a changed payload',
    [`update messages set payload = x'00' where id = ${TWO}`],
    ['frozen: 1 emails kept with other bytes than were offered'],
  ],
  [
    'a try whose bytes are gone',
    [
      `update messages set state = 'planned', ended_at = null, payload = null where id = ${row('cem', 'three')}`,
    ],
    ['frozen: 1 emails that wait for another try, while the bytes of the first one are gone'],
  ],
  [
    'an email that went out without a try',
    [`delete from tries where message_id = ${TWO}`],
    ['frozen: 1 emails that went out, with no try written down'],
  ],
  [
    'a vanished step',
    [`delete from tries where message_id = ${TWO}`, `delete from messages where id = ${TWO}`],
    [
      'conserved: 1 people who have lost a step that their history tells of',
      'counted: 1 people with another number of emails sent than the ledger has',
    ],
  ],
  [
    'a vanished delivery',
    [`delete from messages where id = ${row('gil', 'delivery')}`],
    ['conserved: 1 people who have lost a delivery email that their history tells of'],
  ],
  [
    'an outcome without its end, one without its reason',
    [
      `update messages set ended_at = null where id = ${TWO}`,
      `update messages set reason = null where id = ${row('ben', 'one')}`,
    ],
    [
      'conserved: 1 emails that are open and have ended, or are done and have no end',
      'conserved: 1 emails that did not go out, without a reason',
    ],
  ],
  [
    'a skip that the provider knows nothing of',
    [`update messages set state = 'skipped', reason = 'x' where id = ${THREE}`],
    ['conserved: 1 emails that the provider took, while the ledger says otherwise'],
  ],
  [
    'a dropped person',
    [`delete from messages where id = ${row('hal', 'one')}`],
    ['kept: 1 sequences under way for which no step waits'],
  ],
  [
    'a yes that led nowhere',
    [`delete from enrollments where lead_id = ${leadRow('cem')}`],
    ['kept: 1 people who confirmed and said yes to the emails, and were never enrolled'],
  ],
  [
    'a step that waits after the end',
    [`update messages set state = 'planned', ended_at = null where id = ${row('gil', 'one')}`],
    [
      'kept: 1 sequences that are over while a step still waits',
      'consented: 1 steps that wait for somebody without a yes in force',
    ],
  ],
  [
    'two steps that wait',
    [copyOf('messages', `id = ${row('hal', 'one')}`, "message_id = 'other', step = 'two'")],
    ['kept: 1 sequences with more than one step that waits'],
  ],
  [
    'a stop without its reason',
    [`update enrollments set exit_reason = null where lead_id = ${leadRow('gil')}`],
    ['kept: 1 sequences stopped without a reason, or ended without a date, or the other way round'],
  ],
  [
    'wrong counters',
    [
      `update leads set emails_sent = emails_sent + 1, clicks = 1, downloads = 1 where id = ${leadRow('ana')}`,
      `update leads set emails_sent = 0 where id = ${leadRow('ben')}`,
    ],
    [
      'counted: 2 people with another number of emails sent than the ledger has',
      'counted: 1 people with another number of clicks than were made by a person',
      'counted: 1 people with another number of downloads than documents were handed over',
    ],
  ],
  [
    'a bounce that the list does not know',
    [`update leads set status = 'bounced' where id = ${leadRow('hal')}`],
    [
      'suppressed: 1 people who left or cannot be reached, and whose address is not on the list',
      'suppressed: 1 emails that wait for a mailbox that bounced or whose owner complained',
    ],
  ],
  [
    'a bounce that the lead does not know',
    ["update suppressions set reason = 'bounced', lifted_at = null where reason = 'unsubscribed'"],
    ['suppressed: 1 people who bounced or complained by the list, and are shown as if they could be reached'],
  ],
  [
    'a step that waits for somebody who unsubscribed',
    [`update leads set status = 'unsubscribed' where id = ${leadRow('hal')}`],
    ['suppressed: 1 steps that wait for somebody who unsubscribed or was erased'],
  ],
  [
    'a step without a press, one without a yes',
    [
      `delete from events where kind = 'enrollment.started' and lead_id = ${leadRow('cem')}`,
      `update leads set confirmed_at = null where id = ${leadRow('cem')}`,
      `update leads set consent_at = null where id = ${leadRow('hal')}`,
    ],
    [
      'consented: 3 steps begun before the sequence was',
      'consented: 3 steps that went out to somebody who never confirmed or never said yes',
      'consented: 1 steps that wait for somebody without a yes in force',
    ],
  ],
];

describe('a planted fault is found:', () => {
  it.each(plants)('%s', async (_, statements, expected) => {
    const found = await complaintsAfter(...statements);
    expect(found).toEqual(expect.arrayContaining([...expected]));
  });
});
