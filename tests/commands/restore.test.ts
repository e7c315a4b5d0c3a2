import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY, HOUR } from '../../src/kernel/clock.ts';
import { stagingFolder } from '../../src/store/sqlite/backup/staging.ts';
import type { Store } from '../../src/store/port.ts';
import { openStore } from '../../src/store/sqlite/store.ts';
import { testFunnel } from '../support/funnel.ts';
import { startServer } from '../support/server.ts';
import { confirmedLead, fakeTimetable, freshFolder, freshStore, signUp, START } from '../support/store.ts';
import { funnel } from './run.ts';
import type { Ran } from './run.ts';

const NOW = { FUNNEL_CLOCK: new Date(START + DAY).toISOString() };

/** A backup of a folder in which one person has signed up and pressed the button. */
async function backedUp() {
  const { store, dataDir } = freshStore();
  const { leadId } = await confirmedLead(store);
  await store.close();
  const file = join(freshFolder(), 'backup.db');
  expect(await funnel(['backup', file], { DATA_DIR: dataDir, ...NOW })).toMatchObject({ code: 0 });
  return { dataDir, file, leadId };
}

const restore = async (dataDir: string, file: string, ...more: readonly string[]): Promise<Ran> =>
  await funnel(['restore', file, ...more], { DATA_DIR: dataDir, ...NOW });

async function leadsIn(dataDir: string): Promise<unknown> {
  const store = openStore({ dataDir });
  const { rows } = await store.facts();
  await store.close();
  return rows['leads'];
}

describe('backup', () => {
  it('tells what it wrote, as words and as JSON, and leaves an existing file alone', async () => {
    const { dataDir, file } = await backedUp();
    const again = await funnel(['backup', file], { DATA_DIR: dataDir });
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toMatch(/exists already and is left as it is/);
    const other = `${file}.2`;
    const ran = await funnel(['backup', other, '--json'], { DATA_DIR: dataDir });
    expect(JSON.parse(ran.out)).toEqual({
      file: other,
      leads: 1,
      contentFiles: 0,
      bytes: statSync(other).size,
    });
    expect(await funnel(['backup', file], { DATA_DIR: freshFolder() })).toMatchObject({ code: 1 });
    expect(await funnel(['backup'], { DATA_DIR: dataDir })).toMatchObject({ code: 2 });
  });
});

