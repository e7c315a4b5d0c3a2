import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../src/content/model.ts';
import type { Step } from '../../src/content/model.ts';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { createTimetable } from '../../src/sequence/calendar.ts';
import type { Store } from '../../src/store/port.ts';
import { stepOf } from '../support/email.ts';
import { sendSteps } from '../support/sequence-life.ts';
import type { Sent } from '../support/sequence-life.ts';
import { freshStore, press, signUp, START, uuid } from '../support/store.ts';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const ZONES = ['Europe/London', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata'];

const timing = fc.record({
  daysAfter: fc.integer({ min: 1, max: 4 }),
  hour: fc.integer({ min: 0, max: 23 }),
  weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  lateOk: fc.integer({ min: 0, max: 14 }),
});

/** What may happen; each is followed by a pass of the sender. */
const happening = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }),
    weight: 5,
  },
  fc.record({ kind: fc.constant('add' as const), key: fc.constantFrom(...KEYS), place: fc.nat(5), timing }),
  fc.record({ kind: fc.constant('remove' as const), place: fc.nat(5) }),
  fc.record({ kind: fc.constant('move' as const), from: fc.nat(5), to: fc.nat(5) }),
  fc.record({ kind: fc.constant('time' as const), place: fc.nat(5), timing }),
  fc.record({ kind: fc.constant('off' as const), days: fc.integer({ min: 2, max: 20 }) }),
  fc.record({
    kind: fc.constant('prefer' as const),
    lead: fc.nat(2),
    wish: fc.constantFrom('pause' as const, 'resume' as const, 'fewer' as const),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

function edited(steps: readonly Step[], one: Happening): readonly Step[] {
  switch (one.kind) {
    case 'add': {
      const { key, place, timing: times } = one;
      if (steps.some((step) => step.key === key)) return steps;
      return steps.toSpliced(place, 0, stepOf(key, times));
    }
    case 'remove':
      return steps.toSpliced(one.place, 1);
    case 'move': {
      const { from, to } = one;
      const [moved] = steps.slice(from, from + 1);
      return moved === undefined ? steps : steps.toSpliced(from, 1).toSpliced(to, 0, moved);
    }
    case 'time': {
      const { place, timing: times } = one;
      return steps.map((step, index) => (index === place ? { ...step, ...times } : step));
    }
    case 'wait':
    case 'off':
    case 'prefer':
      return steps;
  }
}

async function prefer(
  store: Store,
  leadId: string,
  wish: 'pause' | 'resume' | 'fewer',
  at: number,
  steps: readonly Step[],
) {
  const change =
    wish === 'pause' ? ({ kind: 'pause', until: at + 3 * DAY } as const) : ({ kind: wish } as const);
  await store.changePreferences(leadId, change, { at, place: '/', timetable: timetableOf(steps) });
}

const timetableOf = (steps: readonly Step[]) => createTimetable(steps, 'Europe/London', { uuid });

/** A day apart, late in the evening and early in the morning: only the rule of 20 hours keeps them from coming together. */
const HASTY: readonly Step[] = [
  stepOf('a', { daysAfter: 1, hour: 21, weekdays: WEEKDAYS }),
  stepOf('b', { daysAfter: 1, hour: 2, weekdays: WEEKDAYS }),
  stepOf('c', { daysAfter: 1, hour: 23, weekdays: WEEKDAYS }),
];

/** Three leads live through what happens. @returns the steps that left in each pass of the sender, in order. */
async function live(happenings: readonly Happening[]): Promise<readonly (readonly Sent[])[]> {
  const { store } = freshStore();
  let steps = HASTY;
  let now = START;
  const leads: string[] = [];
  for (const [index, timezone] of ZONES.slice(0, 3).entries()) {
    const signup = await signUp(store, { email: `lead-${index}@example.com`, timezone });
    await store.confirm(signup.signupId, press(START, { timetable: timetableOf(steps) }));
    leads.push(signup.leadId);
  }
  const passes: (readonly Sent[])[] = [];
  for (const one of happenings) {
    if (one.kind === 'prefer') {
      const { lead, wish } = one;
      await prefer(store, leads[lead] ?? '', wish, now, steps);
    }
    if (one.kind === 'off') now += one.days * DAY;
    steps = edited(steps, one);
    const hours = one.kind === 'wait' ? one.hours : 1;
    for (let hour = 0; hour < hours; hour += 3) {
      now += 3 * HOUR;
      passes.push(await sendSteps(store, timetableOf(steps), now));
    }
  }
  await conserved(store);
  await store.close();
  return passes;
}

async function conserved(store: Store): Promise<void> {
  for (const numbers of await store.stepNumbers()) {
    const { planned, open, submitted, failed, skipped, cancelled, inDoubt } = numbers;
    expect(open + submitted + failed + skipped + cancelled + inDoubt).toBe(planned);
  }
}

describe('whatever a coach does to the sequence while three people are in it', () => {
  it('nobody gets a step twice, two within 20 hours, or more than one in a pass', async () => {
    let total = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 18 }), async (happenings) => {
        const passes = await live(happenings);
        total += passes.flat().length;
        for (const pass of passes) {
          expect(new Set(pass.map(({ leadId }) => leadId)).size).toBe(pass.length);
        }
        const byLead = Map.groupBy(passes.flat(), ({ leadId }) => leadId);
        for (const sent of byLead.values()) {
          expect(new Set(sent.map(({ step }) => step)).size).toBe(sent.length);
          const gaps = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
          expect(Math.min(Infinity, ...gaps)).toBeGreaterThanOrEqual(20 * HOUR);
        }
      }),
      { numRuns: 20, seed: 20_261_126 },
    );
    // Not by sending nothing.
    expect(total).toBeGreaterThan(60);
  }, 60_000);
});

