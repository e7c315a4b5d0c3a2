import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import type { SignupLimits } from '../../src/signup/port.ts';
import type { Store } from '../../src/store/port.ts';
import {
  confirmedLead,
  freshStore,
  LIMITS,
  newSignup,
  NO_LIMITS,
  press,
  sendAllDue,
  signUp,
  START,
  uuid,
} from '../support/store.ts';

const record = (store: Store, change: Parameters<typeof newSignup>[0], limits: SignupLimits = LIMITS) =>
  store.recordSignup(newSignup(change), limits, { messageId: uuid() });
const QUEUED = { kind: 'recorded', mail: 'queued' };
const NONE = { kind: 'recorded', mail: 'none' };

describe('a signup', () => {
  it('of a new address makes lead, touches, event and a delivery email that is due at once', async () => {
    const { store } = freshStore();
    const { leadId } = await signUp(store);
    expect(await store.findLead(leadId)).toMatchObject({
      email: 'maria@example.com',
      firstName: 'Maria',
      status: 'unconfirmed',
      followUp: 'none',
      timezone: 'America/Toronto',
      createdAt: START,
      confirmedAt: null,
    });
    expect(await store.messagesOf(leadId)).toMatchObject([
      { kind: 'delivery', step: 'delivery', state: 'planned', dueAt: START },
    ]);
    expect(await store.timeline(leadId)).toEqual([
      { at: START, kind: 'signup.recorded', actor: 'person', detail: 'offer: white-paper, mail: queued' },
    ]);
    expect(await store.consentReceipts(leadId)).toEqual([]);
  });

  it('of a known address changes nothing on the lead, whatever the case it is typed in', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const before = await store.findLead(leadId);
    const second = newSignup({
      email: 'MARIA@example.com',
      firstName: 'Mallory',
      timezone: 'Asia/Tokyo',
      at: START + DAY,
    });
    expect(await store.recordSignup(second, NO_LIMITS, { messageId: uuid() })).toEqual(QUEUED);
    expect(await store.findLead(leadId)).toEqual(before);
    expect(await store.findLead(second.leadId)).toBeNull();
    expect(await store.findSignup(second.signupId)).toMatchObject({
      leadId,
      firstName: 'Mallory',
      confirmedAt: null,
      inSequence: true,
    });
  });

  it('with a filled honeypot is held: no lead, no email, the same answer', async () => {
    const { store } = freshStore();
    const held = newSignup({ held: true });
    expect(await store.recordSignup(held, LIMITS, { messageId: uuid() })).toEqual(NONE);
    expect(await store.findLeadByEmail(held.email)).toBeNull();
    expect(await store.findSignup(held.signupId)).toBeNull();
    expect(await store.confirm(held.signupId, press(START))).toBe('no_signup');
    expect(await store.heldSignups(50)).toEqual([
      { signupId: held.signupId, email: held.email, firstName: 'Maria', offer: 'white-paper', at: START },
    ]);
  });

  it('that was held and is released is treated as if it had just come in', async () => {
    const { store } = freshStore();
    const held = newSignup({ held: true });
    await store.recordSignup(held, LIMITS, { messageId: uuid() });
    const ids = { leadId: uuid(), messageId: uuid() };
    expect(await store.releaseHeld(held.signupId, LIMITS, ids, START + HOUR)).toBe('released');
    expect(await store.releaseHeld(held.signupId, LIMITS, ids, START + HOUR)).toBe('no_signup');
    expect(await store.heldSignups(50)).toEqual([]);
    expect(await store.messagesOf(ids.leadId)).toMatchObject([
      { messageId: ids.messageId, kind: 'delivery', dueAt: START + HOUR },
    ]);
    await store.confirm(held.signupId, press(START + 2 * HOUR));
    expect(await store.findLead(ids.leadId)).toMatchObject({ status: 'confirmed', followUp: 'active' });
  });
});

