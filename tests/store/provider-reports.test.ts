import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/kernel/clock.ts';
import type { ReportKind } from '../../src/sequence/reports-port.ts';
import type { NewSignup } from '../../src/signup/port.ts';
import type { Store } from '../../src/store/port.ts';
import { openStore } from '../../src/store/sqlite/store.ts';
import { look, offer, sendOne, TAKEN, tell, timetable } from '../support/reports.ts';
import type { Offered } from '../support/reports.ts';
import { confirmedLead, freshFolder, freshStore, press, signUp, START, uuid } from '../support/store.ts';

const PRESS = START + MINUTE;
/** When the first step is due, and goes out. */
const FIRST = PRESS + 2 * DAY;

/** A confirmed lead whose delivery went out; her first step is due. */
async function enrolled(store: Store, change: Partial<NewSignup> = {}) {
  const lead = await confirmedLead(store, change);
  const delivery = await sendOne(store, PRESS);
  return { ...lead, delivery };
}

const stateOf = async (store: Store, leadId: string, messageId: string) =>
  (await store.messagesOf(leadId)).find((message) => message.messageId === messageId)?.state;

const stepsOf = async (store: Store, leadId: string) =>
  (await store.messagesOf(leadId))
    .filter(({ kind }) => kind === 'step')
    .map(({ step, state }) => `${step} ${state}`);

const sortsOf = async (store: Store, leadId: string) =>
  (await store.messagesOf(leadId)).map(({ kind, state }) => `${kind} ${state}`);

const historyOf = async (store: Store, leadId: string) =>
  (await store.timeline(leadId)).map(({ kind }) => kind).filter((kind) => /^(message|lead)\./.test(kind));

const numbersOf = (dataDir: string, leadId: string) =>
  look<{ sent: number; last: number; soft: number }>(
    dataDir,
    // In a row: those that came back since the last one that arrived.
    `select emails_sent sent, last_email_at last, (
       select count(*) from messages m where m.lead_id = leads.id and m.state = 'bounced' and m.submitted_at > coalesce(
         (select max(d.submitted_at) from messages d where d.lead_id = leads.id and d.state = 'delivered'), -1)) soft
     from leads where lead_id = ?`,
    leadId,
  )[0];

const eventsKept = (dataDir: string) => look(dataDir, 'select event_id from provider_events').length;

describe('a report about an email that went out', () => {
  it.each([
    ['sent', 'submitted', 'confirmed', []],
    ['delayed', 'submitted', 'confirmed', ['message.delayed']],
    ['delivered', 'delivered', 'confirmed', ['message.delivered']],
    ['bounced', 'bounced', 'bounced', ['message.bounced', 'lead.bounced']],
    ['bounced_for_now', 'bounced', 'confirmed', ['message.bounced_for_now']],
    ['complained', 'complained', 'complained', ['message.complained', 'lead.complained']],
    ['failed', 'failed', 'confirmed', ['message.failed']],
    ['suppressed', 'bounced', 'bounced', ['message.suppressed', 'lead.bounced']],
  ] as const)('%s: the message is %s, the lead %s', async (kind, state, status, history) => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    const step = await sendOne(store, FIRST);
    const before = await historyOf(store, leadId);
    expect(await tell(store, kind, step.messageId, FIRST + SECOND, { reason: 'its reason' })).toBe('applied');
    expect(await stateOf(store, leadId, step.messageId)).toBe(state);
    expect((await store.findLead(leadId))?.status).toBe(status);
    expect((await historyOf(store, leadId)).slice(before.length)).toEqual(history);
    // It was counted when it was submitted, and is never taken back.
    expect(numbersOf(dataDir, leadId)).toMatchObject({ sent: 2, last: FIRST });
  });

  it('keeps the reason of what went wrong, and forgets it when a reader complains', async () => {
    const { store } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await sendOne(store, FIRST);
    const reasonOf = async () =>
      (await store.messagesOf(leadId)).find((message) => message.messageId === messageId)?.reason;
    await tell(store, 'bounced_for_now', messageId, FIRST, { reason: 'MailboxFull' });
    expect(await reasonOf()).toBe('MailboxFull');
    await tell(store, 'complained', messageId, FIRST);
    expect(await reasonOf()).toBeNull();
  });

  it('says when it happened, and never before the email went out nor later than now', async () => {
    const { store } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await sendOne(store, FIRST);
    const at = async (kind: string) =>
      (await store.timeline(leadId)).find((event) => event.kind === kind)?.at;
    await tell(store, 'delayed', messageId, FIRST + HOUR, { occurredAt: FIRST - DAY });
    await tell(store, 'delivered', messageId, FIRST + 2 * HOUR, { occurredAt: FIRST + HOUR });
    await tell(store, 'complained', messageId, FIRST + 3 * HOUR, { occurredAt: FIRST + 9 * HOUR });
    expect(await Promise.all(['message.delayed', 'message.delivered', 'message.complained'].map(at))).toEqual(
      [FIRST, FIRST + HOUR, FIRST + 3 * HOUR],
    );
  });

  it('without our tag is found by the provider’s id', async () => {
    const { store } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await sendOne(store, FIRST, 're_17');
    expect(await tell(store, 'delivered', null, FIRST, { providerId: 're_17' })).toBe('applied');
    expect(await stateOf(store, leadId, messageId)).toBe('delivered');
    expect(await tell(store, 'complained', null, FIRST, { providerId: 're_18' })).toBe('no_message');
    expect(await tell(store, 'complained', null, FIRST)).toBe('no_message');
  });

  it('of somebody else’s email changes nothing and is not kept', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    await sendOne(store, FIRST, 're_17');
    expect(await tell(store, 'complained', uuid(), FIRST, { providerId: 're_17' })).toBe('no_message');
    expect((await store.findLead(leadId))?.status).toBe('confirmed');
    expect(eventsKept(dataDir)).toBe(0);
  });

  it('of an erased lead changes nothing', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await sendOne(store, FIRST);
    await store.eraseLead(leadId, FIRST);
    expect(await tell(store, 'complained', messageId, FIRST)).toBe('no_message');
    expect(eventsKept(dataDir)).toBe(0);
  });
});