describe('restore on an empty machine', () => {
  it('brings back links, stops and what the desk had edited, and sends nothing until a person says so', async () => {
    const house = await testFunnel({ now: '2026-11-23T14:00:00Z' });
    await house.signUp({ follow_up: 'yes' });
    await house.signUp({ email: 'bo@example.com', follow_up: 'yes' });
    await house.send();
    const [ana, bo] = house.inbox.map((email) => house.linkIn(email, '/download/'));
    await house.post(ana!, {});
    await house.post(bo!, {});
    house.clock.advance(3 * DAY);
    await house.send();
    await house.post(house.linkIn(house.inbox.at(-1)!, '/unsubscribe/'), {});
    const post = 'posts/edited.md';
    mkdirSync(join(house.dataDir, 'content/legal'), { recursive: true });
    const privacy = readFileSync(join(house.funnel.config.contentDir, 'legal/privacy.md'), 'utf8');
    writeFileSync(join(house.dataDir, 'content/legal/privacy.md'), `${privacy}\nEdited on the desk.\n`);
    const file = join(freshFolder(), 'backup.db');
    const env = { PUBLIC_URL: 'http://funnel.test', FUNNEL_CLOCK: '2026-11-27T14:00:00Z' };
    expect((await funnel(['backup', file], { DATA_DIR: house.dataDir, ...env })).code).toBe(0);

    const dataDir = join(freshFolder(), 'data');
    const ran = await funnel(['restore', file], { DATA_DIR: dataDir, ...env });
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^Restored +\/.*backup\.db, of 2026-11-27T14:00:00\.\d+Z, with 2 leads\.$/m);
    expect(ran.out).toMatch(/^Links +those mailed before work/m);
    expect(ran.out).toMatch(/^Content +1 file that the desk had edited\.$/m);
    expect(ran.out).toMatch(/^Sending +is paused until a person resumes it\.$/m);
    for (const name of ['funnel.db', 'secret', 'stops.log'])
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
    expect(existsSync(join(dataDir, 'content', post))).toBe(false);

    const moved = await testFunnel({ dataDir, now: '2026-11-27T15:00:00Z' });
    expect((await moved.app.server.inject(ana!)).statusCode).toBe(200);
    expect((await moved.app.server.inject(`${ana!.slice(0, -1)}x`)).statusCode).toBe(404);
    expect((await moved.app.server.inject('/privacy')).body).toContain('Edited on the desk.');
    const stopped = await moved.funnel.store.leadsPage(
      { status: 'unsubscribed' },
      { after: null, limit: 9, order: 'oldest' },
    );
    expect(stopped.rows).toHaveLength(1);
    moved.clock.advance(30 * DAY);
    expect(await moved.send()).toEqual([]);
    expect(JSON.parse((await moved.app.server.inject('/readyz')).body)).toMatchObject({
      status: 'degraded',
      reasons: expect.arrayContaining([
        expect.stringMatching(/^Sending is paused: restored from a backup of 2026/),
      ]),
    });
  });

  it('tells the same as JSON', async () => {
    const { file } = await backedUp();
    const ran = await restore(freshFolder(), file, '--json');
    expect(JSON.parse(ran.out)).toEqual({
      file,
      kind: 'backup',
      madeAt: expect.stringMatching(/^2026-11-24T09:00:00/),
      leads: 1,
      contentFiles: 0,
      stopped: 0,
      doubts: 1,
      links: 'lost',
      putAside: null,
    });
  });

  describe('with --stopped-at', () => {
    // The delivery waits in the backup, made a day after START; the first step is due two days after the press.
    const env = (dataDir: string) => ({
      DATA_DIR: dataDir,
      FUNNEL_CLOCK: new Date(START + 9 * DAY).toISOString(),
    });
    const stoppedAt = async (file: string, text: string) => {
      const dataDir = freshFolder();
      return { dataDir, ...(await funnel(['restore', file, '--stopped-at', text, '--json'], env(dataDir))) };
    };

    it('puts in doubt what was due before the former server stopped, and nothing later', async () => {
      const { file } = await backedUp();
      const doubts = async (text: string) =>
        (JSON.parse((await stoppedAt(file, text)).out) as { readonly doubts: number }).doubts;
      const all = await funnel(['restore', file, '--json'], env(freshFolder()));
      // Its delivery, the reminder of a day later and some steps.
      expect((JSON.parse(all.out) as { readonly doubts: number }).doubts).toBeGreaterThan(1);
      expect(await doubts(new Date(START + DAY + HOUR).toISOString())).toBe(1);
      expect(await doubts('2026-11-24T05:00:00-05:00')).toBe(1);
    });

    it('takes nothing but a full instant with its zone', async () => {
      const { file } = await backedUp();
      for (const text of ['noon', '2026-11-26', '2026-11-26T14:30', '2026-11-26T14:30:00']) {
        const ran = await stoppedAt(file, text);
        expect([text, ran.code, ran.out]).toEqual([text, 2, '']);
        expect(ran.err).toMatch(
          /is no full instant\. Write day, time and zone, such as 2026-11-23T14:30:00Z/,
        );
        expect(existsSync(join(ran.dataDir, 'funnel.db'))).toBe(false);
      }
    });

    it('takes none before the backup was made, and says what to write', async () => {
      const { file } = await backedUp();
      const ran = await stoppedAt(file, new Date(START - HOUR).toISOString());
      expect([ran.code, ran.out]).toEqual([2, '']);
      const [, instead = ''] =
        /is before the backup was made\. .* write --stopped-at (\S+Z)\./.exec(ran.err) ?? [];
      expect(existsSync(join(ran.dataDir, 'funnel.db'))).toBe(false);
      expect((await stoppedAt(file, instead)).code).toBe(0);
    });

    it('takes none that is still to come', async () => {
      const { file } = await backedUp();
      const ran = await stoppedAt(file, new Date(START + 10 * DAY).toISOString());
      expect([ran.code, ran.out]).toEqual([2, '']);
      expect(ran.err).toMatch(/is still to come; it is 2026-12-02T09:00:00/);
      expect(existsSync(join(ran.dataDir, 'funnel.db'))).toBe(false);
    });
  });

  it('is refused while the clock is before the backup, whichever of the two is wrong', async () => {
    const { file, dataDir } = await backedUp();
    const target = freshFolder();
    const early = { DATA_DIR: target, FUNNEL_CLOCK: '1970-01-01T00:05:00Z' };
    for (const more of [[], ['--force']]) {
      const ran = await funnel(['restore', file, ...more], early);
      expect([ran.code, ran.out]).toEqual([1, '']);
      expect(ran.err).toMatch(
        /clock says 1970-01-01T00:05:00\S+, but the backup was made at 2026-11-24T09:00:00\S+\. Set the clock/,
      );
    }
    // Made in 2099, by its own word, and whole.
    const ahead = { DATA_DIR: dataDir, FUNNEL_CLOCK: '2099-01-01T00:00:00Z' };
    expect((await funnel(['backup', `${file}.2`], ahead)).code).toBe(0);
    expect(await restore(target, `${file}.2`)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/the backup was made at 2099-01-01/),
    });
    expect(existsSync(join(target, 'funnel.db'))).toBe(false);
  });

  it('is refused while the clock is before the last entry of a bare copy or a backup', async () => {
    const { dataDir, file } = await backedUp();
    const store = openStore({ dataDir });
    await signUp(store, { email: 'ada@example.com', at: START + 90 * DAY });
    await store.close();
    await funnel(['backup', `${file}.2`], { DATA_DIR: dataDir, ...NOW });
    for (const one of [`${file}.2`, join(dataDir, 'funnel.db')])
      expect(await restore(freshFolder(), one)).toMatchObject({
        code: 1,
        err: expect.stringMatching(
          /clock says 2026-11-24T09:.* of 2027-02-21|clock says 2026-11-24T09:.* at 2027-02-21/,
        ),
      });
  });

  it('ends every session of the desk', async () => {
    const { dataDir, file } = await backedUp();
    const store = openStore({ dataDir });
    await store.setPassword({ accountId: 'a', email: null, passwordHash: 'x', at: START + DAY });
    await store.startSession({ tokenHash: 't', accountId: 'a', at: START + DAY });
    await store.close();
    await funnel(['backup', `${file}.2`], { DATA_DIR: dataDir, ...NOW });
    const moved = freshFolder();
    await restore(moved, `${file}.2`);
    const after = freshStore(moved).store;
    expect(await after.accounts()).toHaveLength(1);
    expect(await after.useSession('t', START + DAY)).toBeNull();
  });
});

