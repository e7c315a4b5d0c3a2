import { expect, it } from 'vitest';
import { WEEKDAYS } from '../../src/content/model.ts';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { createComposer } from '../../src/mail/compose.ts';
import { unlimited } from '../../src/mail/rate.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import { createSender } from '../../src/sequence/sender.ts';
import { testClock } from '../support/clock.ts';
import { emailContent, stationery, stepOf } from '../support/email.ts';
import { memoryLog } from '../support/sending.ts';
import { freshStore, press, signUp, START } from '../support/store.ts';

const STEPS = ['one', 'two', 'three', 'four', 'five', 'six'];
const ZONES = ['Europe/London', 'America/Toronto', 'Pacific/Auckland', 'Australia/Lord_Howe'];

type Sent = { readonly to: string; readonly step: string; readonly at: number };

/** Leads who pressed on a Monday at nine UTC, whose six steps come every second day, and whose documents went out at once. */
async function leadsOnTheirWay(count: number) {
  const { store } = freshStore();
  const clock = testClock(new Date(START).toISOString());
  const sequence = STEPS.map((key) => stepOf(key, { daysAfter: 2, weekdays: WEEKDAYS }));
  const content = emailContent({ sequence });
  const timetable = createTimetable(sequence, content.site.timeZone, systemRandom);
  const sent: Sent[] = [];
  const skipped: string[] = [];
  const sender = createSender({
    store,
    holder: 'serve',
    compose: createComposer(stationery(content)),
    transport: {
      name: 'resend',
      live: false,
      honoursKeys: true,
      patience: MINUTE,
      submit: async ({ to, tags }) => {
        sent.push({ to, step: tags.find(({ name }) => name === 'step')?.value ?? '', at: clock.now() });
        return { kind: 'submitted', providerId: null };
      },
    },
    rate: unlimited,
    timetable: () => timetable,
    clock,
    random: systemRandom,
    log: memoryLog().log,
  });
  const pass = async () => {
    for (let report = await sender.sendNextDue(); report !== null; report = await sender.sendNextDue())
      if (report.kind === 'skipped') skipped.push(report.reason ?? '');
  };
  const people = Array.from({ length: count }, (_, n) => ({
    email: `p${n}@example.com`,
    timezone: ZONES[n % ZONES.length] ?? null,
  }));
  await Promise.all(
    people.map(async ({ email, timezone }) => {
      const signup = await signUp(store, { email, timezone, offer: 'chart' });
      await store.confirm(signup.signupId, press(signup.at, { timetable }));
    }),
  );
  await pass();
  expect(sent.map(({ step }) => step)).toEqual(Array.from({ length: count }, () => 'delivery'));
  sent.length = 0;
  /** Nothing runs for so many days; then the sender does, from one due email to the next, for some weeks. */
  const offFor = async (days: number): Promise<number> => {
    clock.advance(days * DAY);
    const back = clock.now();
    await pass();
    for (;;) {
      const next = await store.nextDueAt();
      if (next === null || next > back + 60 * DAY) return back;
      clock.advance(Math.max(0, next - clock.now()));
      await pass();
    }
  };
  return { store, people, sent, skipped, offFor };
}

it('after 10 days off with 5 steps overdue, 1,000 leads get one email that day and the others in order', async () => {
  const begun = performance.now();
  const { people, sent, skipped, offFor } = await leadsOnTheirWay(1000);
  const back = await offFor(11);
  const ofHer = new Map(people.map(({ email }) => [email, sent.filter(({ to }) => to === email)]));
  let [mostInADay, latest] = [0, 0];
  for (const { email, timezone } of people) {
    const hers = ofHer.get(email) ?? [];
    expect(hers.map(({ step }) => step)).toEqual(STEPS);
    const times = hers.map(({ at }) => at);
    const [first = NaN] = times;
    // The first was due on Wednesday the 25th at nine: nine days late, within its ten.
    latest = Math.max(latest, first - Date.UTC(2026, 10, 25, 9));
    mostInADay = Math.max(mostInADay, times.filter((at) => at < back + DAY).length);
    times.slice(1).forEach((at, n) => expect(at - (times[n] ?? NaN)).toBeGreaterThanOrEqual(20 * HOUR));
    for (const at of times) {
      const { hour } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone ?? 'UTC');
      expect(hour).toBeGreaterThanOrEqual(9);
      expect(hour).toBeLessThan(21);
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  console.info(
    `10 days off, 1,000 leads: ${sent.length} emails in ${seconds.toFixed(0)} s, at most ${mostInADay} a lead on the day of return, ` +
      `the latest ${(latest / DAY).toFixed(1)} days after its date, ${skipped.length} skipped`,
  );
  expect(mostInADay).toBe(1);
  expect(latest).toBeLessThan(11 * DAY);
  expect(skipped).toEqual([]);
  expect(sent).toHaveLength(6000);
}, 300_000);

it('after 13 days off the step that is too late is skipped with its reason, and the next ones come in order', async () => {
  const { people, sent, skipped, offFor } = await leadsOnTheirWay(40);
  const back = await offFor(14);
  expect(skipped).toHaveLength(40);
  expect(new Set(skipped)).toEqual(new Set(['12 days late']));
  expect(sent.filter(({ at }) => at < back + DAY)).toEqual([]);
  for (const { email } of people) {
    expect(sent.filter(({ to }) => to === email).map(({ step }) => step)).toEqual(STEPS.slice(1));
  }
});

it('after 20 days off a sequence is stopped as stale and nothing of it goes out', async () => {
  const { store, people, sent, offFor } = await leadsOnTheirWay(40);
  await offFor(20);
  expect(sent).toEqual([]);
  const leads = await Promise.all(people.map(({ email }) => store.findLeadByEmail(email)));
  expect(leads.map((lead) => [lead?.followUp, lead?.exitReason])).toEqual(
    Array.from({ length: 40 }, () => ['stopped', 'stale']),
  );
  expect(await store.nextDueAt()).toBeNull();
});
