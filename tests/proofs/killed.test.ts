import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/sqlite/store.ts';
import { proofSeed, proofSize } from '../support/chance.ts';
import { complaints } from '../support/ledger.ts';
import { buildSender } from '../support/sender-process.ts';
import type { SenderProgram } from '../support/sender-process.ts';
import { audit, readLedger } from './audit.ts';
import type { Ledger } from './audit.ts';
import { clearUp, killRun } from './kill-run.ts';
import type { KillRun } from './kill-run.ts';

/** The kills fall evenly into so much of a process's work, in milliseconds: some emails. */
const WORK_MS = 150;
const KILLS = proofSize('KILLS', 700);

let program: SenderProgram;
beforeAll(async () => {
  program = await buildSender();
});
afterAll(() => program.remove());

it(`a sender killed ${KILLS} times sends every email once, and the same bytes under the same key`, async () => {
  const seed = proofSeed();
  const lanes = await inTwoLanes(seed, KILLS, true);
  const ledgers = lanes.map(({ dataDir }) => readLedger(dataDir));
  const audits = lanes.map((run, lane) => audit(run.resend, ledgers[lane] ?? EMPTY, run.promised));
  const openTries = sum(ledgers.map((ledger) => ledger.openTries));
  const conflicts = sum(lanes.map(({ resend }) => resend.conflicts));
  tell('keys honoured', seed, lanes, {
    'tries left open by a kill': openTries,
    doubles: sum(audits.map(({ doubles }) => doubles.length)),
    lost: sum(audits.map(({ lost }) => lost.length)),
    'answers 409 for other bytes': conflicts,
    'keys with other bytes': sum(audits.map(({ altered }) => altered.length)),
    'disagreements of ledger and provider': sum(audits.map(({ disagreements }) => disagreements.length)),
  });
  expect(sum(lanes.map(({ kills }) => kills))).toBe(KILLS);
  expect(audits).toEqual(
    lanes.map(({ promised }) => ({
      emails: promised.length,
      doubles: [],
      lost: [],
      altered: [],
      disagreements: [],
    })),
  );
  expect(conflicts).toBe(0);
  expect(ledgers.flatMap(({ faults }) => faults)).toEqual([]);
  for (const { dataDir } of lanes) expect(await proven(dataDir)).toEqual([]);
  // Otherwise the kills have missed what they were aimed at.
  expect(openTries).toBeGreaterThan(KILLS / 10);
  await Promise.all(lanes.map(clearUp));
}, 900_000);

it('the same with a provider that ignores keys shows doubles: the proof can fail', async () => {
  const seed = proofSeed();
  const kills = Math.ceil(KILLS / 7);
  const lanes = await inTwoLanes(seed, kills, false);
  const audits = lanes.map((run) => audit(run.resend, readLedger(run.dataDir), run.promised));
  const doubles = sum(audits.map((found) => found.doubles.length));
  tell('keys ignored', seed, lanes, { doubles, lost: sum(audits.map(({ lost }) => lost.length)) });
  expect(doubles).toBeGreaterThan(kills / 20);
  expect(audits.flatMap(({ lost, altered }) => [...lost, ...altered])).toEqual([]);
  await Promise.all(lanes.map(clearUp));
}, 300_000);

/** Two funnels beside each other, each with half of the kills: most of the time a process waits. */
async function inTwoLanes(seed: number, kills: number, honoursKeys: boolean): Promise<readonly KillRun[]> {
  const half = Math.floor(kills / 2);
  return await Promise.all(
    [kills - half, half].map(
      async (share, lane) =>
        await killRun(program, { seed: seed + lane, kills: share, workMs: WORK_MS, honoursKeys }),
    ),
  );
}

/** What `doctor` holds against the ledger. */
async function proven(dataDir: string): Promise<readonly string[]> {
  const store = openStore({ dataDir });
  try {
    return complaints(await store.proveLedger());
  } finally {
    await store.close();
  }
}

function tell(
  title: string,
  seed: number,
  lanes: readonly KillRun[],
  figures: Readonly<Record<string, number>>,
): void {
  const of = (count: (run: KillRun) => number) => sum(lanes.map(count));
  const stages = ['on its way in', 'taken', 'answered'].map((stage) => [
    `newest call ${stage}`,
    of((run) => run.stages[stage] ?? 0),
  ]);
  const lines = {
    ...(Object.fromEntries(stages) as Record<string, number>),
    processes: of(({ processes }) => processes),
    emails: of(({ promised }) => promised.length),
    calls: of(({ resend }) => resend.requests.length),
    ...figures,
  };
  const text = Object.entries(lines).map(([what, value]) => `${what} ${value}`);
  const seconds = Math.max(...lanes.map((run) => run.seconds)).toFixed(0);
  console.info(`${of(({ kills }) => kills)} kills, ${title}, seed ${seed}, ${seconds} s: ${text.join(', ')}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const EMPTY: Ledger = { messages: [], openTries: 0, faults: [] };
