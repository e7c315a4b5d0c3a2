import { describe, expect, it } from 'vitest';
import type { Content, Step } from '../../src/content/model.ts';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import { rehearseLeadById } from '../../src/sequence/rehearsal-of-lead.ts';
import type { Store } from '../../src/store/port.ts';
import { emailContent, stepOf } from '../support/email.ts';
import { sendSteps } from '../support/sequence-life.ts';
import { freshStore, press, signUp, START, uuid } from '../support/store.ts';

const STEPS = [
  stepOf('a', { daysAfter: 2, hour: 21 }),
  stepOf('b', { daysAfter: 1, hour: 6, lateOk: 3 }),
  stepOf('c', { daysAfter: 5, weekdays: ['tue', 'thu'] }),
  stepOf('d', { daysAfter: 4 }),
];

const timetableOf = (steps: readonly Step[]) => createTimetable(steps, 'America/Toronto', { uuid });

async function enrolled(timezone: string) {
  const { store } = freshStore();
  const signup = await signUp(store, { timezone });
  const at = START + MINUTE;
  await store.confirm(signup.signupId, press(at, { timetable: timetableOf(STEPS) }));
  return { store, leadId: signup.leadId, signupId: signup.signupId };
}

async function foretold(store: Store, leadId: string, now: number, steps: readonly Step[] = STEPS) {
  const content = emailContent({ sequence: steps }) as Content;
  const parts = { store, content, timetable: timetableOf(steps), now };
  const rehearsal = await rehearseLeadById(parts, leadId);
  if (rehearsal === null) throw new Error('no such lead');
  return rehearsal.emails;
}

/** What a sender does that looks at every moment at which something is due, from an instant on. */
async function lived(store: Store, from: number, steps: readonly Step[] = STEPS) {
  const sent: (readonly [string, number])[] = [];
  let now = from;
  for (let looks = 0; looks < 60; looks += 1) {
    for (const { step, at } of await sendSteps(store, timetableOf(steps), now)) sent.push([step, at]);
    const next = await store.nextDueAt();
    if (next === null || next > from + 90 * DAY) break;
    now = Math.max(now, next);
  }
  return sent;
}

/** Foretells at an instant, lives from then on, and compares. */
async function compare(store: Store, leadId: string, now: number, steps: readonly Step[] = STEPS) {
  const emails = await foretold(store, leadId, now, steps);
  const planned = emails.filter(({ step, state }) => state === 'planned' && step.length === 1);
  const skipped = emails.filter(({ state, at }) => state === 'skipped' && at !== null && at >= now);
  const sent = await lived(store, now, steps);
  expect(sent).toEqual(planned.map(({ step, at }) => [step, at]));
  const ledger = await store.messagesOf(leadId);
  const left = ledger.filter(({ state, endedAt }) => state === 'skipped' && (endedAt ?? 0) >= now);
  expect(left.map(({ step, reason }) => [step, reason])).toEqual(
    skipped.filter(({ note }) => note?.includes('stale') === false).map(({ step, note }) => [step, note]),
  );
  return emails;
}

describe('the calendar of a lead is what the sender does', () => {
  it.each(['Europe/London', 'Pacific/Auckland', 'America/New_York'])(
    'from the press on, in %s',
    async (zone) => {
      const { store, leadId } = await enrolled(zone);
      const emails = await compare(store, leadId, START + HOUR);
      expect(emails.filter(({ state }) => state === 'planned').length).toBeGreaterThanOrEqual(4);
    },
  );

  it.each([1, 4, 6, 9, 12, 14])('after the sender was off for %d days', async (days) => {
    const { store, leadId } = await enrolled('Europe/London');
    const due = Date.UTC(2026, 10, 25, 21);
    await compare(store, leadId, due + days * DAY + 2 * HOUR);
  });

  it('when it was off for so long that the sequence ends', async () => {
    const { store, leadId } = await enrolled('Europe/London');
    const emails = await compare(store, leadId, Date.UTC(2026, 11, 11, 12));
    expect(emails.find(({ step }) => step === 'a')).toMatchObject({
      state: 'skipped',
      note: '16 days behind: the sequence is stopped as stale',
    });
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'stopped', exitReason: 'stale' });
  });

  it.each(['pause', 'fewer'] as const)('after she asked for %s', async (wish) => {
    const { store, leadId } = await enrolled('Europe/London');
    const at = START + 2 * HOUR;
    const change = wish === 'pause' ? ({ kind: wish, until: at + 10 * DAY } as const) : { kind: wish };
    await store.changePreferences(leadId, change, { at, place: '/', timetable: timetableOf(STEPS) });
    await compare(store, leadId, at + MINUTE);
  });

  it('after the coach took the waiting step out, and put another in', async () => {
    const { store, leadId } = await enrolled('Europe/London');
    const edited = [stepOf('e', { daysAfter: 3 }), ...STEPS.slice(1)];
    const emails = await compare(store, leadId, START + HOUR, edited);
    expect(emails.find(({ step }) => step === 'a')).toMatchObject({
      state: 'skipped',
      note: 'the step is no longer in the content',
    });
  });

  it('and it tells that sending is paused', async () => {
    const { store, leadId } = await enrolled('Europe/London');
    await store.holdSending({ kind: 'coach', reason: 'holiday', at: START });
    const content = emailContent({ sequence: STEPS }) as Content;
    const parts = { store, content, timetable: timetableOf(STEPS), now: START + HOUR };
    expect(await rehearseLeadById(parts, leadId)).toMatchObject({
      lead: { leadId },
      pause: { kind: 'coach', reason: 'holiday' },
    });
    expect(await rehearseLeadById(parts, uuid())).toBeNull();
  });
});
