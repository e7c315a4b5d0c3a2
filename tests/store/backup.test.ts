import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../src/kernel/clock.ts';
import { sealFile } from '../../src/store/sqlite/backup/digest.ts';
import { isDataFile, unitedSecrets } from '../../src/store/sqlite/backup/files.ts';
import { inspectBackup, unpackBackup } from '../../src/store/sqlite/backup/read.ts';
import { writeBackup } from '../../src/store/sqlite/backup/write.ts';
import { confirmedLead, freshFolder, freshStore, signUp, START } from '../support/store.ts';

/** A folder with a database of one lead, and where its backup goes. */
async function folderWithLead() {
  const { store, dataDir } = freshStore();
  await confirmedLead(store);
  return { store, dataDir, file: join(freshFolder(), 'copy.db') };
}

const write = async (dataDir: string, file: string, secrets: readonly string[] = []) =>
  await writeBackup({ dataDir, secrets, file, now: START });

describe('a backup', () => {
  it('holds database, secrets, journal and edited content, for this user only', async () => {
    const { dataDir, file } = await folderWithLead();
    writeFileSync(join(dataDir, 'secret'), `${'k'.repeat(43)}\n`);
    writeFileSync(join(dataDir, 'stops.log'), 'a line\n');
    mkdirSync(join(dataDir, 'content/posts'), { recursive: true });
    writeFileSync(join(dataDir, 'content/posts/ties.md'), '# Ties');
    mkdirSync(join(dataDir, 'outbox'));
    writeFileSync(join(dataDir, 'outbox/1.eml'), 'To: maria@example.com');
    const outcome = await write(dataDir, file, ['s'.repeat(32)]);
    expect(outcome).toMatchObject({ ok: true, file, made: { leads: 1, contentFiles: 1 } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, '..'))).toEqual(['copy.db']);
    expect(inspectBackup(file)).toMatchObject({ ok: true, kind: 'backup', madeAt: START, leads: 1 });
    const files = unpackBackup(file).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]);
    expect(files).toEqual([
      ['content/posts/ties.md', '# Ties'],
      ['secret', `${'s'.repeat(32)},${'k'.repeat(43)}\n`],
      ['stops.log', 'a line\n'],
    ]);
    // What was taken out of it is not left in free pages.
    expect(readFileSync(file).includes('k'.repeat(43))).toBe(false);
    expect(unpackBackup(file)).toEqual([]);
  });

  it('leaves a file that has its name as it is', async () => {
    const { dataDir, file } = await folderWithLead();
    writeFileSync(file, 'mine');
    expect(await write(dataDir, file)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/exists already/),
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('is refused in words where there is nothing to back up, or nowhere to put it', async () => {
    const { dataDir, file } = await folderWithLead();
    expect(await write(freshFolder(), file)).toMatchObject({
      problem: expect.stringMatching(/nothing to back up/),
    });
    expect(await write(dataDir, join(file, 'x/y.db'))).toMatchObject({
      problem: expect.stringMatching(/no folder/),
    });
  });

  it('that is given up ends at once, in the middle of its copy, and leaves nothing', async () => {
    const { store, dataDir, file } = await folderWithLead();
    await store.close();
    const raw = new Database(join(dataDir, 'funnel.db'));
    raw.exec(`create table t_large (b); insert into t_large
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 60) select randomblob(2000000) from n`);
    raw.close();
    const begun = performance.now();
    expect(await write(dataDir, `${file}.whole`)).toMatchObject({ ok: true });
    const whole = performance.now() - begun;
    rmSync(`${file}.whole`);
    const stopping = new AbortController();
    const folder = join(file, '..');
    const writing = writeBackup({ dataDir, secrets: [], file, now: START, signal: stopping.signal });
    const isCopying = () =>
      readdirSync(folder).some((name) => name.endsWith('.partial') && statSync(join(folder, name)).size > 0);
    await expect.poll(isCopying, { interval: 2, timeout: 10_000 }).toBe(true);
    const stopped = performance.now();
    stopping.abort();
    expect(await writing).toMatchObject({ ok: false, isStopped: true });
    expect(performance.now() - stopped).toBeLessThan(whole / 2);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a damaged database is none, and nothing of it is left', async () => {
    const { store, dataDir, file } = await folderWithLead();
    for (let n = 0; n < 200; n += 1) await signUp(store, { email: `p${n}@example.com` });
    await store.close();
    const source = openSync(join(dataDir, 'funnel.db'), 'r+');
    writeSync(source, Buffer.alloc(40_960, 0x5a), 0, 40_960, 40_960);
    closeSync(source);
    expect(await write(dataDir, file)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/could not be written/),
    });
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });

  it('clears away what a killed one left, once it is old', async () => {
    const { dataDir, file } = await folderWithLead();
    const [old, young] = [`${file}.AAAAAAAA.partial`, `${file}.BBBBBBBB.partial`];
    for (const path of [old, young]) writeFileSync(path, '');
    utimesSync(old, new Date(START - DAY), new Date(START - DAY));
    utimesSync(young, new Date(START), new Date(START));
    expect(await write(dataDir, file)).toMatchObject({ ok: true });
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });

  it('beside a store that is written to fails no write, blocks nothing, and is whole', async () => {
    const { store, dataDir, file } = await folderWithLead();
    for (let n = 0; n < 300; n += 1) await signUp(store, { email: `before-${n}@example.com` });
    let done = false;
    const copying = write(dataDir, file).finally(() => (done = true));
    let written = 0;
    for (; !done; written += 1) await signUp(store, { email: `during-${written}@example.com` });
    const outcome = await copying;
    expect(outcome).toMatchObject({ ok: true });
    expect(inspectBackup(file)).toMatchObject({ ok: true });
    // Had the copy held the event loop, nobody could have signed up between its beginning and its end.
    expect(written).toBeGreaterThan(3);
    const copy = new Database(file, { readonly: true });
    const [leads, firsts] = ['leads', 'attributions'].map((table) =>
      copy.prepare<[], number>(`select count(*) from ${table}`).pluck().get(),
    );
    copy.close();
    expect(leads).toBeGreaterThanOrEqual(301);
    expect(firsts).toBe(2 * (leads ?? 0));
  });
});

