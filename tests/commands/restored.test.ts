import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFunnel } from '../../src/commands/with-funnel.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Config } from '../../src/config/config.ts';
import { HOUR, systemClock } from '../../src/kernel/clock.ts';
import { ROOT } from '../../src/root.ts';
import { inspectBackup } from '../../src/store/sqlite/backup/read.ts';
import {
  beginStaging,
  declareReady,
  isHalfRestored,
  stagingFolder,
} from '../../src/store/sqlite/backup/staging.ts';
import { holdServeLock } from '../../src/store/sqlite/lock.ts';
import { openStore } from '../../src/store/sqlite/store.ts';
import { chanceOf, proofSeed } from '../support/chance.ts';
import { startServer } from '../support/server.ts';
import { confirmedLead, fakeTimetable, freshFolder, freshStore, signUp } from '../support/store.ts';
import { funnel } from './run.ts';

/** A database with so many leads, in one file. */
async function databaseOf(leads: number): Promise<string> {
  const dataDir = freshFolder();
  const store = openStore({ dataDir });
  const at = Date.now() - HOUR;
  await Promise.all(
    Array.from({ length: leads }, async (_, n) => await signUp(store, { email: `p${n}@example.com`, at })),
  );
  await store.close();
  return dataDir;
}

async function leadsIn(dataDir: string): Promise<unknown> {
  const store = openStore({ dataDir });
  const { rows } = await store.facts();
  await store.close();
  return rows['leads'];
}

function configIn(dataDir: string): Config {
  const read = readConfig({ DATA_DIR: dataDir }, () => '');
  if (!read.ok) throw new Error(read.problems.join());
  return read.config;
}

type Run = {
  readonly args: readonly string[];
  readonly dataDir: string;
  /** Whether the work has left its first trace on the disk. */
  readonly begun: () => boolean;
};

/** Runs a command as a process of its own and kills it so long after its work began. @returns how long it was at work, milliseconds. */
async function killedAfter(ms: number, { args, dataDir, begun }: Run): Promise<number> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
    stdio: 'ignore',
  });
  let isOver = false;
  const ended = once(child, 'exit').finally(() => (isOver = true));
  while (!isOver && !begun()) await wait(1);
  const begin = performance.now();
  await Promise.race([wait(Math.min(ms, 60_000)), ended]);
  child.kill('SIGKILL');
  await ended;
  return performance.now() - begin;
}

describe('a restore that was cut off after it had been decided', () => {
  /** One lead in place; two in a restore that is ready. */
  async function halfRestored(): Promise<string> {
    const dataDir = await databaseOf(1);
    const staging = beginStaging(dataDir);
    cpSync(join(await databaseOf(2), 'funnel.db'), join(staging, 'funnel.db'));
    declareReady(dataDir, { aside: 'backups/replaced-x', parts: ['funnel.db'] });
    return dataDir;
  }

  it('is finished by the next command, whichever it is', async () => {
    const dataDir = await halfRestored();
    expect((await funnel(['stats'], { DATA_DIR: dataDir })).out).toMatch(/^signups +2\b/m);
    expect(isHalfRestored(dataDir)).toBe(false);
    expect(existsSync(join(dataDir, 'backups/replaced-x/funnel.db'))).toBe(true);
  });

  it('is finished by the server, which says so', async () => {
    const dataDir = await halfRestored();
    const server = await startServer({ dataDir });
    onTestFinished(async () => void (await server.stop()));
    expect(server.stderr()).toMatch(/A restore had been cut off; it is finished now/);
    expect(await leadsIn(dataDir)).toBe(2);
  });

  it('is finished also when it was decided just before a command opened the database', async () => {
    const dataDir = await databaseOf(1);
    const other = await databaseOf(2);
    const decide = () => {
      cpSync(join(other, 'funnel.db'), join(beginStaging(dataDir), 'funnel.db'));
      declareReady(dataDir, { aside: 'backups/replaced-x', parts: ['funnel.db'] });
    };
    let looks = 0;
    const opened = await openFunnel(configIn(dataDir), {
      // Asked for when openFunnel has looked for a half restore and has not opened the database yet.
      get clock() {
        looks += 1;
        if (looks === 1) decide();
        return systemClock;
      },
    });
    onTestFinished(async () => await opened.close());
    expect((await opened.store.facts()).rows['leads']).toBe(2);
    expect(isHalfRestored(dataDir)).toBe(false);
  });

  it('keeps other commands out while it is under way', async () => {
    const dataDir = await halfRestored();
    const lock = holdServeLock(dataDir);
    const ran = await funnel(['stats'], { DATA_DIR: dataDir });
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/A restore is under way/) });
    if (lock.ok) lock.release();
  });
});

