/** Tables that a backup has beside those of the database; `restore` takes them out again. */
export const BACKUP_TABLES = ['backup_manifest', 'backup_files'] as const;

export const BACKUP_SCHEMA = `
  create table backup_files (path text primary key, bytes blob not null);
  create table backup_manifest (name text primary key, value text not null);
`;

/** Raised when a program of before could not read a backup of after. */
export const BACKUP_FORMAT = 1;

/** What the writer is told. */
export type BackupOrder = {
  readonly dataDir: string;
  /** An empty file that is there already, readable by this user only. */
  readonly target: string;
  /** Those of `FUNNEL_SECRET`; empty when it is not set. */
  readonly secrets: readonly string[];
  /** UTC milliseconds. */
  readonly madeAt: number;
};

/** What it wrote. */
export type BackupContents = {
  readonly leads: number;
  readonly contentFiles: number;
  readonly bytes: number;
};

/** What the writer answers. */
export type BackupReport =
  | { readonly ok: true; readonly contents: BackupContents }
  | { readonly ok: false; readonly message: string; readonly code: string | null };
