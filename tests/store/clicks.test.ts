import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { GOAL_LINK, HIDDEN_LINK } from '../../src/kernel/special-links.ts';
import { clickJudge, WINDOW } from '../../src/sequence/click.ts';
import type { Store } from '../../src/store/port.ts';
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

const PRESS = START + MINUTE;
/** The first step goes out two days after the press. */
const SENT = PRESS + 2 * DAY;
const CLICK = SENT + HOUR;
const PHONE = 'Mozilla/5.0 (iPhone) Safari/604.1';
const timetable = fakeTimetable();

/** Follows a link of one message, as a person with a telephone unless said otherwise. */
function follower(store: Store, messageId: string) {
  return (slug: string, at: number, caller: { method?: string; userAgent?: string } = {}) =>
    store.recordClick(
      { messageId, slug, at },
      clickJudge({ method: 'GET', userAgent: PHONE, purpose: '', ...caller }),
    );
}

/** A lead who has had the first step of three. */
async function reader() {
  const { store, dataDir } = freshStore();
  const { leadId, signupId } = await confirmedLead(store);
  await sendAllDue(store, PRESS);
  expect(await sendAllDue(store, SENT)).toEqual(['one']);
  const step = (await store.messagesOf(leadId)).find((message) => message.step === 'one');
  if (step === undefined) throw new Error('There is no step.');
  return {
    store,
    dataDir,
    leadId,
    signupId,
    messageId: step.messageId,
    follow: follower(store, step.messageId),
    catchUp: (now: number) => store.catchUp(now, timetable),
    clicks: async () => (await store.dataOf(leadId))?.['clicks'],
    count: async () =>
      (await store.leadsPage({}, { after: null, limit: 1, order: 'oldest' })).rows[0]?.clicks,
    opened: async () =>
      (await store.timeline(leadId))
        .filter(({ kind }) => kind === 'link.opened')
        .map(({ actor, detail, at }) => `${actor} ${at - CLICK} ${detail}`),
  };
}