describe('an edit of the sequence', () => {
  const daily = (key: string) => stepOf(key, { daysAfter: 1, weekdays: WEEKDAYS });
  const noonOf = (day: number) => Date.UTC(2026, 10, 23 + day, 12);

  async function begin(steps: readonly Step[]) {
    const { store } = freshStore();
    const signup = await signUp(store, { timezone: 'Europe/London' });
    await store.confirm(signup.signupId, press(START + MINUTE, { timetable: timetableOf(steps) }));
    return { store, leadId: signup.leadId };
  }

  /** What goes out at noon of each day from one on, with the sequence as it is on that day. */
  async function days(store: Store, from: number, until: number, steps: readonly Step[]) {
    const sent: string[] = [];
    for (let day = from; day <= until; day += 1) {
      const pass = await sendSteps(store, timetableOf(steps), noonOf(day));
      sent.push(...pass.map(({ step }) => `${day} ${step}`));
    }
    return sent;
  }

  it('that removes the step which waits skips it on its day, and plans the next one from then', async () => {
    const { store, leadId } = await begin([daily('a'), daily('b'), daily('c')]);
    expect(await days(store, 1, 1, [daily('a'), daily('b'), daily('c')])).toEqual(['1 a']);
    expect(await days(store, 2, 5, [daily('a'), daily('c')])).toEqual(['3 c']);
    const messages = await store.messagesOf(leadId);
    expect(messages.find(({ step }) => step === 'b')).toMatchObject({
      state: 'skipped',
      reason: 'the step is no longer in the content',
    });
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
  });

  it('that inserts a step before those she had sends it next, after the one that waits, a day apart', async () => {
    const { store } = await begin([daily('b'), daily('c')]);
    expect(await days(store, 1, 1, [daily('b'), daily('c')])).toEqual(['1 b']);
    expect(await days(store, 2, 6, [daily('a'), daily('b'), daily('c')])).toEqual(['2 c', '3 a']);
  });

  it('that adds a step brings nobody back who came to the end', async () => {
    const { store, leadId } = await begin([daily('a')]);
    await days(store, 1, 2, [daily('a')]);
    expect(await days(store, 3, 8, [daily('a'), daily('b')])).toEqual([]);
    expect(await store.findLead(leadId)).toMatchObject({ followUp: 'finished' });
  });

  it('that takes a step away and brings it back sends it to nobody who had it', async () => {
    const { store } = await begin([daily('a'), daily('b')]);
    await days(store, 1, 1, [daily('a'), daily('b')]);
    expect(await days(store, 2, 2, [daily('b')])).toEqual(['2 b']);
    expect(await days(store, 3, 9, [daily('a'), daily('b'), daily('a2')])).toEqual([]);
  });

  it('of the hour moves the email that waits within its day, never before its time', async () => {
    const { store } = await begin([daily('a')]);
    const evening = [{ ...daily('a'), hour: 18 }];
    expect(await sendSteps(store, timetableOf(evening), noonOf(1))).toEqual([]);
    const at = Date.UTC(2026, 10, 24, 18);
    expect(await sendSteps(store, timetableOf(evening), at - 1)).toEqual([]);
    expect(await sendSteps(store, timetableOf(evening), at)).toMatchObject([{ step: 'a', at }]);
  });
});
