import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { chanceOf, proofSeed } from '../support/chance.ts';
import { startFakeResend } from '../support/fake-resend.ts';
import { startServer } from '../support/server.ts';
import { freshFolder } from '../support/store.ts';
import { addressed } from './audit.ts';
import { addLeads } from './cohort.ts';

const KILLS = 20;
const HOUR = 3_600_000;

beforeAll(() => {
  execFileSync(process.execPath, ['build.ts', '--if-stale'], { cwd: ROOT });
});

it(`a server killed ${KILLS} times offers the first overdue email within 5 seconds of each start`, async () => {
  const seed = proofSeed();
  const chance = chanceOf(seed);
  const resend = await startFakeResend({
    latency: () => ({ taking: chance.between(0, 60), answering: 20 }),
  });
  const dataDir = freshFolder();
  // As it comes: the pace of two emails a second is the setting's default.
  const env = { RESEND_API_KEY: 're_x', RESEND_BASE_URL: resend.url };
  await addLeads(
    { ...env, DATA_DIR: dataDir },
    { count: 400, at: Date.now() - HOUR, pressed: false, name: 'o' },
  );
  const delays: number[] = [];
  for (let round = 0; round <= KILLS; round++) {
    const before = resend.requests.length;
    const begun = performance.now();
    const server = await startServer({ from: 'bundle', dataDir, env });
    while (resend.requests.length === before) await wait(2);
    delays.push((resend.requests[before]?.at ?? Infinity) - begun);
    await wait(chance.between(0, 400));
    await server.kill();
  }
  const restarts = delays.slice(1).toSorted((one, other) => one - other);
  const [median, most] = [restarts[KILLS / 2], restarts.at(-1)].map((ms) => Math.round(ms ?? Infinity));
  console.info(
    `${KILLS} restarts after SIGKILL, seed ${seed}: first overdue email after ${median} ms (median), ${most} ms (most)`,
  );
  expect(most).toBeLessThan(5000);
  const emails = resend.accepted.map(({ body }) => addressed(body).email);
  expect(new Set(emails).size).toBe(emails.length);
  await resend.close();
}, 180_000);