describe('the signing secrets', () => {
  const [OLD, NEW] = ['o'.repeat(32), 'n'.repeat(32)];

  it('come back also from the setting', async () => {
    const { dataDir, file } = await backedUp();
    await funnel(['backup', `${file}.2`], { DATA_DIR: dataDir, FUNNEL_SECRET: `${NEW},${OLD}`, ...NOW });
    const moved = freshFolder();
    writeFileSync(join(moved, 'secret'), 'h'.repeat(43));
    const ran = await restore(moved, `${file}.2`, '--json');
    expect(JSON.parse(ran.out)).toMatchObject({ links: 'file' });
    // Links that were signed here meanwhile go on working, too.
    expect(readFileSync(join(moved, 'secret'), 'utf8')).toBe(`${NEW},${OLD},${'h'.repeat(43)}\n`);
    expect((await funnel(['stats'], { DATA_DIR: moved })).code).toBe(0);
  });

  it('of the setting count, and it is told when one is missing there', async () => {
    const { dataDir, file } = await backedUp();
    await funnel(['backup', `${file}.2`], { DATA_DIR: dataDir, FUNNEL_SECRET: OLD });
    for (const [secret, links] of [
      [`${NEW},${OLD}`, 'setting'],
      [NEW, 'setting_lacks'],
    ] as const) {
      const env = { DATA_DIR: freshFolder(), FUNNEL_SECRET: secret };
      const ran = await funnel(['restore', `${file}.2`, '--json'], env);
      expect(JSON.parse(ran.out)).toMatchObject({ links });
    }
  });
});