describe('a repeated event', () => {
  it('has one effect in 20 copies at once', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await sendOne(store, FIRST);
    const copies = Array.from({ length: 20 }, () =>
      tell(store, 'complained', messageId, FIRST, { eventId: 'msg_1' }),
    );
    const outcomes = await Promise.all(copies);
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'repeated')).toHaveLength(19);
    expect((await historyOf(store, leadId)).slice(-2)).toEqual(['message.complained', 'lead.complained']);
    expect(stops(dataDir)).toHaveLength(1);
  });

  it('is known on the third day and after a restart', async () => {
    const dataDir = freshFolder();
    const before = openStore({ dataDir });
    const { leadId } = await enrolled(before);
    const { messageId } = await sendOne(before, FIRST);
    await tell(before, 'delayed', messageId, FIRST, { eventId: 'msg_1' });
    await before.close();
    const { store } = freshStore(dataDir);
    await store.housekeep({ heldBefore: 0, unconfirmedBefore: 0, now: FIRST + 3 * DAY });
    expect(await tell(store, 'delayed', messageId, FIRST + 3 * DAY, { eventId: 'msg_1' })).toBe('repeated');
    expect((await historyOf(store, leadId)).filter((kind) => kind === 'message.delayed')).toHaveLength(1);
  });

  it('is known for seven days', async () => {
    const { store, dataDir } = freshStore();
    await enrolled(store);
    const { messageId } = await sendOne(store, FIRST);
    await tell(store, 'delivered', messageId, FIRST, { eventId: 'msg_1' });
    await store.housekeep({ heldBefore: 0, unconfirmedBefore: 0, now: FIRST + 7 * DAY });
    expect(eventsKept(dataDir)).toBe(1);
    await store.housekeep({ heldBefore: 0, unconfirmedBefore: 0, now: FIRST + 7 * DAY + 1 });
    expect(eventsKept(dataDir)).toBe(0);
  });

  it('that could not be written is not known: the next one has its effect', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await sendOne(store, FIRST);
    // A journal that cannot be written: no stop may be acknowledged, and nothing of it may stay.
    mkdirSync(join(dataDir, 'stops.log'));
    await expect(tell(store, 'complained', messageId, FIRST, { eventId: 'msg_1' })).rejects.toThrow('EISDIR');
    expect(await stepsOf(store, leadId)).toEqual(['one submitted', 'two planned']);
    expect((await store.findLead(leadId))?.status).toBe('confirmed');
    rmSync(join(dataDir, 'stops.log'), { recursive: true });
    expect(await tell(store, 'complained', messageId, FIRST, { eventId: 'msg_1' })).toBe('applied');
    expect((await store.findLead(leadId))?.status).toBe('complained');
  });
});

