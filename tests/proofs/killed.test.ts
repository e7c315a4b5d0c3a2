import { afterAll, beforeAll, expect, it } from 'vitest';
import { proofSeed, proofSize } from '../support/chance.ts';
import { buildSender } from '../support/sender-process.ts';
import type { SenderProgram } from '../support/sender-process.ts';
import { audit, readLedger } from './audit.ts';
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
  const run = await killRun(program, { seed, kills: KILLS, workMs: WORK_MS, honoursKeys: true });
  const ledger = readLedger(run.dataDir);
  const found = audit(run.resend, ledger, run.promised);
  tell('keys honoured', seed, run, {
    'left open by a kill': ledger.openTries,
    doubles: found.doubles.length,
    lost: found.lost.length,
    'answers 409 for other bytes': run.resend.conflicts,
    'keys with other bytes': found.altered.length,
    'disagreements of ledger and provider': found.disagreements.length,
  });
  expect(run.kills).toBe(KILLS);
  expect({ ...found, conflicts: run.resend.conflicts, faults: ledger.faults }).toEqual({
    emails: run.promised.length,
    doubles: [],
    lost: [],
    altered: [],
    disagreements: [],
    conflicts: 0,
    faults: [],
  });
  // Otherwise the kills have missed what they were aimed at.
  expect(ledger.openTries).toBeGreaterThan(KILLS / 10);
  await clearUp(run);
}, 900_000);

it('the same with a provider that ignores keys shows doubles: the proof can fail', async () => {
  const seed = proofSeed();
  const kills = Math.ceil(KILLS / 7);
  const run = await killRun(program, { seed, kills, workMs: WORK_MS, honoursKeys: false });
  const ledger = readLedger(run.dataDir);
  const found = audit(run.resend, ledger, run.promised);
  tell('keys ignored', seed, run, { doubles: found.doubles.length, lost: found.lost.length });
  expect(found.doubles.length).toBeGreaterThan(kills / 20);
  expect(found.lost).toEqual([]);
  expect(found.altered).toEqual([]);
  await clearUp(run);
}, 300_000);

function tell(title: string, seed: number, run: KillRun, figures: Readonly<Record<string, number>>): void {
  const lines = {
    ...run.stages,
    processes: run.processes,
    emails: run.promised.length,
    calls: run.resend.requests.length,
    ...figures,
  };
  const text = Object.entries(lines).map(([what, value]) => `${what} ${value}`);
  console.info(`${run.kills} kills, ${title}, seed ${seed}, ${run.seconds.toFixed(0)} s: ${text.join(', ')}`);
}
