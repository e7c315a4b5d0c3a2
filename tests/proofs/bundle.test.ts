import { execFile, execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { inspectBackup } from '../../src/store/sqlite/backup/read.ts';
import { freshFolder } from '../support/store.ts';
import { addLeads } from './cohort.ts';

beforeAll(() => {
  execFileSync(process.execPath, ['build.ts', '--if-stale'], { cwd: ROOT });
});

/** Runs what `npm run funnel` runs. Rejects with what it said when it fails. */
async function bundled(dataDir: string, ...args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/main.js', ...args, '--json'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
  });
  return JSON.parse(stdout);
}

it('the bundle makes a backup with its own copier, and brings it back', async () => {
  const [dataDir, moved] = [freshFolder(), freshFolder()];
  await addLeads({ DATA_DIR: dataDir }, { count: 30, at: Date.now() - 60_000, pressed: true, name: 'b' });
  const file = join(freshFolder(), 'backup.db');
  expect(await bundled(dataDir, 'backup', file)).toMatchObject({
    file,
    leads: 30,
    bytes: statSync(file).size,
  });
  expect(inspectBackup(file)).toMatchObject({ ok: true, kind: 'backup', leads: 30 });
  expect(await bundled(moved, 'restore', file)).toMatchObject({ kind: 'backup', leads: 30, links: 'file' });
  expect(await bundled(moved, 'stats')).toMatchObject({ signups: 30 });
}, 60_000);
