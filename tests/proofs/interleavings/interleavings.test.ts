import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WEEKDAYS } from '../../../src/content/model.ts';
import { systemRandom } from '../../../src/kernel/random.ts';
import type { Composer } from '../../../src/mail/order.ts';
import { createTimetable } from '../../../src/sequence/calendar.ts';
import type { Store } from '../../../src/store/port.ts';
import { openStore } from '../../../src/store/sqlite/store.ts';
import { proofSeed, proofSize } from '../../support/chance.ts';
import { sampleEmail, stepOf } from '../../support/email.ts';
import { complaints } from '../../support/ledger.ts';
import { story } from './acts.ts';
import type { Act } from './acts.ts';
import { LedgerWatch } from './ledger.ts';
import { World } from './world.ts';
import type { Tally } from './world.ts';

const RUNS = proofSize('RUNS', 10_000);
/** Friday, 20 November 2026, 10 in the morning, UTC. */
const START = Date.UTC(2026, 10, 20, 10);
const SEQUENCE = [
  stepOf('one', { daysAfter: 1, weekdays: WEEKDAYS }),
  stepOf('two', { daysAfter: 2, hour: 12 }),
  // When the one before it is some hours late, only the rule of 20 hours keeps this one back.
  stepOf('three', { daysAfter: 1, hour: 6, weekdays: WEEKDAYS }),
];
/** At most a third of how often a story comes to each, as measured: stories in which nothing happens would break no law either. */
const LEAST: Readonly<Record<string, number>> = {
  emails: 0.9,
  tries: 1.2,
  crash: 0.4,
  stop: 0.3,
  report: 0.2,
  erase: 0.03,
  hold: 0.02,
  'clock set ahead': 0.1,
  'clock set back': 0.07,
  'coach said arrived': 0.01,
  'coach said send_again': 0.005,
  'ended submitted': 0.7,
  'ended in_doubt': 0.05,
  'ended cancelled': 0.2,
  'ended failed': 0.03,
  'ended bounced': 0.08,
  'ended complained': 0.005,
};
const random = { ...systemRandom, fraction: () => 0.5 };
const timetable = createTimetable(SEQUENCE, 'Europe/Berlin', random);

/** Other bytes at every composing: a retry that composed anew would be seen. */
const compose: Composer = ({ messageId, step, lead }, at) => ({
  kind: 'composed',
  email: {
    ...sampleEmail,
    messageId,
    to: lead.email,
    headers: { 'X-Lead': lead.leadId },
    subject: `${step}, composed at ${at}`,
    tags: [
      { name: 'message', value: messageId },
      { name: 'step', value: step },
    ],
    composedAt: at,
  },
  choices: { subject: null, posts: [], stepVersion: null },
});

// What is proven is the order of things and not the disk: kills of real processes are another proof.
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
let dataDir = '';
let store: Store;
let ledger: LedgerWatch;

beforeAll(() => {
  dataDir = mkdtempSync(join(PLACE, 'funnel-interleavings-'));
  store = openStore({ dataDir });
  ledger = new LedgerWatch(dataDir);
});
afterAll(async () => {
  ledger.close();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it(`${RUNS} random interleavings break no law`, async () => {
  const seed = proofSeed();
  const tally: Tally = {};
  const begun = performance.now();
  let runs = 0;
  try {
    await fc.assert(
      fc.asyncProperty(story, async (acts) => {
        runs += 1;
        expect(await tellStory(acts, tally)).toEqual([]);
        // What `doctor` would say; it reads the whole ledger, so not after every story.
        const asked = runs % 5 === 0 ? await store.proveLedger() : [];
        expect(complaints(asked)).toEqual([]);
      }),
      { numRuns: RUNS, seed, endOnFailure: process.env['PROOF_SHRINK'] === 'no' },
    );
  } finally {
    const seconds = (performance.now() - begun) / 1000;
    const figures = Object.entries(tally).toSorted(([a], [b]) => a.localeCompare(b));
    const text = figures.map(([what, count]) => `${what} ${count}`).join(', ');
    console.info(`${runs} interleavings, seed ${seed}, ${seconds.toFixed(0)} s: ${text}`);
  }
  const rare = Object.entries(LEAST).filter(([what, share]) => (tally[what] ?? 0) < Math.floor(share * RUNS));
  expect(rare).toEqual([]);
}, 900_000);

/** The first lead signs up and presses; her document goes out, and her first step is due. */
const BEGINNING: readonly Act[] = [
  { kind: 'sign up', lead: 0, tick: true, zone: null },
  { kind: 'press', lead: 0, declined: false },
  { kind: 'work', who: 0, calls: 9, answer: 'taken' },
  { kind: 'until due', plus: 0, taken: true },
];

/** What breaks a law when these things happen in this order. */
async function tellStory(acts: readonly Act[], tally: Tally): Promise<readonly string[]> {
  ledger.clear();
  const steps = SEQUENCE.map(({ key }) => key);
  const world = new World({ store, ledger, timetable, compose, random, steps, start: START }, tally);
  for (const act of [...BEGINNING, ...acts]) if (!(await world.act(act))) return world.broken;
  await world.end();
  return world.broken;
}
