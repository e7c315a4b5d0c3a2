import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import {
  confirmedLead,
  CONSENT,
  fakeTimetable,
  freshStore,
  press,
  sendAllDue,
  signUp,
  START,
  uuid,
} from '../support/store.ts';

const stop = (reason: 'unsubscribed' | 'found_job') => ({ kind: 'stop', reason }) as const;
const context = (at: number) => ({ at, place: '/preferences', timetable: fakeTimetable() });

describe('the press on the download page', () => {
  it('confirms, takes what the form knew, writes the consent and plans the first step', async () => {
    const { store } = freshStore();
    const { signupId, leadId } = await signUp(store);
    const at = START + MINUTE;
    expect(
      await store.confirm(signupId, press(at, { situation: 'quietly-looking', targetRole: 'CFO' })),
    ).toBe('confirmed');
    expect(await store.findLead(leadId)).toMatchObject({
      status: 'confirmed',
      followUp: 'active',
      confirmedAt: at,
      situation: 'quietly-looking',
      targetRole: 'CFO',
    });
    expect(await store.consentReceipts(leadId)).toEqual([
      { kind: 'given', ...CONSENT, place: '/white-paper', tickedAt: START, at },
    ]);
    expect(await store.messagesOf(leadId)).toMatchObject([
      { kind: 'delivery' },
      { kind: 'step', step: 'one', state: 'planned', dueAt: at + 2 * DAY },
    ]);
    expect(await store.findSignup(signupId)).toMatchObject({
      confirmedAt: at,
      inSequence: true,
      followUp: CONSENT,
    });
  });

  it('again and again changes nothing but the answers given anew', async () => {
    const { store } = freshStore();
    const { signupId, leadId } = await confirmedLead(store);
    const before = await store.findLead(leadId);
    expect(await store.confirm(signupId, press(START + DAY))).toBe('confirmed');
    expect(await store.findLead(leadId)).toEqual(before);
    await store.confirm(signupId, press(START + DAY, { firstName: 'Mary' }));
    expect(await store.findLead(leadId)).toEqual({ ...before, firstName: 'Mary' });
    expect((await store.facts()).rows).toMatchObject({ consents: 1, enrollments: 1, messages: 2 });
  });

  it('of an unknown signup confirms nobody', async () => {
    const { store } = freshStore();
    expect(await store.confirm(uuid(), press(START))).toBe('no_signup');
  });

  it('without a tick gives the document and no sequence', async () => {
    const { store } = freshStore();
    const { leadId, signupId } = await confirmedLead(store, { consent: null });
    expect(await store.findLead(leadId)).toMatchObject({ status: 'confirmed', followUp: 'none' });
    expect(await store.findSignup(signupId)).toMatchObject({ followUp: null, inSequence: false });
    expect(await store.consentReceipts(leadId)).toEqual([]);
  });

  it('on “only the document” starts nothing, and the tick does not come back by a later press', async () => {
    const { store } = freshStore();
    const { leadId, signupId } = await signUp(store);
    await store.confirm(signupId, press(START + MINUTE, { declined: true }));
    await store.confirm(signupId, press(START + HOUR));
    expect(await store.findLead(leadId)).toMatchObject({ status: 'confirmed', followUp: 'none' });
    expect((await store.findSignup(signupId))?.followUp).toBeNull();
  });

  it('on “only the document” ends the sequence that this signup began, and keeps the lead confirmed', async () => {
    const { store } = freshStore();
    const { leadId, signupId } = await confirmedLead(store);
    await store.confirm(signupId, press(START + HOUR, { declined: true }));
    expect(await store.findLead(leadId)).toMatchObject({
      status: 'confirmed',
      followUp: 'stopped',
      exitReason: 'unsubscribed',
    });
    expect((await store.consentReceipts(leadId)).map(({ kind }) => kind)).toEqual(['given', 'withdrawn']);
    expect(await sendAllDue(store, START + 30 * DAY)).toEqual(['delivery']);
  });

  it('on “only the document” leaves a sequence alone that another signup began', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const second = await signUp(store, { offer: 'infographic', at: START + DAY });
    await store.confirm(second.signupId, press(START + DAY + MINUTE, { declined: true }));
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active' });
  });

  it('cancels the reminder', async () => {
    const { store } = freshStore();
    const { signupId, leadId } = await signUp(store, { consent: null });
    expect(await sendAllDue(store, START)).toEqual(['delivery']);
    await store.confirm(signupId, press(START + HOUR));
    expect(await sendAllDue(store, START + 2 * DAY)).toEqual([]);
    expect(await store.messagesOf(leadId)).toMatchObject([
      { state: 'submitted' },
      { kind: 'reminder', state: 'cancelled' },
    ]);
  });
});

