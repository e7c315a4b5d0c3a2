import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../src/root.ts';
import {
  beginStaging,
  declareReady,
  finishRestore,
  isHalfRestored,
  stagingFolder,
  throwAwayStaging,
} from '../../src/store/sqlite/backup/staging.ts';
import { freshFolder } from '../support/store.ts';

const PARTS = ['content', 'secret', 'stops.log', 'funnel.db'] as const;
const ASIDE = 'backups/replaced-x';

/** A data folder with something old in each place, and a restore of something new that has been decided. */
function decided(): string {
  const dataDir = freshFolder();
  fill(dataDir, 'old');
  for (const companion of ['funnel.db-wal', 'funnel.db-shm']) writeFileSync(join(dataDir, companion), 'old');
  fill(beginStaging(dataDir), 'new');
  declareReady(dataDir, { aside: ASIDE, parts: PARTS });
  return dataDir;
}

function fill(folder: string, what: string): void {
  mkdirSync(join(folder, 'content'));
  writeFileSync(join(folder, 'content/site.yaml'), what);
  for (const name of ['secret', 'stops.log', 'funnel.db']) writeFileSync(join(folder, name), what);
}

function contentsOf(folder: string): readonly string[] {
  return ['content/site.yaml', 'secret', 'stops.log', 'funnel.db'].map((path) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : 'none',
  );
}

it('a restore puts every part in place, and what was there aside', () => {
  const dataDir = decided();
  expect(finishRestore(dataDir)).toBe(ASIDE);
  expect(contentsOf(dataDir)).toEqual(['new', 'new', 'new', 'new']);
  expect(contentsOf(join(dataDir, ASIDE))).toEqual(['old', 'old', 'old', 'old']);
  expect(readdirSync(dataDir).toSorted()).toEqual(['backups', 'content', 'funnel.db', 'secret', 'stops.log']);
  expect(readdirSync(join(dataDir, ASIDE))).toContain('funnel.db-wal');
});

/** Finishes a decided restore in a process of its own that is killed before its n-th step. @returns whether it was. */
function finishUntil(step: number, dataDir: string): boolean {
  const run = spawnSync(process.execPath, ['tests/support/restore-worker.ts', String(step), dataDir], {
    cwd: ROOT,
  });
  if (run.signal === null && run.status !== 0) throw new Error(run.stderr.toString());
  return run.signal === 'SIGKILL';
}

it('killed before any of its steps it is finished by the next program, and nothing is lost', () => {
  let step = 0;
  let wasKilled: boolean;
  do {
    step += 1;
    const dataDir = decided();
    wasKilled = finishUntil(step, dataDir);
    // The database is the old one or the new one, never missing.
    expect(contentsOf(dataDir)[3]).toMatch(/^(old|new)$/);
    if (isHalfRestored(dataDir)) finishRestore(dataDir);
    else throwAwayStaging(dataDir);
    expect(contentsOf(dataDir), `killed before step ${step}`).toEqual(['new', 'new', 'new', 'new']);
    expect(contentsOf(join(dataDir, ASIDE))).toEqual(['old', 'old', 'old', 'old']);
    expect(existsSync(stagingFolder(dataDir))).toBe(false);
    expect(existsSync(join(dataDir, 'funnel.db-wal'))).toBe(false);
  } while (wasKilled);
  expect(step).toBeGreaterThan(10);
}, 60_000);

it('killed before it was decided it has changed nothing', () => {
  const dataDir = freshFolder();
  fill(dataDir, 'old');
  fill(beginStaging(dataDir), 'new');
  expect(isHalfRestored(dataDir)).toBe(false);
  throwAwayStaging(dataDir);
  expect(contentsOf(dataDir)).toEqual(['old', 'old', 'old', 'old']);
});

it('brings only the parts that it has', () => {
  const dataDir = freshFolder();
  fill(dataDir, 'old');
  const staging = beginStaging(dataDir);
  fill(staging, 'new');
  cpSync(join(staging, 'secret'), join(staging, 'migrate.lock'));
  declareReady(dataDir, { aside: ASIDE, parts: ['funnel.db'] });
  finishRestore(dataDir);
  expect(contentsOf(dataDir)).toEqual(['old', 'old', 'old', 'new']);
  expect(contentsOf(join(dataDir, ASIDE))).toEqual(['none', 'none', 'none', 'old']);
});