describe('restore over a database', () => {
  it('of the same time or an older one puts it aside', async () => {
    const { dataDir, file } = await backedUp();
    const ran = await restore(dataDir, file, '--json');
    expect(ran.code).toBe(0);
    const { putAside } = JSON.parse(ran.out) as { readonly putAside: string };
    expect(putAside).toMatch(/\/backups\/replaced-2026-11-24T09-00-00-\d+Z$/);
    expect(readdirSync(putAside)).toContain('funnel.db');
    expect(statSync(putAside).mode & 0o777).toBe(0o700);
    // The same again: what the first restore did is nobody's activity.
    expect(await restore(dataDir, file)).toMatchObject({ code: 0 });
    expect(await leadsIn(dataDir)).toBe(1);
    expect(existsSync(stagingFolder(dataDir))).toBe(false);
  });

  it('that is newer is refused, and done with --force', async () => {
    const { dataDir, file } = await backedUp();
    const store = openStore({ dataDir });
    await signUp(store, { email: 'ada@example.com', at: START + 5 * HOUR });
    await store.close();
    const ran = await restore(dataDir, file);
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/is newer than the backup: something happened in it at 2026-11-23T14:00:00/);
    expect(await leadsIn(dataDir)).toBe(2);
    const forced = await restore(dataDir, file, '--force', '--json');
    expect(forced.code).toBe(0);
    expect(await leadsIn(dataDir)).toBe(1);
    const { putAside } = JSON.parse(forced.out) as { readonly putAside: string };
    // What was put aside is whole, and can be brought back in the same way.
    expect(await restore(dataDir, join(putAside, 'funnel.db'), '--json')).toMatchObject({ code: 0 });
    expect(await leadsIn(dataDir)).toBe(2);
  });

  it('in which only the password or the address of the CSV is newer is refused as well', async () => {
    const { dataDir, file } = await backedUp();
    const act = async (work: (store: Store) => Promise<void>) => {
      const store = openStore({ dataDir });
      await work(store);
      await store.close();
    };
    const at = START + 2 * HOUR;
    await act(async (store) =>
      store.setPassword({ accountId: 'a', email: null, passwordHash: 'old', at: START + HOUR }),
    );
    await funnel(['backup', `${file}.2`], { DATA_DIR: dataDir, ...NOW });
    await act(async (store) => store.setPassword({ accountId: 'a', email: null, passwordHash: 'new', at }));
    const refused = (since: string) => ({
      code: 1,
      err: expect.stringContaining(`happened in it at ${since}`),
    });
    expect(await restore(dataDir, `${file}.2`)).toMatchObject(refused('2026-11-23T11:00:00'));
    await act(async (store) => {
      expect(await store.accounts()).toMatchObject([{ passwordHash: 'new' }]);
    });
    const forced = await restore(dataDir, `${file}.2`, '--force');
    expect(forced.out).toMatch(/^Desk +its password and the address of its CSV are those of the backup/m);
    await act(async (store) => store.setCsvToken('a', 't'.repeat(64), START + 2 * DAY));
    expect(await restore(dataDir, `${file}.2`)).toMatchObject(refused('2026-11-25T09:00:00'));
  });

  it('that cannot be read is refused, and done with --force', async () => {
    const { dataDir, file } = await backedUp();
    writeFileSync(join(dataDir, 'funnel.db'), 'x'.repeat(9000));
    const ran = await restore(dataDir, file);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/cannot be read .*so it may be newer/);
    expect(await restore(dataDir, file, '--force')).toMatchObject({ code: 0 });
    expect(await leadsIn(dataDir)).toBe(1);
  });

  it('keeps the journal that is there, carries out what the backup did not know, and unites both', async () => {
    const { dataDir, file, leadId } = await backedUp();
    const store = openStore({ dataDir });
    await store.changePreferences(
      leadId,
      { kind: 'stop', reason: 'unsubscribed' },
      { at: START + 2 * HOUR, place: '/unsubscribe', timetable: fakeTimetable() },
    );
    await store.close();
    const before = readFileSync(join(dataDir, 'stops.log'), 'utf8');
    const ran = await restore(dataDir, file, '--force', '--json');
    expect(JSON.parse(ran.out)).toMatchObject({ stopped: 1 });
    expect(readFileSync(join(dataDir, 'stops.log'), 'utf8')).toBe(before);
    const after = freshStore(dataDir).store;
    expect(await after.findLead(leadId)).toMatchObject({ status: 'unsubscribed' });
    expect(await after.missedStops()).toBeNull();
  });

  it('is refused at once while a server runs, and while another command uses it', async () => {
    const { dataDir, file } = await backedUp();
    const server = await startServer({ dataDir });
    onTestFinished(async () => void (await server.stop()));
    const begun = performance.now();
    const ran = await restore(dataDir, file);
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/A server .* runs on .* Stop it first/);
    // A backup works beside it.
    expect(await funnel(['backup', `${file}.2`], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
    await server.stop();
    const { store } = freshStore(dataDir);
    expect(await restore(dataDir, file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Another funnel command is using the database/),
    });
    expect(await store.findLeadByEmail('maria@example.com')).not.toBeNull();
  });
});

