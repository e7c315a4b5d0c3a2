import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { MIGRATIONS } from '../../src/store/sqlite/migrate.ts';
import { freshFolder, freshStore, signUp, START } from '../support/store.ts';

const WORKER = join(ROOT, `node_modules/.cache/store-worker-${process.pid}.mjs`);

/** Bundled, because a process that reads drizzle file by file takes a second to begin, and here three dozen begin. */
beforeAll(async () => {
  const entryPoints = [join(ROOT, 'tests/support/store-worker.ts')];
  await build({
    entryPoints,
    outfile: WORKER,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3'],
  });
});

afterAll(() => rmSync(WORKER, { force: true }));

/** Another process that works on the same database; `told` is what it has written so far, whole lines only. */
function worker(...args: readonly string[]) {
  const child = spawn(process.execPath, [WORKER, ...args, String(START), MIGRATIONS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    child,
    told: () =>
      text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .filter((line) => line !== ''),
  };
}

describe('two processes on one database', () => {
  it('never claim the same message', async () => {
    const { store, dataDir } = freshStore();
    await Promise.all(Array.from({ length: 500 }, (_, n) => signUp(store, { email: `p${n}@example.com` })));
    const senders = [worker('claim', dataDir), worker('claim', dataDir)];
    await Promise.all(senders.map(({ child }) => once(child, 'close')));
    const claims = senders.map(({ told }) => told());
    expect(claims.flat()).toHaveLength(500);
    expect(new Set(claims.flat()).size).toBe(500);
  }, 60_000);
});

describe('a process that is killed while it writes signups', () => {
  it('loses none that it has acknowledged, and leaves none by half', async () => {
    const dataDir = freshFolder();
    await freshStore(dataDir).store.close();
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 30; kill += 1) {
      const { child, told } = worker('signups', dataDir);
      // At another point of its work each time: after its first answer, its eighth, its fifteenth …
      while (told().length <= 7 * kill) await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'close');
      acknowledged.push(...told());
    }
    const { store } = freshStore(dataDir);
    expect(acknowledged.length).toBeGreaterThan(100);
    const lost = [];
    for (const signupId of acknowledged) if ((await store.findSignup(signupId)) === null) lost.push(signupId);
    expect(lost).toEqual([]);
    const { rows } = await store.facts();
    expect(await store.quickCheck()).toEqual([]);
    expect(rows['signups']).toBeGreaterThanOrEqual(acknowledged.length);
    expect([rows['leads'], rows['messages'], rows['events'], rows['attributions']]).toEqual([
      rows['signups'],
      rows['signups'],
      rows['signups'],
      2 * (rows['signups'] ?? 0),
    ]);
  }, 120_000);
});