describe('a click', () => {
  it('of a browser becomes a person’s when its window is over, and counts from then on', async () => {
    const { store, follow, count, clicks, opened, catchUp } = await reader();
    await follow('weak-ties', CLICK);
    expect(await clicks()).toMatchObject([{ slug: 'weak-ties', actor: 'unsure', reason: null }]);
    expect([await count(), await opened()]).toEqual([0, []]);
    expect(await store.nextDueAt()).toBe(CLICK + WINDOW);
    expect(await catchUp(CLICK + WINDOW - 1)).toBe(0);
    expect(await catchUp(CLICK + WINDOW)).toBe(1);
    expect(await catchUp(CLICK + WINDOW)).toBe(0);
    expect(await clicks()).toMatchObject([{ actor: 'person', settle_at: null }]);
    expect([await count(), await opened()]).toEqual([1, ['person 0 post: weak-ties, step: one']]);
    expect(await store.nextDueAt()).toBe(SENT + 2 * DAY);
  });

  it('of a machine is told at once and never counts', async () => {
    const { follow, count, opened, catchUp } = await reader();
    await follow('weak-ties', CLICK, { method: 'HEAD' });
    await catchUp(CLICK + DAY);
    expect([await count(), await opened()]).toEqual([
      0,
      ['scanner 0 post: weak-ties, step: one, reason: head request'],
    ]);
  });

  it('right after sending stays unsure for good', async () => {
    const { follow, count, clicks, opened, catchUp } = await reader();
    await follow('weak-ties', SENT + SECOND);
    await catchUp(SENT + DAY);
    expect(await clicks()).toMatchObject([{ actor: 'unsure', reason: 'just sent' }]);
    expect([await count(), await opened()]).toEqual([0, []]);
  });

  it('on an email that is still under way is reckoned from its last try', async () => {
    const { store } = freshStore();
    const { leadId } = await signUp(store);
    const leaseToken = uuid();
    const claim = await store.claimNextDue({ now: START, leaseMs: MINUTE, leaseToken, timetable });
    if (claim?.kind !== 'claimed') throw new Error('Nothing was due.');
    const { messageId } = claim.message;
    const begun = { messageId, leaseToken, subject: '', transport: 'resend', choices: null };
    await store.beginTry({ ...begun, payload: new Uint8Array(1), at: START + SECOND });
    await follower(store, messageId)('a', START + 2 * SECOND);
    expect((await store.dataOf(leadId))?.['clicks']).toMatchObject([
      { actor: 'unsure', reason: 'just sent' },
    ]);
  });

  it('shown to be part of a burst by later ones is corrected, and told once', async () => {
    const { follow, count, clicks, opened, catchUp } = await reader();
    await follow('a', CLICK);
    await follow('b', CLICK + 1.5 * SECOND);
    await follow('c', CLICK + 2 * SECOND);
    await catchUp(CLICK + DAY);
    expect(await clicks()).toMatchObject(
      Array(3).fill({ actor: 'scanner', reason: 'burst', settle_at: null }),
    );
    expect([await count(), (await opened()).length]).toEqual([0, 3]);
  });

  it('beside the hidden link is corrected even after it had become a person’s', async () => {
    const { follow, count, clicks, catchUp } = await reader();
    await follow('a', CLICK);
    await catchUp(CLICK + WINDOW);
    expect(await count()).toBe(1);
    // The clock was set back meanwhile.
    await follow(HIDDEN_LINK, CLICK + 5 * SECOND);
    expect(await clicks()).toMatchObject([{ reason: 'beside the hidden link' }, { reason: 'hidden link' }]);
    expect(await count()).toBe(0);
  });

  it('is judged by later ones, too, that were written down before it', async () => {
    const { follow, clicks } = await reader();
    await follow(HIDDEN_LINK, CLICK + 5 * SECOND);
    await follow('a', CLICK);
    expect(await clicks()).toMatchObject([{ reason: 'hidden link' }, { reason: 'beside the hidden link' }]);
  });

  it('is judged by those of its own email alone', async () => {
    const { store, leadId, follow, clicks } = await reader();
    const delivery = (await store.messagesOf(leadId)).find((message) => message.kind === 'delivery');
    await follower(store, delivery?.messageId ?? '')(HIDDEN_LINK, CLICK);
    await follow('a', CLICK);
    expect(await clicks()).toMatchObject([{ actor: 'scanner' }, { actor: 'unsure', reason: null }]);
  });

  it('on an email that is gone is no matter', async () => {
    const { store } = freshStore();
    await follower(store, uuid())('a', CLICK);
    expect(await store.messageWith(uuid())).toBeNull();
    expect((await store.facts()).rows['clicks']).toBe(0);
  });

  it('of a program that hammers one link is written down two hundred times, and again later', async () => {
    const { store, follow } = await reader();
    await Promise.all(Array.from({ length: 300 }, (_, index) => follow('a', CLICK + index * 10)));
    expect((await store.facts()).rows['clicks']).toBe(200);
    await follow('a', CLICK + MINUTE);
    expect((await store.facts()).rows['clicks']).toBe(201);
  });

  it('on an email of a made-up lead is none', async () => {
    const { store } = freshStore();
    await store.fillWithDemoLeads(
      30,
      {
        random: systemRandom,
        now: START,
        offers: ['white-paper'],
        situations: ['between-roles'],
        steps: ['one'],
        posts: ['weak-ties'],
        consent: CONSENT,
      },
      () => {},
    );
    const before = (await store.facts()).rows['clicks'];
    const { rows } = await store.leadsPage({}, { after: null, limit: 30, order: 'oldest' });
    const messages = await Promise.all(rows.map(({ leadId }) => store.messagesOf(leadId)));
    for (const { messageId } of messages.flat()) await follower(store, messageId)(GOAL_LINK, CLICK);
    expect((await store.facts()).rows['clicks']).toBe(before);
    expect([await store.nextDueAt(), await store.catchUp(CLICK + DAY, timetable)]).toEqual([null, 0]);
  });

  it('that waits goes with the signup or the lead whose it was', async () => {
    const { store, leadId, follow, catchUp } = await reader();
    await follow(GOAL_LINK, CLICK);
    await store.eraseLead(leadId, CLICK + SECOND);
    expect([await store.nextDueAt(), await catchUp(CLICK + WINDOW)]).toEqual([null, 0]);
  });

  it('of a person is what she has read; the talk link is no article', async () => {
    const { store, follow } = await reader();
    await follow('weak-ties', CLICK);
    await follow('b', CLICK + HOUR, { method: 'HEAD' });
    await follow('talk:former', CLICK + 2 * HOUR);
    const now = SENT + 2 * DAY;
    const claim = await store.claimNextDue({ now, leaseMs: MINUTE, leaseToken: uuid(), timetable });
    expect(claim).toMatchObject({ message: { step: 'two', reading: { read: ['weak-ties'] } } });
  });

  it('knows its step and the offer that it followed', async () => {
    const { store, messageId } = await reader();
    expect(await store.messageWith(messageId)).toEqual({ step: 'one', offer: 'white-paper', language: 'en' });
  });
});