describe('reports in any order', () => {
  it('end in the same state, the sender’s own mark among them', async () => {
    const { store, dataDir } = freshStore();
    const stories = permutations(['mark', 'sent', 'delivered', 'bounced', 'complained'] as const);
    const leads: (readonly [leadId: string, offered: Offered])[] = [];
    for (const i of stories.keys()) {
      const { leadId } = await signUp(store, { email: `lead-${i}@example.com` });
      leads.push([leadId, await offer(store, START)]);
    }
    // All at once: what the stories have in common is written in one go.
    await Promise.all(leads.map(([, offered], i) => play(store, offered, stories[i] ?? [], START)));
    const ends = await Promise.all(leads.map(([leadId]) => endOf(store, dataDir, leadId)));
    expect(ends).toHaveLength(120);
    expect(new Set(ends)).toEqual(
      new Set(['complained: delivery complained, sent 1, soft 0, submitted 0, stops complained']),
    );
    const later = { now: START + 60 * DAY, leaseMs: 1, leaseToken: 'x', timetable };
    for (let claim = await store.claimNextDue(later); claim !== null; claim = await store.claimNextDue(later))
      expect(claim.kind).toBe('skipped');
  });

  it('plan the next step once, and count the email once', async () => {
    const { store, dataDir } = freshStore();
    const stories = permutations(['mark', 'sent', 'delivered', 'delayed', 'bounced_for_now'] as const);
    const leads: (readonly [leadId: string, offered: Offered])[] = [];
    for (const i of stories.keys()) {
      const { leadId } = await enrolled(store, { email: `lead-${i}@example.com` });
      leads.push([leadId, await offer(store, FIRST)]);
    }
    await Promise.all(leads.map(([, offered], i) => play(store, offered, stories[i] ?? [], FIRST)));
    const ends = leads.map(async ([leadId]) => {
      const { sent, soft } = numbersOf(dataDir, leadId) ?? {};
      return `${(await stepsOf(store, leadId)).join(', ')}, sent ${sent}, soft ${soft}`;
    });
    expect(ends).toHaveLength(120);
    expect(new Set(await Promise.all(ends))).toEqual(new Set(['one bounced, two planned, sent 2, soft 1']));
  });

  it('count the emails that came back in a row by their own order', async () => {
    const outcome = fc.constantFrom('delivered', 'bounced_for_now', 'failed', 'sent');
    const story = fc
      .array(outcome, { minLength: 4, maxLength: 4 })
      .chain((outcomes) =>
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }).map((order) => ({ outcomes, order })),
      );
    const { store, dataDir } = freshStore();
    let number = 0;
    await fc.assert(
      fc.asyncProperty(story, async ({ outcomes, order }) => {
        number += 1;
        const begun = START + number * 60 * DAY;
        const { leadId, delivery } = await enrolledAt(store, `lead-${number}@example.com`, begun);
        const sent = [delivery.messageId];
        for (const day of [2, 4, 6]) sent.push((await sendOne(store, begun + MINUTE + day * DAY)).messageId);
        const now = begun + 8 * DAY;
        for (const i of order) await tell(store, outcomes[i] ?? 'sent', sent[i] ?? '', now);
        const told = outcomes.filter((one) => one === 'delivered' || one === 'bounced_for_now');
        expect(numbersOf(dataDir, leadId)?.soft).toBe(told.length - told.lastIndexOf('delivered') - 1);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe('a report that comes before our own mark', () => {
  it('ends the lease: the mark that follows takes nothing back', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    const offered = await offer(store, FIRST);
    await tell(store, 'delivered', offered.messageId, FIRST + SECOND, { providerId: 're_1' });
    expect(await stepsOf(store, leadId)).toEqual(['one delivered', 'two planned']);
    await offered.settle({ kind: 'submitted', providerId: 're_1' }, FIRST + 2 * SECOND);
    expect(await stepsOf(store, leadId)).toEqual(['one delivered', 'two planned']);
    expect(numbersOf(dataDir, leadId)).toMatchObject({ sent: 2, last: FIRST + SECOND });
    expect(
      look(dataDir, 'select provider_id id, lease_token token from messages where step = ?', 'one'),
    ).toEqual([{ id: 're_1', token: null }]);
  });

  it.each(['retry', 'rejected', 'in_doubt'] as const)('is stronger than the outcome “%s”', async (kind) => {
    const { store } = freshStore();
    const { leadId } = await enrolled(store);
    const offered = await offer(store, FIRST);
    await tell(store, 'delivered', offered.messageId, FIRST);
    await offered.settle({ kind, reason: 'a timeout', at: FIRST + MINUTE, ambiguous: true }, FIRST);
    expect(await stepsOf(store, leadId)).toEqual(['one delivered', 'two planned']);
  });

  it('is enough when the sender died: nothing is sent again, and what follows is planned', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await offer(store, FIRST);
    await tell(store, 'sent', messageId, FIRST + 5 * MINUTE, { occurredAt: FIRST + SECOND });
    const again = { now: FIRST + HOUR, leaseMs: 1, leaseToken: 'x', timetable };
    expect(await store.claimNextDue(again)).toBeNull();
    expect(await stepsOf(store, leadId)).toEqual(['one submitted', 'two planned']);
    expect(numbersOf(dataDir, leadId)).toMatchObject({ sent: 2, last: FIRST + SECOND });
    expect((await historyOf(store, leadId)).at(-1)).toBe('message.submitted');
  });

  it('plans the reminder of a delivery, once', async () => {
    const { store } = freshStore();
    const { leadId } = await signUp(store);
    const delivery = await offer(store, START);
    await tell(store, 'delivered', delivery.messageId, START);
    await delivery.settle(TAKEN, START);
    const sorts = (await store.messagesOf(leadId)).map(({ kind, dueAt }) => [kind, dueAt]);
    expect(sorts).toEqual([
      ['delivery', START],
      ['reminder', START + DAY],
    ]);
  });

  it('plans the reminder of a delivery whose sender died', async () => {
    const { store } = freshStore();
    const { leadId } = await signUp(store);
    const { messageId } = await offer(store, START);
    await tell(store, 'sent', messageId, START + MINUTE);
    expect(await sortsOf(store, leadId)).toEqual(['delivery submitted', 'reminder planned']);
  });

  it('plans nothing for a mailbox that refused it', async () => {
    const { store } = freshStore();
    const { leadId } = await signUp(store);
    const { messageId } = await offer(store, START);
    await tell(store, 'bounced', messageId, START + MINUTE);
    expect(await sortsOf(store, leadId)).toEqual(['delivery bounced']);
  });

  it('dates the email between its first try and now, whatever the provider’s clock says', async () => {
    const { store, dataDir } = freshStore();
    for (const [email, occurredAt, submittedAt] of [
      ['a@example.com', FIRST - DAY, FIRST],
      ['b@example.com', FIRST + SECOND, FIRST + SECOND],
      ['c@example.com', FIRST + DAY, FIRST + MINUTE],
      ['d@example.com', null, FIRST + MINUTE],
    ] as const) {
      const { leadId } = await enrolled(store, { email });
      const { messageId } = await offer(store, FIRST);
      await tell(store, 'sent', messageId, FIRST + MINUTE, { occurredAt });
      expect(numbersOf(dataDir, leadId)?.last).toBe(submittedAt);
    }
  });

  it('plans no reminder for somebody who has pressed the button', async () => {
    const { store } = freshStore();
    const { leadId, signupId } = await signUp(store);
    const delivery = await offer(store, START);
    await store.confirm(signupId, press(START + MINUTE));
    await tell(store, 'delivered', delivery.messageId, START + 2 * MINUTE);
    expect(await sortsOf(store, leadId)).toEqual(['delivery delivered', 'step planned']);
  });

  it('settles one that waits for its next try', async () => {
    const { store } = freshStore();
    const { leadId } = await enrolled(store);
    const offered = await offer(store, FIRST);
    const retry = { kind: 'retry', at: FIRST + MINUTE, reason: 'a timeout', ambiguous: true } as const;
    await offered.settle(retry, FIRST);
    await tell(store, 'delivered', offered.messageId, FIRST + SECOND);
    expect(await stepsOf(store, leadId)).toEqual(['one delivered', 'two planned']);
    expect((await store.messagesOf(leadId)).map(({ reason }) => reason)).toEqual([null, null, null]);
  });

  it.each(['sent', 'delivered', 'bounced_for_now', 'failed'] as const)(
    'settles a doubt: “%s” lets the sequence go on',
    async (kind) => {
      const { store, dataDir } = freshStore();
      const { leadId } = await enrolled(store);
      const offered = await offer(store, FIRST);
      await offered.settle({ kind: 'in_doubt', reason: 'a timeout' }, FIRST);
      expect(await stepsOf(store, leadId)).toEqual(['one in_doubt']);
      await tell(store, kind, offered.messageId, FIRST + HOUR);
      expect((await stepsOf(store, leadId)).at(-1)).toBe('two planned');
      expect(numbersOf(dataDir, leadId)?.sent).toBe(2);
      // A day later there is no doubt left that could be counted again.
      await store.catchUp(FIRST + 2 * DAY, timetable);
      expect(numbersOf(dataDir, leadId)?.sent).toBe(2);
    },
  );

  it('does not count a doubt again that was closed by time', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    const offered = await offer(store, FIRST);
    await offered.settle({ kind: 'in_doubt', reason: 'a timeout' }, FIRST);
    await store.catchUp(FIRST + DAY, timetable);
    await tell(store, 'delivered', offered.messageId, FIRST + DAY + HOUR);
    expect(await stepsOf(store, leadId)).toEqual(['one delivered', 'two planned']);
    expect(numbersOf(dataDir, leadId)).toMatchObject({ sent: 2, last: FIRST });
  });

  it('is written down for one that was stopped meanwhile, and begins nothing', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await offer(store, FIRST);
    await store.changePreferences(
      leadId,
      { kind: 'stop', reason: 'unsubscribed' },
      { at: FIRST, place: '/', timetable },
    );
    await tell(store, 'delivered', messageId, FIRST + MINUTE);
    expect(await stepsOf(store, leadId)).toEqual(['one delivered']);
    expect((await store.messagesOf(leadId)).at(-1)?.reason).toBe('cancelled while under way');
    expect(numbersOf(dataDir, leadId)?.sent).toBe(2);
  });

  it('tells a restored database of an email that it never sent', async () => {
    const { store } = freshStore();
    const { leadId } = await enrolled(store);
    const planned = (await store.messagesOf(leadId)).find(({ state }) => state === 'planned');
    await tell(store, 'delivered', planned?.messageId ?? '', FIRST - HOUR);
    expect(await stepsOf(store, leadId)).toEqual(['one delivered', 'two planned']);
  });

  it('does not take away what the coach sends again', async () => {
    const { store } = freshStore();
    const { leadId } = await enrolled(store);
    const offered = await offer(store, FIRST);
    const { messageId } = offered;
    await offered.settle({ kind: 'in_doubt', reason: 'a timeout' }, FIRST);
    await store.settleDoubt({ messageId, word: 'send_again', at: FIRST + HOUR, timetable });
    await tell(store, 'failed', messageId, FIRST + 2 * HOUR);
    expect(await stepsOf(store, leadId)).toEqual(['one planned']);
    // But once it is known to have arrived, there is nothing to send.
    await tell(store, 'delivered', messageId, FIRST + 3 * HOUR);
    expect(await stepsOf(store, leadId)).toEqual(['one delivered', 'two planned']);
  });
});

describe('a stop by the provider', () => {
  it.each([
    ['complained', 'complained'],
    ['bounced', 'bounced'],
    ['suppressed', 'bounced'],
  ] as const)('“%s” ends everything at once, and is in the journal', async (kind, reason) => {
    const { store, dataDir } = freshStore();
    const { leadId, email } = await enrolled(store);
    const { messageId } = await sendOne(store, FIRST);
    await store.requestDataLink(leadId, 'data', { messageId: uuid() }, FIRST);
    await tell(store, kind, messageId, FIRST);
    expect(stops(dataDir)).toEqual([reason]);
    expect(await store.findLead(leadId)).toMatchObject({
      status: reason,
      exitReason: reason,
      followUp: 'stopped',
    });
    const open = look(dataDir, "select state from messages where state in ('planned', 'claimed')");
    expect(open).toEqual([]);
    await signUp(store, { email, at: FIRST + DAY });
    const later = { now: FIRST + 60 * DAY, leaseMs: 1, leaseToken: 'x', timetable };
    expect(await store.claimNextDue(later)).toBeNull();
  });

  it('withdraws the consent of who complains, with the place where we learned of it', async () => {
    const { store } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await sendOne(store, FIRST);
    await tell(store, 'complained', messageId, FIRST);
    expect((await store.consentReceipts(leadId)).map(({ kind, place }) => [kind, place])).toContainEqual([
      'withdrawn',
      '/webhooks/resend',
    ]);
  });

  it('does not depend on the state of the message', async () => {
    const { store } = freshStore();
    const { leadId } = await enrolled(store);
    const offered = await offer(store, FIRST);
    await offered.settle({ kind: 'rejected', reason: 'no' }, FIRST);
    await tell(store, 'complained', offered.messageId, FIRST);
    expect(await stateOf(store, leadId, offered.messageId)).toBe('failed');
    expect((await store.findLead(leadId))?.status).toBe('complained');
  });

  it('is never softened: a bounce after a complaint leaves it one', async () => {
    const { store, dataDir } = freshStore();
    const { leadId } = await enrolled(store);
    const { messageId } = await sendOne(store, FIRST);
    await tell(store, 'complained', messageId, FIRST);
    await tell(store, 'bounced', messageId, FIRST);
    expect((await store.findLead(leadId))?.status).toBe('complained');
    expect(stops(dataDir)).toEqual(['complained']);
  });
});

describe('emails that come back for now', () => {
  const kinds = async (...told: readonly ReportKind[]) => {
    const { store, dataDir } = freshStore();
    const { leadId, delivery } = await enrolled(store);
    const statuses: string[] = [];
    let next: Offered | null = delivery;
    for (const [i, kind] of told.entries()) {
      const at = PRESS + 2 * i * DAY;
      next ??= await sendOne(store, at);
      await tell(store, kind, next.messageId, at);
      next = null;
      statuses.push((await store.findLead(leadId))?.status ?? '');
    }
    return { statuses, soft: numbersOf(dataDir, leadId)?.soft, stops: stops(dataDir) };
  };

  it('stop the lead at the third in a row', async () => {
    expect(await kinds('bounced_for_now', 'bounced_for_now', 'bounced_for_now')).toEqual({
      statuses: ['confirmed', 'confirmed', 'bounced'],
      soft: 3,
      stops: ['bounced'],
    });
  });

  it('are forgiven by one that arrives', async () => {
    expect(await kinds('bounced_for_now', 'bounced_for_now', 'delivered', 'bounced_for_now')).toEqual({
      statuses: ['confirmed', 'confirmed', 'confirmed', 'confirmed'],
      soft: 1,
      stops: [],
    });
  });

  it('count once each, however many events tell of one', async () => {
    const { store, dataDir } = freshStore();
    const { leadId, delivery } = await enrolled(store);
    for (let i = 0; i < 5; i++) await tell(store, 'bounced_for_now', delivery.messageId, PRESS);
    expect(numbersOf(dataDir, leadId)?.soft).toBe(1);
    expect((await store.findLead(leadId))?.status).toBe('confirmed');
  });
});

/** The reasons in the journal of stops, in order. */
function stops(dataDir: string): readonly string[] {
  try {
    const lines = readFileSync(join(dataDir, 'stops.log'), 'utf8').trimEnd().split('\n');
    return lines.map((line) => line.split('\t')[1] ?? '');
  } catch {
    return [];
  }
}

async function enrolledAt(store: Store, email: string, at: number) {
  const { signupId, leadId } = await signUp(store, { email, at });
  const delivery = await sendOne(store, at);
  await store.confirm(signupId, press(at + MINUTE));
  return { leadId, delivery };
}

async function play(store: Store, offered: Offered, order: readonly ('mark' | ReportKind)[], at: number) {
  for (const one of order) {
    if (one === 'mark') await offered.settle(TAKEN, at);
    else await tell(store, one, offered.messageId, at);
  }
}

async function endOf(store: Store, dataDir: string, leadId: string): Promise<string> {
  const lead = await store.findLead(leadId);
  const { sent, soft } = numbersOf(dataDir, leadId) ?? {};
  const [delivery] = await store.messagesOf(leadId);
  const stop = readFileSync(join(dataDir, 'stops.log'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith(leadId))
    .map((line) => line.split('\t')[1])
    .at(-1);
  return `${lead?.status}: delivery ${delivery?.state}, sent ${sent}, soft ${soft}, submitted ${(delivery?.submittedAt ?? 0) - START}, stops ${stop}`;
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}
