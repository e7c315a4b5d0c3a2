import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { DAY } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { createComposer } from '../../src/mail/compose.ts';
import type { Submission, Transport } from '../../src/mail/email.ts';
import { createOutbox } from '../../src/mail/outbox.ts';
import { unlimited } from '../../src/mail/rate.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import type { SendReport } from '../../src/sequence/report.ts';
import { createSender } from '../../src/sequence/sender.ts';
import { testClock } from '../support/clock.ts';
import { emailContent, stationery } from '../support/email.ts';
import { memoryLog } from '../support/sending.ts';
import { LIMITS, START, freshStore, newSignup } from '../support/store.ts';

/** A real store, sender and outbox, and a clock that goes from day to day. */
function journeyKit(way?: (outbox: Transport) => Transport) {
  const { store } = freshStore();
  const clock = testClock(new Date(START).toISOString());
  const dir = join(mkdtempSync(join(tmpdir(), 'journey-')), 'outbox');
  const outbox = createOutbox(dir);
  const content = emailContent();
  const timetable = createTimetable(content.sequence, content.site.timeZone, systemRandom);
  const sender = createSender({
    store,
    holder: 'serve',
    compose: createComposer(stationery(content)),
    transport: way?.(outbox) ?? outbox,
    rate: unlimited,
    timetable: () => timetable,
    clock,
    random: systemRandom,
    log: memoryLog().log,
  });
  const pass = async (): Promise<readonly string[]> => {
    const reports: SendReport[] = [];
    for (let report = await sender.sendNextDue(); report !== null; report = await sender.sendNextDue()) {
      reports.push(report);
    }
    return reports.map(({ step, kind }) => `${step} ${kind}`);
  };
  const signUp = async () => {
    const signup = newSignup({ offer: 'chart' });
    await store.recordSignup(signup, LIMITS, { messageId: systemRandom.uuid() });
    return signup;
  };
  const press = (signupId: string) =>
    store.confirm(signupId, {
      firstName: 'Maria',
      situation: null,
      targetRole: null,
      declined: false,
      enrollmentId: systemRandom.uuid(),
      place: '/download',
      at: clock.now(),
      timetable,
    });
  return { store, clock, timetable, dir, pass, signUp, press };
}

it('brings the delivery at once, the steps each on its day and hour, and nothing after the last', async () => {
  const { clock, dir, pass, signUp, press } = journeyKit();
  const signup = await signUp();
  expect(await pass()).toEqual(['delivery submitted']);
  clock.advance(60_000);
  await press(signup.signupId);
  // Monday 23 November; two days later at nine in Toronto, and three days (a Saturday, so Monday) after that.
  clock.set('2026-11-25T13:59:59Z');
  expect(await pass()).toEqual([]);
  clock.set('2026-11-25T14:00:00Z');
  expect(await pass()).toEqual(['tide submitted']);
  clock.set('2026-11-30T13:59:59Z');
  expect(await pass()).toEqual([]);
  clock.set('2026-11-30T14:00:00Z');
  expect(await pass()).toEqual(['wind submitted']);
  clock.advance(90 * DAY);
  expect(await pass()).toEqual([]);
  const names = readdirSync(dir).toSorted();
  expect(names.map((name) => /Z-([a-z]+)-/.exec(name)?.[1])).toEqual(['delivery', 'tide', 'wind']);
  const tide = await PostalMime.parse(readFileSync(join(dir, names[1] ?? '')));
  expect(tide.to?.[0]?.address).toBe('maria@example.com');
  expect(tide.text).toContain('Hello Maria');
});

it('reminds once, a day later, of a document that was not fetched', async () => {
  const { clock, pass, signUp } = journeyKit();
  await signUp();
  await pass();
  clock.advance(DAY - 1);
  expect(await pass()).toEqual([]);
  clock.advance(1);
  expect(await pass()).toEqual(['reminder submitted']);
  clock.advance(30 * DAY);
  expect(await pass()).toEqual([]);
});

it('does not begin an email after the lead has left', async () => {
  const { store, clock, timetable, pass, signUp, press } = journeyKit();
  const signup = await signUp();
  await pass();
  await press(signup.signupId);
  const lead = await store.findLeadByEmail(signup.email);
  clock.set('2026-11-25T14:00:00Z');
  const change = { kind: 'stop', reason: 'unsubscribed' } as const;
  await store.changePreferences(lead?.leadId ?? '', change, {
    at: clock.now(),
    place: '/unsubscribe',
    timetable,
  });
  expect(await pass()).toEqual([]);
});

it('offers the same bytes again after faults, as one file, and waits while the account is at fault', async () => {
  const answers: Submission[] = [
    { kind: 'try_again', reason: 'application_error', afterMs: null, ambiguous: true },
    { kind: 'account_fault', reason: 'daily_quota_exceeded 429' },
  ];
  const offered: string[] = [];
  const { clock, dir, pass, signUp } = journeyKit((outbox) => ({
    ...outbox,
    submit: async (email, key, signal) => {
      offered.push(`${key} ${JSON.stringify(email)}`);
      const written = await outbox.submit(email, key, signal);
      return answers.shift() ?? written;
    },
  }));
  await signUp();
  expect(await pass()).toEqual(['delivery retry']);
  clock.advance(DAY / 24);
  expect(await pass()).toEqual(['delivery paused']);
  expect(await pass()).toEqual([]);
  clock.advance(DAY / 24);
  expect(await pass()).toEqual(['delivery submitted']);
  expect(new Set(offered).size).toBe(1);
  expect(readdirSync(dir)).toHaveLength(1);
});