it('a server on a database that was copied back by hand starts paused, and says so on its pages for machines', async () => {
  const dataDir = freshFolder();
  const store = openStore({ dataDir });
  const { leadId } = await confirmedLead(store, { at: Date.now() - HOUR });
  await store.close();
  const copy = readFileSync(join(dataDir, 'funnel.db'));
  const later = openStore({ dataDir });
  await later.changePreferences(
    leadId,
    { kind: 'stop', reason: 'unsubscribed' },
    { at: Date.now(), place: '/unsubscribe', timetable: fakeTimetable() },
  );
  await later.close();
  writeFileSync(join(dataDir, 'funnel.db'), copy);
  // What a restore left that was killed before it was decided: the server throws it away.
  writeFileSync(join(beginStaging(dataDir), 'funnel.db'), 'half');
  const server = await startServer({ dataDir });
  onTestFinished(async () => void (await server.stop()));
  expect(server.stderr()).toMatch(/This database is an older copy: .* 1 later stops/);
  const ready = (await (await fetch(`${server.url}/readyz`)).json()) as {
    readonly reasons: readonly string[];
  };
  expect(ready.reasons[0]).toMatch(/^Sending is paused: the database is an older copy/);
  await wait(500);
  expect(existsSync(join(dataDir, 'outbox'))).toBe(false);
  expect(existsSync(stagingFolder(dataDir))).toBe(false);
  expect(await freshStore(dataDir).store.findLead(leadId)).toMatchObject({ status: 'unsubscribed' });
});

describe('kill -9', () => {
  const seed = proofSeed();
  const chance = chanceOf(seed);
  /** Parts of the whole work, one in each quarter of it. */
  const parts = () => [0, 1, 2, 3].map((quarter) => (quarter + chance.fraction()) / 4);

  it(`of a backup leaves no file of that name, or a whole one (seed ${seed})`, async () => {
    const dataDir = await databaseOf(2000);
    const run = (file: string): Run => ({
      args: ['backup', file],
      dataDir,
      begun: () => readdirSync(dirname(file)).some((name) => name.endsWith('.partial')),
    });
    const whole = await killedAfter(Infinity, run(join(freshFolder(), 'whole.db')));
    let inside = 0;
    for (const part of parts()) {
      const file = join(freshFolder(), 'killed.db');
      await killedAfter(whole * part, run(file));
      const left = existsSync(file) ? inspectBackup(file) : null;
      expect([null, 2000]).toContain(left?.ok === true ? left.leads : (left?.problem ?? null));
      if (left === null && run(file).begun()) inside += 1;
    }
    expect(inside).toBeGreaterThan(0);
    expect(await leadsIn(dataDir)).toBe(2000);
  }, 60_000);

  it(`of a restore leaves the old state or the new one, whole (seed ${seed})`, async () => {
    const [old, fresh] = [await databaseOf(300), await databaseOf(2000)];
    const file = join(freshFolder(), 'backup.db');
    mkdirSync(join(fresh, 'content'));
    writeFileSync(join(fresh, 'content/note.txt'), 'new');
    expect((await funnel(['backup', file], { DATA_DIR: fresh })).code).toBe(0);
    const copyOfOld = () => {
      const dataDir = freshFolder();
      cpSync(old, dataDir, { recursive: true });
      rmSync(join(dataDir, 'content'), { recursive: true, force: true });
      return dataDir;
    };
    const run = (dataDir: string): Run => ({
      args: ['restore', file, '--force'],
      dataDir,
      begun: () => existsSync(stagingFolder(dataDir)),
    });
    const whole = await killedAfter(Infinity, run(copyOfOld()));
    let inside = 0;
    for (const part of parts()) {
      const dataDir = copyOfOld();
      await killedAfter(whole * part, run(dataDir));
      if (existsSync(stagingFolder(dataDir))) inside += 1;
      expect((await funnel(['stats'], { DATA_DIR: dataDir })).code).toBe(0);
      const leads = await leadsIn(dataDir);
      expect([300, 2000]).toContain(leads);
      expect(existsSync(join(dataDir, 'content/note.txt'))).toBe(leads === 2000);
    }
    expect(inside).toBeGreaterThan(0);
  }, 120_000);
});
