import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { BLANK, sealFile } from './digest.ts';
import { filesBeside } from './files.ts';
import { BACKUP_FORMAT, BACKUP_SCHEMA } from './format.ts';
import type { BackupContents, BackupOrder, BackupReport } from './format.ts';

// A process of its own, for SQLite copies and checks synchronously: a server goes on answering meanwhile, and can end it at any moment.
process.once('message', (order: BackupOrder) => {
  process.send?.(reportOf(order), () => process.disconnect?.());
});

function reportOf(order: BackupOrder): BackupReport {
  try {
    return { ok: true, contents: writeCopy(order) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    return { ok: false, message: error instanceof Error ? error.message : String(error), code };
  }
}

function writeCopy(order: BackupOrder): BackupContents {
  const { dataDir, target } = order;
  copyDatabase(dataDir, target);
  const copy = new Database(target, { fileMustExist: true });
  try {
    copy.pragma('synchronous = FULL');
    const contentFiles = addFiles(copy, order);
    refuseFaults(copy);
    const leads = copy.prepare<[], number>('select count(*) from leads').pluck().get() ?? 0;
    copy.close();
    sealFile(target);
    return { leads, contentFiles, bytes: statSync(target).size };
  } finally {
    copy.close();
  }
}

/** One moment of the database, whole, whoever writes to it meanwhile; and without what was deleted. */
function copyDatabase(dataDir: string, target: string): void {
  const source = new Database(join(dataDir, 'funnel.db'), { fileMustExist: true, timeout: 10_000 });
  try {
    source.prepare('vacuum into ?').run(target);
  } finally {
    source.close();
  }
}

/** Read after the database was copied: a stop of in between is in the journal, and carried out after a restore. */
function addFiles(copy: Database.Database, { dataDir, secrets, madeAt }: BackupOrder): number {
  const files = filesBeside(dataDir, secrets);
  copy.transaction(() => {
    copy.exec(BACKUP_SCHEMA);
    const addFile = copy.prepare('insert into backup_files (path, bytes) values (?, ?)');
    for (const { path, bytes } of files) addFile.run(path, bytes);
    const add = copy.prepare('insert into backup_manifest (name, value) values (?, ?)');
    add.run('format', String(BACKUP_FORMAT));
    add.run('made_at', new Date(madeAt).toISOString());
    add.run('files', String(files.length));
    add.run('sha256', BLANK);
  })();
  return files.filter(({ path }) => path.startsWith('content/')).length;
}

function refuseFaults(copy: Database.Database): void {
  const findings = copy.pragma('integrity_check') as readonly { readonly integrity_check: string }[];
  const [first] = findings.filter((row) => row.integrity_check !== 'ok');
  if (first !== undefined) throw new Error(`The database is damaged: ${first.integrity_check}`);
}