it('a signup that writes less takes as long as any other, and leaves nothing of what it wrote for that', async () => {
  const { store } = freshStore();
  await record(store, {});
  const before = (await store.facts()).rows;
  expect(await record(store, { at: START + MINUTE })).toEqual(NONE);
  const { rate_minutes: _, ...rows } = (await store.facts()).rows;
  const { rate_minutes: __, ...kept } = before;
  expect(rows).toEqual({ ...kept, signups: 2, events: 2 });
  expect((await store.leadsPage({}, { after: null, limit: 9, order: 'oldest' })).rows).toHaveLength(1);
});

it('two held submits of one address that are released together send one email', async () => {
  const { store } = freshStore();
  const leadId = uuid();
  for (const email of ['maria@example.com', 'MARIA+x@example.com', 'maria@example.com']) {
    const held = newSignup({ held: true, email });
    await store.recordSignup(held, LIMITS, { messageId: uuid() });
    const ids = { leadId: email === 'MARIA+x@example.com' ? uuid() : leadId, messageId: uuid() };
    expect(await store.releaseHeld(held.signupId, LIMITS, ids, START + HOUR)).toBe('released');
  }
  expect(await store.messagesOf(leadId)).toHaveLength(1);
  expect((await store.facts()).rows).toMatchObject({ leads: 2, signups: 3, messages: 1 });
});

