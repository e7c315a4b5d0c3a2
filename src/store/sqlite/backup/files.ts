import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file beside the database: its path within the data folder, with slashes. */
export type DataFile = { readonly path: string; readonly bytes: Uint8Array };

/**
 * What a backup keeps beside the database: the signing secrets, the journal of stops and the content that the desk edited.
 * @param secrets of `FUNNEL_SECRET`: they come first, since the first one signs.
 */
export function filesBeside(dataDir: string, secrets: readonly string[]): readonly DataFile[] {
  const kept = textIfThere(join(dataDir, 'secret'));
  const all = unitedSecrets(secrets, kept === null ? [] : [kept]);
  const journal = textIfThere(join(dataDir, 'stops.log'));
  return [
    ...(all === '' ? [] : [{ path: 'secret', bytes: Buffer.from(`${all}\n`) }]),
    ...(journal === null ? [] : [{ path: 'stops.log', bytes: Buffer.from(journal) }]),
    ...filesIn(join(dataDir, 'content')).map((path) => ({
      path: `content/${path}`,
      bytes: readFileSync(join(dataDir, 'content', path)),
    })),
  ];
}

/** Comma-separated, each once; the first signs, all verify. */
export function unitedSecrets(...lists: readonly (readonly string[])[]): string {
  const each = lists
    .flat()
    .flatMap((text) => text.split(','))
    .map((secret) => secret.trim());
  return [...new Set(each)].filter((secret) => secret !== '').join(',');
}

/** Whether a backup may bring back a file of this name: nothing of it may get outside its place. */
export function isDataFile(path: string): boolean {
  if (path === 'secret' || path === 'stops.log') return true;
  if (Buffer.byteLength(path) > LONGEST_PATH) return false;
  const [top, ...parts] = path.split('/');
  return (
    top === 'content' &&
    parts.length > 0 &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\\0]/.test(part)) &&
    parts.every((part) => Buffer.byteLength(part) <= LONGEST_NAME)
  );
}

/** In bytes; what the disks of Linux and macOS take. The path lies below the data folder's own. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 512;

/** Whether files of these names can lie in one folder: each once, on every disk, and none where another needs a folder. */
export function fitTogether(paths: readonly string[]): boolean {
  const names = new Set(paths.map(asOnDisk));
  const folders = paths.flatMap((path) => {
    const parts = asOnDisk(path).split('/');
    return parts.slice(1).map((_, n) => parts.slice(0, n + 1).join('/'));
  });
  return names.size === paths.length && !folders.some((folder) => names.has(folder));
}

/** macOS and Windows know no difference between these. */
function asOnDisk(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** The paths of all files in a folder and below it, with slashes; none when there is no such folder. */
export function filesIn(folder: string, below = ''): readonly string[] {
  const inside = join(folder, below);
  try {
    return readdirSync(inside)
      .toSorted()
      .flatMap((name) => {
        const path = below === '' ? name : `${below}/${name}`;
        const found = statSync(join(folder, path), { throwIfNoEntry: false });
        if (found?.isDirectory() === true) return filesIn(folder, path);
        return found?.isFile() === true ? [path] : [];
      });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export function textIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
