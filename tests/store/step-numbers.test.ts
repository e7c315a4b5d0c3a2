import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESSAGE_STATES } from '../../src/kernel/words.ts';
import type { StepNumbers } from '../../src/sequence/numbers-port.ts';
import { rawLedger } from '../support/raw-ledger.ts';
import { freshStore, sendAllDue, signUp, START } from '../support/store.ts';

function ledger() {
  const { store, dataDir } = freshStore();
  return { store, ...rawLedger(dataDir) };
}

const NOTHING = {
  planned: 0,
  open: 0,
  submitted: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
  inDoubt: 0,
  clicksRaw: 0,
  clickedByPersons: 0,
  unsubscribedAfter: 0,
  subjects: [],
} satisfies Partial<StepNumbers>;

describe('the numbers of each step', () => {
  it('are none as long as nothing was planned', async () => {
    expect(await freshStore().store.stepNumbers()).toEqual([]);
  });

  it('have what somebody asked for first, then the steps by name', async () => {
    const { store, lead, message } = ledger();
    const one = lead();
    message(one, { step: 'wind', state: 'planned' });
    message(one, { step: 'reminder', kind: 'reminder', state: 'planned' });
    message(one, { step: 'tide', state: 'planned' });
    message(one, { step: 'delivery', kind: 'delivery', state: 'planned' });
    const numbers = await store.stepNumbers();
    expect(numbers.map(({ step }) => step)).toEqual(['delivery', 'reminder', 'tide', 'wind']);
  });

  it('count each message once, by what became of it', async () => {
    const { store, lead, message } = ledger();
    for (const state of MESSAGE_STATES) message(lead(), { step: 'tide', state });
    expect(await store.stepNumbers()).toEqual([
      {
        ...NOTHING,
        kind: 'step',
        step: 'tide',
        planned: 10,
        open: 2,
        // Submitted, delivered, bounced, complained.
        submitted: 4,
        // A complaint is about an email that arrived.
        delivered: 2,
        bounced: 1,
        complained: 1,
        failed: 1,
        skipped: 1,
        cancelled: 1,
        inDoubt: 1,
      },
    ]);
  });

  it('count a doubt that was closed as an email that went out', async () => {
    const { store, lead, message } = ledger();
    message(lead(), { step: 'tide', state: 'in_doubt' });
    message(lead(), { step: 'tide', state: 'in_doubt', doubtClosed: true });
    expect(await store.stepNumbers()).toMatchObject([{ planned: 2, inDoubt: 1, submitted: 1 }]);
  });

  it('tell machines’ clicks from people’s, and count an email with several once', async () => {
    const { store, lead, message, click } = ledger();
    const [one, two] = [lead(), lead()];
    const read = message(one, { step: 'tide', state: 'delivered' });
    const scanned = message(two, { step: 'tide', state: 'delivered' });
    click(one, read, 'scanner');
    click(one, read, 'person');
    click(one, read, 'person');
    click(two, scanned, 'scanner');
    click(two, scanned, 'unsure');
    expect(await store.stepNumbers()).toMatchObject([{ clicksRaw: 5, clickedByPersons: 1 }]);
  });

  it('count who stopped by the last email of the sequence that she had had', async () => {
    const { store, lead, message } = ledger();
    const stopped = lead({ unsubscribedAt: 25 });
    message(stopped, { step: 'delivery', kind: 'delivery', state: 'submitted', at: 24 });
    message(stopped, { step: 'tide', state: 'delivered', at: 10 });
    message(stopped, { step: 'wind', state: 'delivered', at: 20 });
    message(stopped, { step: 'stars', state: 'cancelled', at: 25 });
    message(lead({ unsubscribedAt: 5 }), { step: 'tide', state: 'submitted', at: 6 });
    const numbers = await store.stepNumbers();
    expect(numbers.map(({ step, unsubscribedAfter }) => [step, unsubscribedAfter])).toEqual([
      ['delivery', 0],
      ['stars', 0],
      ['tide', 0],
      ['wind', 1],
    ]);
  });

  it('never hold made-up leads', async () => {
    const { store, lead, message, click } = ledger();
    const madeUp = lead({ demo: true, unsubscribedAt: 5 });
    click(madeUp, message(madeUp, { step: 'tide', state: 'delivered', choice: 'a' }), 'person');
    expect(await store.stepNumbers()).toEqual([]);
  });

  it('come from the ledger that the sender writes', async () => {
    const { store } = freshStore();
    await signUp(store);
    expect(await store.stepNumbers()).toMatchObject([{ step: 'delivery', planned: 1, open: 1 }]);
    await sendAllDue(store, START);
    expect(await store.stepNumbers()).toMatchObject([
      { step: 'delivery', planned: 1, open: 0, submitted: 1, delivered: 0 },
      { step: 'reminder', planned: 1, open: 1 },
    ]);
  });

  it('are conserved, whatever the ledger holds', async () => {
    const { store, lead, message } = ledger();
    const row = fc.record({
      step: fc.constantFrom('tide', 'wind'),
      state: fc.constantFrom(...MESSAGE_STATES),
      doubtClosed: fc.boolean(),
      choice: fc.constantFrom('a', 'b', undefined),
      version: fc.constantFrom('one', 'two', undefined),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
        for (const { choice, version, ...rest } of rows)
          message(lead(), { ...rest, ...(choice && { choice }), ...(version && { version }) });
        for (const numbers of await store.stepNumbers()) {
          const { open, submitted, failed, skipped, cancelled, inDoubt, subjects } = numbers;
          expect(open + submitted + failed + skipped + cancelled + inDoubt).toBe(numbers.planned);
          const tried = subjects.reduce((sum, { a, b }) => sum + a.submitted + b.submitted, 0);
          expect(tried).toBeLessThanOrEqual(submitted);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the two subjects of a step', () => {
  it('are counted side by side, by emails that went out and people who clicked', async () => {
    const { store, lead, message, click } = ledger();
    const sent = (
      choice: 'a' | 'b',
      state: 'delivered' | 'failed' | 'in_doubt',
      actor?: 'person' | 'scanner',
    ) => {
      const one = lead();
      const id = message(one, { step: 'tide', state, choice, version: 'v1' });
      if (actor !== undefined) click(one, id, actor);
    };
    sent('a', 'delivered', 'person');
    sent('a', 'delivered', 'scanner');
    sent('a', 'failed');
    sent('b', 'delivered', 'person');
    sent('b', 'in_doubt');
    message(lead(), { step: 'wind', state: 'delivered' });
    expect(await store.stepNumbers()).toMatchObject([
      {
        step: 'tide',
        subjects: [
          {
            stepVersion: 'v1',
            a: { submitted: 2, clicked: 1 },
            b: { submitted: 1, clicked: 1 },
          },
        ],
      },
      { step: 'wind', subjects: [] },
    ]);
  });

  it('are counted for each version by itself: what was said in other words, or another language, is another test', async () => {
    const { store, lead, message, click } = ledger();
    const old = lead();
    click(old, message(old, { step: 'tide', state: 'delivered', choice: 'a', version: 'old' }), 'person');
    message(lead(), { step: 'tide', state: 'delivered', choice: 'b', version: 'new' });
    expect(await store.stepNumbers()).toMatchObject([
      {
        submitted: 2,
        clickedByPersons: 1,
        subjects: expect.arrayContaining([
          { stepVersion: 'old', a: { submitted: 1, clicked: 1 }, b: { submitted: 0, clicked: 0 } },
          { stepVersion: 'new', a: { submitted: 0, clicked: 0 }, b: { submitted: 1, clicked: 0 } },
        ]) as unknown,
      },
    ]);
  });
});