describe('limits', () => {
  it('let ten signups an hour in from one network, held ones counted, and tell when the next may come', async () => {
    const { store } = freshStore();
    for (let n = 0; n < 9; n += 1)
      expect(await record(store, { email: `a${n}@x${n}.example` })).toEqual(QUEUED);
    expect(await record(store, { held: true })).toEqual(NONE);
    const limited = { kind: 'limited', scope: 'network', retryAt: START + HOUR };
    expect(await record(store, { email: 'b@x.example', at: START + 30 * MINUTE })).toEqual(limited);
    expect(await record(store, { email: 'b@x.example', network: '192.0.2.8' })).toEqual(QUEUED);
    expect(await record(store, { email: 'c@x.example', at: START + HOUR - 1 })).toMatchObject({
      kind: 'limited',
    });
    expect(await record(store, { email: 'c@x.example', at: START + HOUR })).toEqual(QUEUED);
    expect((await store.facts()).rows['leads']).toBe(11);
  });

  it('keep no more than the limit of held signups from one network', async () => {
    const { store } = freshStore();
    for (let n = 0; n < 10; n += 1) expect(await record(store, { held: true })).toEqual(NONE);
    // As everybody else there is told: nothing is lost in silence.
    expect(await record(store, { held: true })).toMatchObject({ kind: 'limited', scope: 'network' });
    expect(await store.heldSignups(50)).toHaveLength(10);
    expect(await store.heldSignups(3)).toHaveLength(3);
  });

  it('keep no more held signups an hour over all than emails are sent, and these leave room for visitors', async () => {
    const { store } = freshStore();
    const limits = { ...LIMITS, overallPerHour: 3 };
    const held = (n: number) => record(store, { held: true, network: `192.0.2.${n}` }, limits);
    for (let n = 0; n < 3; n += 1) expect(await held(n)).toEqual(NONE);
    expect(await held(3)).toEqual({ kind: 'limited', scope: 'ceiling', retryAt: START + HOUR });
    expect(await record(store, { network: '192.0.2.9' }, limits)).toEqual(QUEUED);
  });

  it('send an address one email in 10 minutes, 3 a day, however it is tagged', async () => {
    const { store } = freshStore();
    const gmail = [
      'maria.s@gmail.com',
      'marias+1@gmail.com',
      'm.arias@googlemail.com',
      'MARIAS@gmail.com',
      'marias+2@gmail.com',
    ];
    const at = [0, 9, 10, 20, 40].map((minutes) => START + minutes * MINUTE);
    const outcomes = [];
    for (const [i, email] of gmail.entries()) outcomes.push(await record(store, { email, at: at[i] ?? 0 }));
    expect(outcomes).toEqual([QUEUED, NONE, QUEUED, QUEUED, NONE]);
    expect(await record(store, { email: 'marias@gmail.com', at: START + DAY + 1 })).toEqual(QUEUED);
    // Each is stored all the same.
    expect((await store.facts()).rows).toMatchObject({ signups: 6, messages: 4 });
  });

  it('count a reminder for its day, and let only the last email to a mailbox have one', async () => {
    const { store } = freshStore();
    const spellings = ['maria.s@gmail.com', 'marias+1@gmail.com', 'm.arias@googlemail.com'];
    for (const [n, email] of spellings.entries())
      expect(await record(store, { email, at: START + n * 10 * MINUTE })).toEqual(QUEUED);
    expect(await sendAllDue(store, START + 20 * MINUTE)).toEqual(['delivery', 'delivery', 'delivery']);
    const morrow = START + DAY + HOUR;
    expect(await sendAllDue(store, morrow)).toEqual(['reminder skipped', 'reminder skipped', 'reminder']);
    expect(await record(store, { email: 'marias@gmail.com', at: morrow + MINUTE })).toEqual(QUEUED);
    expect(await record(store, { email: 'marias@gmail.com', at: morrow + 12 * MINUTE })).toEqual(QUEUED);
    // With the reminder that is three.
    expect(await record(store, { email: 'marias@gmail.com', at: morrow + 23 * MINUTE })).toEqual(NONE);
  });

  it('send an unconfirmed address 5 emails in 30 days, until its owner presses a button', async () => {
    const { store } = freshStore();
    const email = 'maria@example.com';
    for (let day = 0; day < 5; day += 1)
      expect(await record(store, { at: START + day * DAY })).toEqual(QUEUED);
    const sixth = newSignup({ email, at: START + 6 * DAY });
    expect(await store.recordSignup(sixth, LIMITS, { messageId: uuid() })).toEqual(NONE);
    await store.confirm(sixth.signupId, press(START + 7 * DAY));
    expect(await record(store, { email, at: START + 8 * DAY })).toEqual(QUEUED);
  });

  it('hold for a domain, wider for a large provider, and over all; nothing is stored then', async () => {
    const { store } = freshStore();
    const limits = { ...NO_LIMITS, domainPerHour: 2, largeDomainPerHour: 3, overallPerHour: 6 };
    const outcomes = [];
    for (let n = 0; n < 3; n += 1)
      outcomes.push(await record(store, { email: `a${n}@firm.example` }, limits));
    for (let n = 0; n < 4; n += 1) outcomes.push(await record(store, { email: `a${n}@gmail.com` }, limits));
    for (let n = 0; n < 2; n += 1)
      outcomes.push(await record(store, { email: `a@firm${n}.example` }, limits));
    const limited = (scope: string) => ({ kind: 'limited', scope, retryAt: START + HOUR });
    expect(outcomes).toEqual([
      QUEUED,
      QUEUED,
      limited('domain'),
      QUEUED,
      QUEUED,
      QUEUED,
      limited('domain'),
      QUEUED,
      limited('overall'),
    ]);
    expect((await store.facts()).rows).toMatchObject({ leads: 6, signups: 6 });
  });

  describe('over all', () => {
    const limits = { ...NO_LIMITS, domainPerHour: 3, overallPerHour: 2, overallWithWorkPerHour: 4 };
    const work = (id: string) => ({ id, until: START + 10 * MINUTE });
    const limited = (scope: string) => ({ kind: 'limited', scope, retryAt: START + HOUR });
    const flooded = async () => {
      const { store, dataDir } = freshStore();
      for (let n = 0; n < 2; n += 1) await record(store, { email: `a@firm${n}.example` }, limits);
      expect(await record(store, { email: 'b@firm.example' }, limits)).toEqual(limited('overall'));
      return { store, dataDir };
    };

    it('are lifted by work, once, up to a ceiling, also after a restart', async () => {
      const { store, dataDir } = await flooded();
      expect(await record(store, { email: 'b@firm.example', work: work('one') }, limits)).toEqual(QUEUED);
      expect(await record(store, { email: 'c@firm3.example', work: work('one') }, limits)).toEqual(
        limited('overall'),
      );
      await store.close();
      const again = freshStore(dataDir).store;
      expect(await record(again, { email: 'c@firm3.example', work: work('one') }, limits)).toEqual(
        limited('overall'),
      );
      expect(await record(again, { email: 'c@firm3.example', work: work('two') }, limits)).toEqual(QUEUED);
      expect(await record(again, { email: 'd@firm4.example', work: work('three') }, limits)).toEqual(
        limited('ceiling'),
      );
      expect(await record(again, { email: 'd@firm4.example' }, limits)).toEqual(limited('ceiling'));
    });

    it('at the ceiling tell, with work or without, when none is needed any more', async () => {
      const { store } = await flooded();
      for (const id of ['one', 'two']) {
        const at = START + 10 * MINUTE - 1;
        const email = `${id}@other.example`;
        expect(await record(store, { email, at, work: work(id) }, limits)).toEqual(QUEUED);
      }
      const retryAt = START + HOUR + 9 * MINUTE;
      for (const given of [null, work('three')]) {
        const form = { email: 'd@firm4.example', work: given, at: START + 11 * MINUTE };
        expect(await record(store, form, limits)).toEqual({ kind: 'limited', scope: 'ceiling', retryAt });
      }
      expect(await record(store, { email: 'd@firm4.example', at: retryAt }, limits)).toEqual(QUEUED);
    });

    it('forget spent work when nobody can use it any more', async () => {
      const { store } = await flooded();
      await record(store, { email: 'b@firm.example', work: work('one') }, limits);
      const sweep = (now: number) => store.housekeep({ heldBefore: 0, unconfirmedBefore: 0, now });
      await sweep(START + HOUR);
      expect((await store.facts()).rows).toMatchObject({ spent_work: 1 });
      await sweep(START + 2 * HOUR);
      expect((await store.facts()).rows).toMatchObject({ spent_work: 0 });
    });

    it('answer the same for every address, so that nobody learns by them who would have been mailed', async () => {
      const { store } = await flooded();
      for (const email of ['a@firm0.example', 'new@firm0.example', 'b@firm.example'])
        expect(await record(store, { email, at: START + MINUTE }, limits)).toEqual(limited('overall'));
    });

    it('use work up whether it was needed or not: a second use must not tell', async () => {
      const { store } = freshStore();
      const known = await signUp(store, { email: 'known@firm.example' });
      expect(
        await record(store, { email: known.email, work: work('one') }, { ...limits, addressGapMinutes: 10 }),
      ).toEqual(NONE);
      expect((await store.facts()).rows).toMatchObject({ spent_work: 1 });
    });

    it('do not keep somebody from a fresh link, nor the coach from a release; both are counted', async () => {
      const { store } = freshStore();
      const { signupId } = await signUp(store, { email: 'a@firm0.example', at: START - 2 * HOUR });
      const held = newSignup({ held: true, email: 'held@firm.example', at: START - 2 * HOUR });
      await store.recordSignup(held, limits, { messageId: uuid() });
      for (let n = 1; n < 3; n += 1) await record(store, { email: `a@firm${n}.example` }, limits);
      expect(await store.renew(signupId, limits, { messageId: uuid() }, START)).toBe('planned');
      const ids = { leadId: uuid(), messageId: uuid() };
      expect(await store.releaseHeld(held.signupId, limits, ids, START)).toBe('released');
      expect(await store.messagesOf(ids.leadId)).toHaveLength(1);
      // Two signups, a renewal and a release: four emails, and the fifth meets the ceiling.
      expect(await record(store, { email: 'e@firm5.example', work: work('one') }, limits)).toEqual(
        limited('ceiling'),
      );
    });
  });

  it('of a domain and of a network are not lifted by work: they protect others', async () => {
    const { store } = freshStore();
    const limits = { ...NO_LIMITS, domainPerHour: 1, networkPerHour: 2 };
    const work = (id: string) => ({ id, until: START + 10 * MINUTE });
    await record(store, { email: 'a@firm.example' }, limits);
    expect(await record(store, { email: 'b@firm.example', work: work('a') }, limits)).toMatchObject({
      scope: 'domain',
    });
    await record(store, { email: 'b@other.example' }, limits);
    expect(await record(store, { email: 'c@third.example', work: work('a') }, limits)).toMatchObject({
      scope: 'network',
    });
    expect((await store.facts()).rows).toMatchObject({ spent_work: 0 });
  });

  it('look back exactly an hour, minute by minute', async () => {
    const { store } = freshStore();
    const limits = { ...NO_LIMITS, networkPerHour: 2 };
    await record(store, { email: 'a@a.example', at: START }, limits);
    await record(store, { email: 'b@b.example', at: START + 20 * MINUTE }, limits);
    expect(await record(store, { email: 'c@c.example', at: START + 59 * MINUTE }, limits)).toMatchObject({
      retryAt: START + HOUR,
    });
    await record(store, { email: 'c@c.example', at: START + HOUR }, limits);
    expect(await record(store, { email: 'd@d.example', at: START + HOUR }, limits)).toMatchObject({
      retryAt: START + 80 * MINUTE,
    });
  });

  it('survive a restart', async () => {
    const { store, dataDir } = freshStore();
    const limits = { ...LIMITS, networkPerHour: 1 };
    await record(store, {}, limits);
    await store.close();
    const again = freshStore(dataDir).store;
    expect(await record(again, { at: START + MINUTE }, limits)).toMatchObject({ kind: 'limited' });
    expect(await record(again, { at: START + MINUTE, network: 'other' }, limits)).toEqual(NONE);
  });
});