describe('a person’s click on the goal', () => {
  it('ends the sequence in the very claim that would have sent its next step', async () => {
    const { store, dataDir, leadId, follow } = await reader();
    const due = SENT + 2 * DAY;
    await follow(GOAL_LINK, due - WINDOW);
    expect(await sendAllDue(store, due)).toEqual([]);
    expect(await sendAllDue(store, due + 99 * DAY)).toEqual([]);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'stopped', exitReason: 'booked_call' });
    const messages = await store.messagesOf(leadId);
    expect(messages.at(-1)).toMatchObject({ step: 'two', state: 'cancelled', reason: 'booked_call' });
    expect((await store.timeline(leadId)).slice(-2)).toMatchObject([
      { kind: 'link.opened', actor: 'person', at: due - WINDOW, detail: 'link: talk, step: one' },
      { kind: 'lead.booked_call', actor: 'person', at: due },
    ]);
    expect((await store.consentReceipts(leadId)).at(-1)).toMatchObject({ kind: 'withdrawn', place: '/read' });
    expect(readFileSync(join(dataDir, 'stops.log'), 'utf8')).toContain(`booked_call\t`);
    expect(await store.nextDueAt()).toBeNull();
  });

  it('ends nothing as long as its window runs', async () => {
    const { store, leadId, follow } = await reader();
    const due = SENT + 2 * DAY;
    await follow(GOAL_LINK, due - WINDOW + 1);
    expect(await sendAllDue(store, due)).toEqual(['two']);
    expect(await sendAllDue(store, due + SECOND)).toEqual([]);
    expect(await store.findLead(leadId)).toMatchObject({ exitReason: 'booked_call' });
  });

  it.each<[string, (follow: ReturnType<typeof follower>) => Promise<void>]>([
    [
      'a burst over all links of the email',
      async (follow) => {
        await follow(GOAL_LINK, CLICK);
        await follow('weak-ties', CLICK + 200);
      },
    ],
    [
      'a scanner that finds the hidden link',
      async (follow) => {
        await follow(GOAL_LINK, CLICK);
        await follow(HIDDEN_LINK, CLICK + 8 * SECOND);
      },
    ],
    ['a look at the head', (follow) => follow(GOAL_LINK, CLICK, { method: 'HEAD' })],
    ['a script', (follow) => follow(GOAL_LINK, CLICK, { userAgent: 'curl/8' })],
    ['a program without a name', (follow) => follow(GOAL_LINK, CLICK, { userAgent: '' })],
    ['a click right after sending', (follow) => follow(GOAL_LINK, SENT + SECOND)],
    ['a press after the goal was switched off', (follow) => follow('talk:former', CLICK)],
  ])('is not %s: the sequence goes on', async (_what, act) => {
    const { store, leadId, follow } = await reader();
    await act(follow);
    expect(await sendAllDue(store, SENT + 2 * DAY)).toEqual(['two']);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active', exitReason: null });
  });

  it('keeps the reason of a sequence that had ended, and spares one that began since', async () => {
    const { store, leadId, follow, catchUp } = await reader();
    const stop = { kind: 'stop', reason: 'found_job' } as const;
    await store.changePreferences(leadId, stop, { at: CLICK - HOUR, place: '/', timetable });
    await follow(GOAL_LINK, CLICK);
    await catchUp(CLICK + WINDOW);
    expect(await store.findLead(leadId)).toMatchObject({ exitReason: 'found_job' });
    expect((await store.timeline(leadId)).map(({ kind }) => kind)).not.toContain('lead.booked_call');
    await follow(GOAL_LINK, CLICK + HOUR);
    const again = await signUp(store, { consent: CONSENT, at: CLICK + HOUR + SECOND });
    await store.confirm(again.signupId, press(CLICK + HOUR + 2 * SECOND));
    await catchUp(CLICK + HOUR + WINDOW);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'active', exitReason: null });
  });

  it('after the last email is written down, once', async () => {
    const { store, leadId, follow, catchUp } = await reader();
    await sendAllDue(store, SENT + 2 * DAY);
    await sendAllDue(store, SENT + 4 * DAY);
    const later = SENT + 9 * DAY;
    await follow(GOAL_LINK, later);
    await follow(GOAL_LINK, later + MINUTE);
    await catchUp(later + HOUR);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished', exitReason: 'booked_call' });
    const booked = (await store.timeline(leadId)).filter(({ kind }) => kind === 'lead.booked_call');
    expect(booked).toHaveLength(1);
    expect(await store.funnelNumbers({ from: later, to: later + DAY })).toMatchObject({ bookedCall: 1 });
  });
});

it('numbers tell raw and cleaned clicks apart', async () => {
  const { store, follow, catchUp } = await reader();
  await follow('a', CLICK);
  await follow('a', CLICK + MINUTE);
  await catchUp(CLICK + HOUR);
  await follow('b', CLICK + 2 * HOUR, { method: 'HEAD' });
  await follow('b', CLICK + 3 * HOUR);
  expect(await store.funnelNumbers({ from: CLICK, to: CLICK + DAY })).toMatchObject({
    clicked: 1,
    clicksRaw: 4,
    clicksByPersons: 2,
    clicksByScanners: 1,
  });
  expect(await store.funnelNumbers({ from: START, to: CLICK })).toMatchObject({ clicked: 0, clicksRaw: 0 });
});