describe('a backup that is not what was written', () => {
  it('is told by a single flipped bit, wherever it is', async () => {
    const { store, dataDir, file } = await folderWithLead();
    for (let n = 0; n < 50; n += 1) await signUp(store, { email: `p${n}@example.com` });
    await write(dataDir, file);
    const bytes = readFileSync(file);
    const address = bytes.indexOf('p17@example.com');
    const places = [
      address,
      100,
      ...Array.from({ length: 20 }, (_, n) => Math.floor((bytes.length / 20) * n) + 61),
    ];
    for (const place of places) {
      const flipped = Buffer.from(bytes);
      flipped[place] = (flipped[place] ?? 0) ^ 1;
      writeFileSync(file, flipped);
      expect(inspectBackup(file), `bit at ${place}`).toMatchObject({ ok: false });
    }
    writeFileSync(file, bytes);
    expect(inspectBackup(file)).toMatchObject({ ok: true });
  });

  it('is told when it is half, empty, a stranger’s, or a newer program’s', async () => {
    const { dataDir, file } = await folderWithLead();
    await write(dataDir, file);
    const problems: string[] = [];
    const tell = () => {
      const found = inspectBackup(file);
      problems.push(found.ok ? 'none' : found.problem);
    };
    const whole = readFileSync(file);
    const raw = (sql: string) => {
      writeFileSync(file, whole);
      const copy = new Database(file);
      copy.exec(sql);
      copy.close();
    };
    truncateSync(file, Math.floor(whole.length / 2));
    tell();
    writeFileSync(file, '');
    tell();
    writeFileSync(
      file,
      'This is no database at all, but it is long enough to look like one to a hasty reader.',
    );
    tell();
    raw('pragma foreign_keys = off; drop table leads');
    tell();
    raw('delete from backup_manifest');
    tell();
    raw('drop table backup_manifest');
    tell();
    raw('pragma user_version = 99');
    tell();
    raw("update backup_manifest set value = '2' where name = 'format'");
    tell();
    expect(problems).toEqual([
      expect.stringMatching(/^is damaged/),
      'is no backup of a funnel',
      'is no backup of a funnel',
      'is no backup of a funnel',
      expect.stringMatching(/^is damaged/),
      expect.stringMatching(/^is damaged/),
      expect.stringMatching(/^was made by a newer version/),
      expect.stringMatching(/^was made by a newer version/),
    ]);
  });

  it('is told when it holds what no backup holds, though its digest is right', async () => {
    const { dataDir, file } = await folderWithLead();
    writeFileSync(join(dataDir, 'stops.log'), '');
    await write(dataDir, file);
    const whole = readFileSync(file);
    const crafted = (sql: string) => {
      writeFileSync(file, whole);
      const copy = new Database(file);
      copy.exec(`${sql};
        update backup_manifest set value = (select count(*) from backup_files) where name = 'files';
        update backup_manifest set value = '${'0'.repeat(64)}' where name = 'sha256'; vacuum`);
      copy.close();
      sealFile(file);
      return inspectBackup(file);
    };
    const add = (...paths: readonly string[]) =>
      paths.map((path) => `insert into backup_files values (${path}, x'00')`).join(';');
    expect(crafted(add("'content/a.md'"))).toMatchObject({ ok: true });
    const bad = [
      add('7'),
      add("x'00'"),
      "insert into backup_files values ('content/a.md', 5)",
      add("'content/a'", "'content/a/b.md'"),
      add("'content/a.md'", "'content/A.md'"),
      add(`'content/${'n'.repeat(256)}'`),
      add(`'content/${'n/'.repeat(300)}x'`),
      "update backup_manifest set value = 'yesterday' where name = 'made_at'",
      "update backup_manifest set value = x'00' where name = 'made_at'",
      "delete from backup_manifest where name = 'made_at'",
    ];
    for (const sql of bad)
      expect([sql, crafted(sql)]).toEqual([
        sql,
        { ok: false, problem: expect.stringMatching(/^is damaged/) },
      ]);
    // Instants that no date can name are none.
    for (const sql of [
      "update events set at = 'soon'",
      'update events set at = 9e300',
      "insert into settings values ('store.restored', 'x') on conflict do nothing",
    ])
      expect([sql, crafted(sql)]).toMatchObject([sql, { ok: true }]);
  });

  it('can bring nothing outside of its place', () => {
    expect(['secret', 'stops.log', 'content/a.md', 'content/a/b.md'].every(isDataFile)).toBe(true);
    const bad = [
      'content',
      'content/',
      'content/../funnel.db',
      '/etc/x',
      'funnel.db',
      'content//a',
      'content/a\\b',
      '../x',
    ];
    expect(bad.filter(isDataFile)).toEqual([]);
  });
});

it('secrets are united, each once, in their order', () => {
  expect(unitedSecrets(['a', ' b'], ['b,c\n', ''])).toBe('a,b,c');
  expect(unitedSecrets([], [])).toBe('');
});

it('a bare copy can be restored as well', async () => {
  const { dataDir, file } = await folderWithLead();
  const raw = new Database(join(dataDir, 'funnel.db'));
  raw.prepare('vacuum into ?').run(file);
  raw.close();
  expect(inspectBackup(file)).toMatchObject({ ok: true, kind: 'copy', madeAt: START + 60_000 });
  rmSync(file);
  expect(inspectBackup(file)).toMatchObject({ ok: false });
});