it('a throw-away address is flagged on the lead, in the list and in her data, and mailed like any other', async () => {
  const { store } = freshStore();
  const { leadId } = await signUp(store, { throwaway: true });
  await signUp(store, { email: 'other@example.com' });
  expect(await store.findLead(leadId)).toMatchObject({ throwaway: true });
  const { rows } = await store.leadsPage({}, { after: null, limit: 10, order: 'oldest' });
  expect(rows.map(({ throwaway }) => throwaway)).toEqual([true, false]);
  expect(await store.messagesOf(leadId)).toHaveLength(1);
  expect(await store.dataOf(leadId)).toMatchObject({ signups: [{ throwaway: true }] });
});

describe('a fresh link', () => {
  it('is planned once in ten minutes, and counts as an email', async () => {
    const { store } = freshStore();
    const { signupId, leadId } = await signUp(store, { at: START });
    const renew = (at: number) => store.renew(signupId, LIMITS, { messageId: uuid() }, at);
    expect(await renew(START + 5 * MINUTE)).toBe('limited');
    expect(await renew(START + 40 * DAY)).toBe('planned');
    expect(await renew(START + 40 * DAY + MINUTE)).toBe('limited');
    expect(await renew(START + 41 * DAY)).toBe('planned');
    expect(await store.renew(uuid(), LIMITS, { messageId: uuid() }, START)).toBe('no_signup');
    expect((await store.messagesOf(leadId)).map(({ kind }) => kind)).toEqual([
      'delivery',
      'renewal',
      'renewal',
    ]);
  });
});