describe('restore of a file', () => {
  it('that is damaged, half, a stranger or missing changes nothing', async () => {
    const { dataDir, file } = await backedUp();
    const target = freshFolder();
    const whole = readFileSync(file);
    const bad: readonly (readonly [() => void, RegExp])[] = [
      [() => truncateSync(file, whole.length - 5000), /is damaged/],
      [() => writeFileSync(file, 'no database'), /is no backup of a funnel\. Nothing is changed/],
      [() => rmSync(file), /There is no file/],
    ];
    for (const [spoil, complaint] of bad) {
      writeFileSync(file, whole);
      spoil();
      for (const folder of [target, dataDir])
        expect(await restore(folder, file)).toMatchObject({
          code: 1,
          out: '',
          err: expect.stringMatching(complaint),
        });
    }
    expect(readdirSync(target).filter((name) => name !== 'serve.lock')).toEqual([]);
    expect(await leadsIn(dataDir)).toBe(1);
  });

  it('for which the disk has too little room is refused before anything is copied', async () => {
    const file = join(freshFolder(), 'huge.db');
    writeFileSync(file, '');
    // Takes no room itself.
    truncateSync(file, 8 * 1024 ** 4);
    const target = freshFolder();
    expect(await restore(target, file)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^There is too little room on the disk of .* Nothing is changed\.\n$/),
    });
    expect(existsSync(stagingFolder(target))).toBe(false);
  });

  it('that meets a fault of the disk says in words what has become of it', async () => {
    const { dataDir, file } = await backedUp();
    // Where the former database is to be put aside there is a file.
    writeFileSync(join(dataDir, 'backups'), '');
    const ran = await restore(dataDir, file);
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/^The restore failed: (ENOTDIR|EEXIST)[^\n]* The restore is half done: .*\n$/);
    const next = await funnel(['stats'], { DATA_DIR: dataDir });
    expect([next.code, next.out]).toEqual([78, '']);
    expect(next.err).toMatch(/^A restore of .* cannot be finished: (ENOTDIR|EEXIST)[^\n]*\n$/);
    rmSync(join(dataDir, 'backups'));
    expect(await funnel(['stats'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
    expect(existsSync(stagingFolder(dataDir))).toBe(false);
  });

  it('that is a bare copy leaves secret and content as they are', async () => {
    const { dataDir } = await backedUp();
    writeFileSync(join(dataDir, 'secret'), 's'.repeat(43));
    const copy = join(dataDir, 'backups/before-2-x.db');
    mkdirSync(join(dataDir, 'backups'), { recursive: true });
    const raw = new Database(join(dataDir, 'funnel.db'));
    raw.prepare('vacuum into ?').run(copy);
    raw.close();
    const ran = await restore(dataDir, copy, '--json');
    expect(JSON.parse(ran.out)).toMatchObject({ kind: 'copy', links: 'kept', leads: 1 });
    expect(readFileSync(join(dataDir, 'secret'), 'utf8')).toBe('s'.repeat(43));
    const moved = await restore(freshFolder(), copy, '--json');
    expect(JSON.parse(moved.out)).toMatchObject({ links: 'lost' });
  });

  it('that was copied by hand with its write-ahead log brings that as well', async () => {
    const { store, dataDir } = freshStore();
    await signUp(store);
    const folder = freshFolder();
    for (const suffix of ['', '-wal'])
      copyFileSync(join(dataDir, `funnel.db${suffix}`), join(folder, `x.db${suffix}`));
    await store.close();
    const target = freshFolder();
    expect(await restore(target, join(folder, 'x.db'))).toMatchObject({ code: 0 });
    expect(await leadsIn(target)).toBe(1);
  });
});