describe('a second signup that is pressed', () => {
  it('writes name, zone and last touch, and neither restarts nor doubles the sequence', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const attribution = {
      source: 'linkedin',
      medium: 'social',
      campaign: 'x',
      term: null,
      content: null,
      referrer: 'https://a.example/',
    };
    const second = await signUp(store, {
      firstName: 'Mary',
      timezone: 'Asia/Tokyo',
      offer: 'infographic',
      attribution,
      at: START + DAY,
    });
    await store.confirm(second.signupId, press(START + DAY + HOUR));
    expect(await store.findLead(leadId)).toMatchObject({
      firstName: 'Mary',
      timezone: 'Asia/Tokyo',
      followUp: 'active',
    });
    const { rows } = await store.leadsPage({}, { after: null, limit: 10, order: 'oldest' });
    expect(rows).toMatchObject([
      {
        offers: ['white-paper', 'infographic'],
        first: { source: 'article' },
        last: { source: 'linkedin', referrer: 'https://a.example/' },
      },
    ]);
    expect((await store.messagesOf(leadId)).filter(({ kind }) => kind === 'step')).toHaveLength(1);
    expect(await store.consentReceipts(leadId)).toHaveLength(2);
  });

  it('never restarts a finished sequence', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    for (let day = 0; day < 30; day += 1) await sendAllDue(store, START + day * DAY);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
    const second = await signUp(store, { at: START + 40 * DAY });
    await store.confirm(second.signupId, press(START + 40 * DAY));
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished', exitReason: null });
    expect(await sendAllDue(store, START + 90 * DAY)).toEqual(['delivery']);
  });
});

describe('after an unsubscribe', () => {
  it('a new signup gets its delivery email, and the row stays unsubscribed until a new tick and press', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await store.changePreferences(leadId, stop('unsubscribed'), context(START + DAY));
    const unticked = await signUp(store, { consent: null, at: START + 2 * DAY });
    expect(await sendAllDue(store, START + 2 * DAY)).toContain('delivery');
    await store.confirm(unticked.signupId, press(START + 2 * DAY));
    expect(await store.findLead(leadId)).toMatchObject({ status: 'unsubscribed', followUp: 'stopped' });
    const ticked = await signUp(store, { at: START + 3 * DAY });
    expect(await store.findLead(leadId)).toMatchObject({ status: 'unsubscribed' });
    await store.confirm(ticked.signupId, press(START + 3 * DAY));
    expect(await store.findLead(leadId)).toMatchObject({
      status: 'confirmed',
      followUp: 'active',
      exitReason: null,
      unsubscribedAt: null,
    });
    expect(await sendAllDue(store, START + 5 * DAY)).toEqual(['delivery', 'one']);
  });

  it('the tick of a signup of before it counts no more', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    const earlier = await signUp(store, { at: START + HOUR });
    await store.changePreferences(leadId, stop('unsubscribed'), context(START + DAY));
    expect((await store.findSignup(earlier.signupId))?.followUp).toBeNull();
    await store.confirm(earlier.signupId, press(START + 2 * DAY));
    expect(await store.findLead(leadId)).toMatchObject({ status: 'unsubscribed', followUp: 'stopped' });
  });

  it('the sequence goes on where it was: no step that went out comes again', async () => {
    const { store } = freshStore();
    const { leadId } = await confirmedLead(store);
    await sendAllDue(store, START + 3 * DAY);
    await store.changePreferences(leadId, stop('found_job'), context(START + 4 * DAY));
    const back = await signUp(store, { at: START + 60 * DAY });
    await store.confirm(back.signupId, press(START + 60 * DAY));
    const sent = [];
    for (let day = 60; day < 80; day += 1) sent.push(...(await sendAllDue(store, START + day * DAY)));
    expect(sent).toEqual(['delivery', 'two', 'three']);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
  });
});
