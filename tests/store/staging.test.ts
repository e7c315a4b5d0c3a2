import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../src/root.ts';
import {
  beginStaging,
  declareReady,
  finishRestore,
  isHalfRestored,
  putAllInPlace,
  stagingFolder,
  throwAwayStaging,
} from '../../src/store/sqlite/backup/staging.ts';
import { holdPresent } from '../../src/store/sqlite/backup/present.ts';
import { funnel, spawned } from '../commands/run.ts';
import { freshFolder, freshStore, signUp } from '../support/store.ts';
import { lacks } from '../support/lacks.ts';

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
  expect(putAllInPlace(dataDir)).toBe(ASIDE);
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

describe('while a command has the database open', () => {
  /** One lead in place, which a command has open; two in a restore that has been decided and killed. */
  async function decidedOver() {
    const { dataDir, store } = freshStore();
    await signUp(store);
    const other = freshStore();
    for (const email of ['a@example.com', 'b@example.com']) await signUp(other.store, { email });
    await other.store.close();
    cpSync(join(other.dataDir, 'funnel.db'), join(beginStaging(dataDir), 'funnel.db'));
    declareReady(dataDir, { aside: ASIDE, parts: ['funnel.db'] });
    return { dataDir, store };
  }

  it('no restore is finished, so that nothing is written into the one that is put aside', async () => {
    const { dataDir, store } = await decidedOver();
    expect(() => finishRestore(dataDir)).toThrow(/another command is using the database\. Try again/);
    expect(isHalfRestored(dataDir)).toBe(true);
    await signUp(store, { email: 'acknowledged@example.com' });
    await store.close();
    finishRestore(dataDir);
    const aside = freshStore(join(dataDir, ASIDE)).store;
    expect(await aside.findLeadByEmail('acknowledged@example.com')).not.toBeNull();
    expect((await freshStore(dataDir).store.facts()).rows['leads']).toBe(2);
  });

  it('another command stops in words', async () => {
    const { dataDir } = await decidedOver();
    for (const args of [['stats'], ['backup', join(freshFolder(), 'x.db')]])
      expect(await funnel(args, { DATA_DIR: dataDir })).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/^A restore of .* Try again when it has ended\.\n$/),
      });
  });
});

it.skipIf(lacks(process.platform === 'linux', 'this system has no /proc'))(
  'a command that waited while another database was put in place stops in words, and writes into neither',
  async () => {
    const { dataDir, store } = freshStore();
    await signUp(store);
    await store.close();
    const fresh = join(freshFolder(), 'funnel.db');
    cpSync(join(dataDir, 'funnel.db'), fresh);
    const present = holdPresent(dataDir);
    if (present.kind !== 'held') throw new Error(present.kind);
    const waiting = spawned(['stats'], { DATA_DIR: dataDir });
    // It has the file open once SQLite waits for it.
    await expect.poll(() => isOpenElsewhere(join(dataDir, 'funnel.db')), { timeout: 5000 }).toBe(true);
    mkdirSync(join(dataDir, ASIDE), { recursive: true });
    linkSync(join(dataDir, 'funnel.db'), join(dataDir, ASIDE, 'funnel.db'));
    renameSync(fresh, join(dataDir, 'funnel.db'));
    present.release();
    expect(await waiting).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(
        /^Another program holds the database .* Try again when it has finished\.\n$/,
      ),
    });
  },
);

/** By what Linux tells of the processes' open files. */
function isOpenElsewhere(path: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .some((name) => openFilesOf(name).includes(path));
}

function openFilesOf(process: string): readonly string[] {
  try {
    const folder = `/proc/${process}/fd`;
    return readdirSync(folder).map((file) => readlinkSync(join(folder, file)));
  } catch {
    return [];
  }
}
