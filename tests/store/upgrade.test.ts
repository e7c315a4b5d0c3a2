import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { MINUTE } from '../../src/kernel/clock.ts';
import { MIGRATIONS } from '../../src/store/sqlite/migrate.ts';
import { openStore } from '../../src/store/sqlite/store.ts';
import { fakeTimetable, freshFolder, freshStore, START } from '../support/store.ts';

/** A data folder as a program with only the first so many migrations left it. */
async function dataFolderOf(
  migrations: number,
): Promise<{ readonly dataDir: string; readonly db: Database.Database }> {
  const folder = join(freshFolder(), 'migrations');
  mkdirSync(join(folder, 'meta'), { recursive: true });
  const journal = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string }[];
  };
  journal.entries = journal.entries.slice(0, migrations);
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(journal));
  for (const { tag } of journal.entries) cpSync(join(MIGRATIONS, `${tag}.sql`), join(folder, `${tag}.sql`));
  const dataDir = freshFolder();
  await openStore({ dataDir, migrations: folder }).close();
  return { dataDir, db: new Database(join(dataDir, 'funnel.db')) };
}

it('a database of the first version keeps every row, and what had been offered has its line', async () => {
  const { dataDir, db } = await dataFolderOf(1);
  db.prepare(
    "insert into leads (lead_id, email, email_key, first_name, name_key, status, created_at) values ('l', 'a@example.com', 'a@example.com', 'A', 'a', 'confirmed', ?)",
  ).run(START);
  const add = db.prepare(
    `insert into messages (message_id, lead_id, kind, step, request, state, priority, due_at, ready_at, attempts, first_attempt_at, payload, planned_at, provider_id, ended_at)
     values (?, 1, 'data', 'data', ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const bytes = Buffer.from('{}');
  add.run('sent', 1, 'submitted', START, START, 1, START, bytes, START, 'p1', START);
  add.run('lost', 2, 'planned', START, START, 1, START, bytes, START, null, null);
  add.run('new', 3, 'planned', START + 1, START + 1, 0, null, null, START, null, null);
  db.close();

  const { store } = freshStore(dataDir);
  expect((await store.facts()).rows).toMatchObject({ leads: 1, messages: 3, tries: 2 });
  const claim = await store.claimNextDue({
    now: START + MINUTE,
    leaseMs: MINUTE,
    leaseToken: 'lease',
    timetable: fakeTimetable(),
  });
  // It may have been taken at its first try: the doubt came along.
  expect(claim).toMatchObject({
    kind: 'claimed',
    message: { messageId: 'lost', doubt: { since: START, transport: 'outbox' } },
  });
});
