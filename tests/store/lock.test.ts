import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { holdServeLock } from '../../src/store/sqlite/lock.ts';
import { freshFolder, freshStore, signUp } from '../support/store.ts';

const LOCK = new URL('../../src/store/sqlite/lock.ts', import.meta.url).href;

/** Another process that holds the lock until it is killed. */
async function otherServer(dataDir: string) {
  const code = `import { holdServeLock } from ${JSON.stringify(LOCK)};
    // Kept, as a server keeps it: the garbage collector closes a file that nobody holds, and the lock goes with it.
    globalThis.lock = holdServeLock(${JSON.stringify(dataDir)});
    process.stdout.write(String(globalThis.lock.ok)); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [told] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, told: told.toString() };
}

it('is held by one server at a time and free again when it is released', () => {
  const dataDir = freshFolder();
  const first = holdServeLock(dataDir);
  expect(first.ok).toBe(true);
  expect(holdServeLock(dataDir)).toEqual({ ok: false });
  if (first.ok) first.release();
  const next = holdServeLock(dataDir);
  expect(next.ok).toBe(true);
  if (next.ok) next.release();
});

it('refuses a second process at once, and is free after kill -9 of the first', async () => {
  const dataDir = freshFolder();
  const { child, told } = await otherServer(dataDir);
  expect(told).toBe('true');
  const before = performance.now();
  expect(holdServeLock(dataDir)).toEqual({ ok: false });
  expect(performance.now() - before).toBeLessThan(500);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const free = holdServeLock(dataDir);
  expect(free.ok).toBe(true);
  if (free.ok) free.release();
});

it('does not keep other commands from the database', async () => {
  const dataDir = freshFolder();
  const held = holdServeLock(dataDir);
  const { store } = freshStore(dataDir);
  const second = freshStore(dataDir).store;
  await signUp(store);
  expect(await second.findLeadByEmail('maria@example.com')).not.toBeNull();
  if (held.ok) held.release();
});