describe('“this was not me”', () => {
  it('removes the signup, its email and the lead that nothing else holds, without suppressing the address', async () => {
    const { store } = freshStore();
    const { signupId, email } = await signUp(store);
    expect(await store.removeSignup(signupId, START + MINUTE)).toBe('removed');
    expect(await store.removeSignup(signupId, START + MINUTE)).toBe('no_signup');
    expect((await store.facts()).rows).toMatchObject({
      leads: 0,
      signups: 0,
      messages: 0,
      events: 0,
      attributions: 0,
      suppressions: 0,
    });
    expect(await record(store, { email, at: START + HOUR })).toEqual(QUEUED);
  });

  it('takes along what had no email of its own, and with it the lead', async () => {
    const { store } = freshStore();
    const first = newSignup();
    await store.recordSignup(first, LIMITS, { messageId: uuid() });
    expect(await record(store, { at: START + MINUTE, offer: 'infographic' })).toEqual(NONE);
    expect(await record(store, { email: 'other@example.com' })).toEqual(QUEUED);
    const held = newSignup({ held: true });
    await store.recordSignup(held, LIMITS, { messageId: uuid() });
    expect(await store.removeSignup(first.signupId, START + HOUR)).toBe('removed');
    expect(await store.findLead(first.leadId)).toBeNull();
    expect((await store.facts()).rows).toMatchObject({ leads: 1, signups: 2, messages: 1 });
    expect(await store.heldSignups(9)).toHaveLength(1);
  });

  it('leaves what has a link of its own, and what is confirmed', async () => {
    const { store } = freshStore();
    const { leadId, signupId } = await confirmedLead(store);
    const mailed = await signUp(store, { at: START + DAY });
    const notHers = await signUp(store, { at: START + DAY });
    const folded = newSignup({ at: START + DAY + MINUTE });
    expect(await store.recordSignup(folded, LIMITS, { messageId: uuid() })).toEqual(NONE);
    await store.removeSignup(notHers.signupId, START + DAY + HOUR);
    expect(await store.findSignup(folded.signupId)).toBeNull();
    expect(await store.findSignup(mailed.signupId)).toMatchObject({ leadId });
    expect(await store.findSignup(signupId)).toMatchObject({ leadId });
    expect(await store.findLead(leadId)).toMatchObject({ status: 'confirmed', followUp: 'active' });
    expect((await store.timeline(leadId)).filter(({ kind }) => kind === 'signup.removed')).toHaveLength(2);
  });

  it('leaves a lead that another signup holds', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const second = await signUp(store, { at: START + DAY, offer: 'infographic' });
    await store.removeSignup(second.signupId, START + DAY);
    expect(await store.findLead(leadId)).toMatchObject({ status: 'confirmed', followUp: 'active' });
    expect((await store.messagesOf(leadId)).map(({ kind }) => kind)).toEqual(['delivery', 'step']);
  });

  it('ends the sequence that this signup began', async () => {
    const { store } = freshStore();
    const first = await confirmedLead(store);
    await signUp(store, { at: START + DAY, offer: 'infographic', consent: null });
    await store.removeSignup(first.signupId, START + DAY);
    expect(await store.findLead(first.leadId)).toMatchObject({
      followUp: 'stopped',
      exitReason: 'unsubscribed',
    });
    expect((await store.consentReceipts(first.leadId)).map(({ kind }) => kind)).toEqual([
      'given',
      'withdrawn',
    ]);
  });
});

