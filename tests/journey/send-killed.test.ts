import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { SECOND } from '../../src/kernel/clock.ts';
import { ROOT } from '../../src/root.ts';
import { LEASE } from '../../src/sequence/retries.ts';
import { funnel } from '../commands/run.ts';
import { startFakeResend } from '../support/fake-resend.ts';
import { START, freshStore, signUp } from '../support/store.ts';

test('what a killed “funnel send” had in hand is sent when its lease is over, as the same email', async () => {
  const { store, dataDir } = freshStore();
  await signUp(store);
  await store.close();
  const resend = await startFakeResend();
  onTestFinished(() => resend.close());
  const env = { DATA_DIR: dataDir, RESEND_API_KEY: 're_x', RESEND_BASE_URL: resend.url };
  const at = (seconds: number) => ({
    ...env,
    FUNNEL_CLOCK: new Date(START + seconds * SECOND).toISOString(),
  });

  // The provider takes the email and never answers; the process dies while it waits.
  resend.mode({ kind: 'hang' });
  const child = spawn(process.execPath, ['src/main.ts', 'send'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...at(1) },
    stdio: 'ignore',
  });
  while (resend.requests.length === 0) await wait(5);
  child.kill('SIGKILL');
  await once(child, 'close');
  resend.mode({ kind: 'ok' });

  // Nobody can know whether that process is dead: until its lease is over the email is not touched.
  expect(await funnel(['send'], at(50))).toEqual({ code: 0, out: '', err: 'Nothing is due.\n' });
  // A minute in hand: it read its clock some moments after it had started.
  const later = await funnel(['send'], at(LEASE / SECOND + 60));
  expect([later.code, later.err]).toEqual([0, 'Done: 1 submitted.\n']);
  expect(resend.requests).toHaveLength(2);
  const [first, second] = resend.requests;
  expect([second?.key, second?.body]).toEqual([first?.key, first?.body]);
  expect(resend.accepted).toHaveLength(1);
}, 60_000);
