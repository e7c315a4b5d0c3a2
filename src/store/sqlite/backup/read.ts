import Database from 'better-sqlite3';
import { faultOf } from '../../../kernel/fault.ts';
import { lastActivity } from '../activity.ts';
import { knownSchema, schemaVersion } from '../migrate.ts';
import { isSealedWith } from './digest.ts';
import { fitTogether, isDataFile } from './files.ts';
import type { DataFile } from './files.ts';
import { BACKUP_FORMAT, BACKUP_TABLES } from './format.ts';

export type Inspection =
  | {
      readonly ok: true;
      /** `copy`: a bare database, such as an update makes before it changes anything. */
      readonly kind: 'backup' | 'copy';
      /** The instant until which it tells what happened, UTC milliseconds. */
      readonly madeAt: number;
      readonly lastActivity: number;
      readonly leads: number;
    }
  /** Why it cannot be restored: a sentence that follows its name. */
  | { readonly ok: false; readonly problem: string };

/** Looks whether a file is a whole backup, or a whole database, that this program can read. Changes nothing. */
export function inspectBackup(path: string): Inspection {
  let raw: Database.Database | undefined;
  try {
    raw = new Database(path, { readonly: true, fileMustExist: true });
    const problem = faultIn(raw) ?? strangerIn(raw) ?? manifestFault(raw, path);
    if (problem !== null) return { ok: false, problem };
    const last = lastActivity(raw);
    const made = Date.parse(manifestOf(raw).get('made_at') ?? '');
    return {
      ok: true,
      kind: hasTable(raw, 'backup_manifest') ? 'backup' : 'copy',
      madeAt: Number.isNaN(made) ? last : made,
      lastActivity: last,
      leads: raw.prepare<[], number>('select count(*) from leads').pluck().get() ?? 0,
    };
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return { ok: false, problem: sqliteFault(error) };
  } finally {
    raw?.close();
  }
}

/** Takes what a backup holds beside the database out of it, so that the bare database is left; nothing for a bare one. */
export function unpackBackup(path: string): readonly DataFile[] {
  const raw = new Database(path, { fileMustExist: true });
  try {
    if (!hasTable(raw, 'backup_files')) return [];
    const files = raw.prepare<[], DataFile>('select path, bytes from backup_files order by path').all();
    // The signing secrets do not stay readable in free pages.
    raw.pragma('secure_delete = ON');
    raw.exec(BACKUP_TABLES.map((table) => `drop table ${table};`).join('\n'));
    return files;
  } finally {
    raw.close();
  }
}

function faultIn(raw: Database.Database): string | null {
  const findings = raw.pragma('integrity_check') as readonly { readonly integrity_check: string }[];
  const [first] = findings.filter((row) => row.integrity_check !== 'ok');
  return first === undefined ? null : `is damaged (${faultOf(new Error(first.integrity_check))})`;
}

function strangerIn(raw: Database.Database): string | null {
  const isOurs = ['settings', 'leads', 'signups', 'messages', 'events'].every((table) =>
    hasTable(raw, table),
  );
  if (!isOurs) return 'is no backup of a funnel';
  const version = schemaVersion(raw);
  return version > knownSchema()
    ? `was made by a newer version of this program (schema ${version}, known here: ${knownSchema()}). Update the program first`
    : null;
}

function manifestFault(raw: Database.Database, path: string): string | null {
  const tables = BACKUP_TABLES.filter((table) => hasTable(raw, table));
  if (tables.length === 0) return null;
  const manifest = manifestOf(raw);
  const format = Number(manifest.get('format'));
  if (format > BACKUP_FORMAT) return 'was made by a newer version of this program. Update the program first';
  const paths = pathsIn(raw);
  const isWhole =
    tables.length === BACKUP_TABLES.length &&
    format === BACKUP_FORMAT &&
    !Number.isNaN(Date.parse(manifest.get('made_at') ?? '')) &&
    paths !== null &&
    manifest.get('files') === String(paths.length) &&
    paths.every(isDataFile) &&
    fitTogether(paths) &&
    isSealedWith(path, manifest.get('sha256') ?? '');
  return isWhole ? null : 'is damaged: it is not what was written when the backup was made';
}

/** Null when a row is not what a backup writes: SQLite keeps anything in any column. */
function pathsIn(raw: Database.Database): readonly string[] | null {
  const rows = raw
    .prepare<[], { path: string; isFile: number }>(
      "select path, typeof(path) = 'text' and typeof(bytes) = 'blob' isFile from backup_files",
    )
    .all();
  return rows.every(({ isFile }) => isFile === 1) ? rows.map(({ path }) => path) : null;
}

function manifestOf(raw: Database.Database): ReadonlyMap<string, string> {
  if (!hasTable(raw, 'backup_manifest')) return new Map();
  const rows = raw
    .prepare<[], { name: string; value: string }>(
      "select name, value from backup_manifest where typeof(name) = 'text' and typeof(value) = 'text'",
    )
    .all();
  return new Map(rows.map(({ name, value }) => [name, value]));
}

function hasTable(raw: Database.Database, name: string): boolean {
  return raw.prepare("select 1 from sqlite_schema where type = 'table' and name = ?").get(name) !== undefined;
}

function sqliteFault(error: InstanceType<typeof Database.SqliteError>): string {
  if (error.code === 'SQLITE_NOTADB') return 'is no backup of a funnel';
  return `is damaged or cannot be read (${faultOf(error)})`;
}