it('housekeeping deletes old held and unconfirmed signups and nothing of a confirmed lead', async () => {
  const { store } = freshStore();
  const kept = await confirmedLead(store, { email: 'kept@example.com' });
  await signUp(store, { email: 'kept@example.com', at: START });
  const gone = await signUp(store, { email: 'gone@example.com' });
  const young = await signUp(store, { email: 'young@example.com', at: START + 20 * DAY });
  await signUp(store, { held: true });
  const now = START + 31 * DAY;
  await store.housekeep({ heldBefore: now - 30 * DAY, unconfirmedBefore: now - 30 * DAY, now });
  expect(await store.findLead(gone.leadId)).toBeNull();
  expect(await store.findLead(young.leadId)).not.toBeNull();
  expect(await store.findLead(kept.leadId)).toMatchObject({ status: 'confirmed', followUp: 'active' });
  const { rows } = await store.facts();
  expect(rows).toMatchObject({ leads: 2, signups: 2, rate_minutes: 0, address_mails: 1 });
});

describe('housekeeping', () => {
  const KEPT = 60 * DAY;
  const sweep = (store: Store, now: number) =>
    store.housekeep({ heldBefore: now - 30 * DAY, unconfirmedBefore: now - KEPT, now });

  it('keeps a signup whose link was renewed, for as long again', async () => {
    const { store } = freshStore();
    const { signupId } = await signUp(store);
    const renewed = START + 59 * DAY;
    expect(await store.renew(signupId, LIMITS, { messageId: uuid() }, renewed)).toBe('planned');
    await sweep(store, START + 62 * DAY);
    expect(await store.findSignup(signupId)).not.toBeNull();
    await sweep(store, renewed + KEPT);
    expect(await store.findSignup(signupId)).not.toBeNull();
    await sweep(store, renewed + KEPT + 1);
    expect(await store.findSignup(signupId)).toBeNull();
  });

  it('counts a held signup that was released from its release', async () => {
    const { store } = freshStore();
    const { signupId } = await signUp(store, { held: true });
    const released = START + 29 * DAY;
    const ids = { leadId: uuid(), messageId: uuid() };
    await store.releaseHeld(signupId, LIMITS, ids, released);
    await sweep(store, released + KEPT);
    expect(await store.findSignup(signupId)).not.toBeNull();
    await sweep(store, released + KEPT + 1);
    expect(await store.findSignup(signupId)).toBeNull();
  });

  it('tells in the history of a lead that a signup expired, and not that she removed it', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const other = await signUp(store, { offer: 'infographic', at: START + DAY });
    const now = START + DAY + KEPT + 1;
    await sweep(store, now);
    expect(await store.findSignup(other.signupId)).toBeNull();
    const history = await store.timeline(leadId);
    expect(history).toContainEqual({
      at: now,
      kind: 'signup.expired',
      actor: 'system',
      detail: 'offer: infographic',
    });
    expect(history.map(({ kind }) => kind)).not.toContain('signup.removed');
  });

  it('empties the write-ahead log', async () => {
    const { store, dataDir } = freshStore();
    await signUp(store);
    await sweep(store, START + KEPT + 1);
    expect(statSync(join(dataDir, 'funnel.db-wal')).size).toBe(0);
  });
});

it('remembers every consent sentence by its version, the first one for good', async () => {
  const { store } = freshStore();
  await store.rememberConsentWording('v1', 'one', START);
  await store.rememberConsentWording('v1', 'other', START);
  expect(await store.consentWording('v1')).toBe('one');
  expect(await store.consentWording('v2')).toBeNull();
});

it('counts downloads and views', async () => {
  const { store } = freshStore();
  const { signupId } = await confirmedLead(store);
  await store.recordDownload({ signupId, at: START + HOUR, contentVersion: 'v', sha256: 'ab', bytes: 10 });
  await store.recordDownload({ signupId, at: START + DAY, contentVersion: 'v', sha256: 'ab', bytes: 10 });
  await store.addPageViews([
    { day: '2026-11-23', path: '/', count: 2 },
    { day: '2026-11-23', path: '/', count: 3 },
  ]);
  const { rows } = await store.leadsPage({}, { after: null, limit: 10, order: 'oldest' });
  expect(rows).toMatchObject([{ downloads: 2, firstDownloadAt: START + HOUR }]);
  expect(await store.funnelNumbers({ from: START, to: START + 2 * DAY })).toMatchObject({
    views: 5,
    downloaded: 1,
  });
});
