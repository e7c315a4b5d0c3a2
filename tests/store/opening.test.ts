import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { StoreRefusal } from '../../src/store/port.ts';
import { openStore } from '../../src/store/sqlite/store.ts';
import { freshFolder, freshStore, signUp } from '../support/store.ts';
import { lacks } from '../support/lacks.ts';

const MIGRATIONS = join(ROOT, 'migrations/sqlite');
/** How many migrations a whole database has. */
const APPLIED = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql')).length;

/** The project's migrations and one more, of the given statements. */
function withMigration(folder: string, ...statements: readonly string[]): string {
  const copy = join(folder, 'migrations');
  cpSync(MIGRATIONS, copy, { recursive: true });
  const journal = JSON.parse(readFileSync(join(copy, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string }[];
  };
  const last = journal.entries.at(-1);
  writeFileSync(
    join(copy, 'meta/_journal.json'),
    JSON.stringify({ ...journal, entries: [...journal.entries, { ...last, tag: '9999_next' }] }),
  );
  writeFileSync(join(copy, '9999_next.sql'), statements.join('\n--> statement-breakpoint\n'));
  return copy;
}

describe('opening', () => {
  it('asserts WAL, full durability and foreign keys, also the second time', async () => {
    const { store, dataDir } = freshStore();
    await store.close();
    const again = freshStore(dataDir).store;
    expect((await again.facts()).pragmas).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      busy_timeout: 2000,
      temp_store: 2,
      secure_delete: 1,
    });
  });

  it('makes folder and files for nobody else', async () => {
    const { dataDir, store } = freshStore(join(freshFolder(), 'data'));
    await signUp(store);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    for (const name of ['funnel.db', 'funnel.db-wal'])
      expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
  });

  it('keeps the instance and tells its facts', async () => {
    const { store, dataDir } = freshStore();
    await signUp(store);
    const first = await store.facts();
    expect(first).toMatchObject({
      schemaVersion: APPLIED,
      sentLiveAt: null,
      rows: { leads: 1, signups: 1, messages: 1 },
    });
    expect(await store.quickCheck()).toEqual([]);
    expect(await store.isWritable()).toBe(true);
    await store.close();
    expect((await freshStore(dataDir).store.facts()).instanceId).toBe(first.instanceId);
  });

  it('refuses the database of a newer program and says what helps', async () => {
    const { store, dataDir } = freshStore();
    await store.close();
    const raw = new Database(join(dataDir, 'funnel.db'));
    raw.pragma('user_version = 99');
    raw.close();
    const attempt = () => openStore({ dataDir });
    expect(attempt).toThrow(StoreRefusal);
    expect(attempt).toThrow(/newer version/);
  });

  it('refuses a folder that is none', () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'data'), '');
    expect(() => openStore({ dataDir: join(folder, 'data') })).toThrow(/cannot be written/);
  });

  // Only Linux has a folder that exists and yet answers “no such file” to whoever makes one in it.
  it.skipIf(lacks(existsSync('/proc/self'), 'this system has no /proc'))(
    'refuses at once a folder that cannot be made, however deep',
    () => {
      const before = performance.now();
      for (const dataDir of ['/proc/x', '/proc/x/y/z']) {
        const attempt = () => openStore({ dataDir });
        expect(attempt).toThrow(StoreRefusal);
        expect(attempt).toThrow(expect.objectContaining({ reason: 'unusable_folder' }));
      }
      expect(performance.now() - before).toBeLessThan(1000);
    },
    5000,
  );

  it('makes the parents that are missing, for nobody else', () => {
    const folder = freshFolder();
    freshStore(join(folder, 'a/b/c'));
    for (const made of ['a', 'a/b', 'a/b/c']) expect(statSync(join(folder, made)).mode & 0o777).toBe(0o700);
  });

  it('remembers settings', async () => {
    const { store } = freshStore();
    expect(await store.setting('a')).toBeNull();
    await store.setSetting('a', '1');
    await store.setSetting('a', '2');
    expect(await store.setting('a')).toBe('2');
  });
});

describe('a pending migration', () => {
  it('is applied after a whole copy has been made, for this user only', async () => {
    const { store, dataDir } = freshStore();
    await signUp(store);
    await store.close();
    const migrations = withMigration(freshFolder(), 'alter table leads add column extra text;');
    const newer = openStore({ dataDir, migrations });
    expect((await newer.facts()).schemaVersion).toBe(APPLIED + 1);
    await newer.close();
    const [backup = ''] = readdirSync(join(dataDir, 'backups'));
    expect(backup).toMatch(new RegExp(`^before-${APPLIED + 1}-.*\\.db$`));
    const path = join(dataDir, 'backups', backup);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const copy = new Database(path, { readonly: true });
    expect(copy.prepare('select count(*) n from leads').get()).toEqual({ n: 1 });
    copy.close();
    expect(() => openStore({ dataDir })).toThrow(/newer version/);
  });

  it('that rebuilds a table keeps its children, though drizzle-kit’s own pragma does nothing', async () => {
    const { store, dataDir } = freshStore();
    await signUp(store);
    await store.close();
    const raw = new Database(join(dataDir, 'funnel.db'));
    const table =
      raw.prepare<[], string>("select sql from sqlite_schema where name = 'leads'").pluck().get() ?? '';
    raw.close();
    const migrations = withMigration(
      freshFolder(),
      'PRAGMA foreign_keys=OFF;',
      `${table.replace('`leads`', '`__new_leads`')};`,
      'INSERT INTO `__new_leads` SELECT * FROM `leads`;',
      'DROP TABLE `leads`;',
      'ALTER TABLE `__new_leads` RENAME TO `leads`;',
      'PRAGMA foreign_keys=ON;',
    );
    const newer = openStore({ dataDir, migrations });
    const { rows, pragmas } = await newer.facts();
    await newer.close();
    expect(rows).toMatchObject({ leads: 1, signups: 1, attributions: 2, messages: 1 });
    expect(pragmas['foreign_keys']).toBe(1);
  });

  it('that loses rows or leaves orphans is undone', async () => {
    const { store, dataDir } = freshStore();
    await signUp(store);
    await store.close();
    const faulty = [
      ['delete from attributions;', /rows were lost in attributions/],
      ['update attributions set lead_id = 77;', /2 rows point to nothing/],
      ['nonsense;', /syntax error/],
    ] as const;
    for (const [statement, complaint] of faulty) {
      const migrations = withMigration(freshFolder(), 'create table extra (a);', statement);
      expect(() => openStore({ dataDir, migrations })).toThrow(complaint);
    }
    const same = freshStore(dataDir).store;
    const { rows, schemaVersion } = await same.facts();
    expect(schemaVersion).toBe(APPLIED);
    expect(rows).toMatchObject({ leads: 1, attributions: 2 });
    expect(rows).not.toHaveProperty('extra');
  });

  it('leaves nothing to do for the next start, which reads the journal only', async () => {
    const { store, dataDir } = freshStore();
    await store.close();
    const bare = freshFolder();
    cpSync(join(MIGRATIONS, 'meta/_journal.json'), join(bare, 'meta/_journal.json'));
    await openStore({ dataDir, migrations: bare }).close();
  });
});
