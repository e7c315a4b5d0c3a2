import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chanceOf } from '../support/chance.ts';
import { startFakeResend } from '../support/fake-resend.ts';
import type { FakeResend } from '../support/fake-resend.ts';
import type { SenderProcess, SenderProgram } from '../support/sender-process.ts';
import { addLeads } from './cohort.ts';

/** Wednesday, 25 November 2026, noon UTC: when the first leads press their buttons. */
const NOON = Date.UTC(2026, 10, 25, 12);
/** Leads that come at a time; more come as long as there are kills left. */
const COHORT = 40;

export type KillRun = {
  readonly dataDir: string;
  readonly resend: FakeResend;
  /** `address step` of each email that must go out. */
  readonly promised: readonly string[];
  readonly kills: number;
  /** Where the newest call to the provider stood at the moment of each kill. */
  readonly stages: Readonly<Record<string, number>>;
  readonly processes: number;
  readonly seconds: number;
};

/**
 * Sends whole sequences through one process after another. Each is killed at a moment of its work, until there were `kills`
 * of them; then the rest goes out in peace. Between two days' emails the clock is set forward to the next that is due.
 * @param workMs the kills fall evenly into so many milliseconds of work.
 */
export async function killRun(
  program: SenderProgram,
  run: {
    readonly seed: number;
    readonly kills: number;
    readonly workMs: number;
    readonly honoursKeys: boolean;
  },
): Promise<KillRun> {
  const begun = performance.now();
  const chance = chanceOf(run.seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'funnel-kills-'));
  const resend = await startFakeResend({
    latency: () => ({
      // Now and then so slow that the next process comes while the call of the dead one is still under way.
      taking: chance.fraction() < 0.03 ? 400 : chance.between(0, 12),
      answering: chance.between(0, 12),
    }),
  });
  if (!run.honoursKeys) resend.ignoreKeys();
  const env = { DATA_DIR: dataDir, RESEND_API_KEY: 're_x', RESEND_BASE_URL: resend.url, MAIL_RATE: '100' };
  const promised: string[] = [];
  const stages: Record<string, number> = {};
  let ahead = NOON - begun;
  let kills = 0;
  let processes = 0;
  const start = () => program.start(env, 'serve');
  const addCohort = async () => {
    const at = Math.floor(performance.now() + ahead);
    const name = `c${promised.length}`;
    promised.push(...(await addLeads(env, { count: COHORT, at, pressed: true, name })));
  };

  await addCohort();
  // The next process loads its code while the one before it works: it touches nothing until it is told to begin.
  let following: SenderProcess = start();
  try {
    for (;;) {
      const sender = following;
      following = start();
      processes += 1;
      await sender.ready;
      const moment = kills < run.kills ? chance.between(0, run.workMs) : null;
      await sender.begin(Math.floor(performance.now() + ahead));
      const idle = await (moment === null
        ? sender.idle
        : Promise.race([sender.idle, wait(moment).then(() => null)]));
      if (idle === null) {
        stages[resend.stage()] = (stages[resend.stage()] ?? 0) + 1;
        kills += 1;
        await sender.kill();
      } else if (idle.nextDueAt !== null) {
        ahead += Math.max(0, idle.nextDueAt - (performance.now() + ahead));
      } else if (kills < run.kills) {
        await addCohort();
      } else {
        break;
      }
    }
  } finally {
    await following.kill();
  }
  const seconds = (performance.now() - begun) / 1000;
  return { dataDir, resend, promised, kills, stages, processes, seconds };
}

export async function clearUp({ resend, dataDir }: KillRun): Promise<void> {
  await resend.close();
  rmSync(dataDir, { recursive: true, force: true });
}
