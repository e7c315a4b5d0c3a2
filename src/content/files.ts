import { createHash } from 'node:crypto';
import { opendir, readFile, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { ContentProblem } from './model.ts';
import { hasCode } from '../kernel/fault.ts';

/** A file of the content. */
export type SourceFile = {
  /** Its place in the content folder, with `/`: `posts/weak-ties.md`. */
  readonly name: string;
  /** How messages name it: its place, and for a file of a later folder the folder before it. */
  readonly shown: string;
  /** Without a byte order mark, lines ended by `\n`. */
  readonly text: string;
};

export type ContentFiles = {
  /** By name, in the order of the names. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** First 12 hex digits of the SHA-256 over all names and bytes. */
  readonly version: string;
  readonly problems: readonly ContentProblem[];
};

/** Reads all `.md`, `.yaml` and `.yml` files; those of later folders lie over those of earlier ones. Only the first folder must exist. */
export async function readFiles(dirs: readonly string[]): Promise<ContentFiles> {
  const listings = await Promise.all(dirs.map((dir, index) => list(dir, index === 0)));
  const places = new Map(listings.flatMap((listing) => listing.names));
  const names = [...places.keys()].sort();
  const read = await Promise.all(names.map((name) => readOne(name, places.get(name) ?? '', dirs[0] ?? '')));
  const hash = createHash('sha256');
  for (const { name, bytes } of read) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return {
    files: new Map(read.flatMap(({ name, file }) => (file === null ? [] : [[name, file]]))),
    version: hash.digest('hex').slice(0, 12),
    problems: [...listings, ...read].flatMap(({ problem }) => (problem === null ? [] : [problem])),
  };
}

/** What is wrong with a content folder as a whole: it is missing, is no folder, or may not be read. Null when it can be used. */
export async function folderProblem(dir: string): Promise<ContentProblem | null> {
  try {
    await (await opendir(dir)).close();
    return null;
  } catch {
    return unreadable(dir);
  }
}

async function list(dir: string, needed: boolean) {
  try {
    const entries = await readdir(dir, { recursive: true });
    const names = entries
      .map((entry) => entry.split(sep).join('/'))
      .filter((name) => /\.(md|ya?ml)$/.test(name) && !/(^|\/)\./.test(name));
    return { names: names.map((name) => [name, dir] as const), problem: null };
  } catch (error) {
    if (!needed && hasCode(error, 'ENOENT')) return { names: [], problem: null };
    return { names: [], problem: unreadable(dir) };
  }
}

function unreadable(dir: string): ContentProblem {
  return {
    file: dir,
    line: null,
    problem: 'The content folder cannot be read.',
    remedy: 'Set CONTENT_DIR to the folder that holds site.yaml, and let this program read it.',
  };
}

async function readOne(name: string, dir: string, firstDir: string) {
  const shown = dir === firstDir ? name : join(dir, name);
  const fault = (problem: string, remedy: string) => ({
    name,
    bytes: new Uint8Array(),
    file: null,
    problem: { file: shown, line: null, problem, remedy },
  });
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(dir, name));
  } catch {
    return fault('The file cannot be read.', 'Let this program read it, or remove it.');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
    return { name, bytes, file: { name, shown, text }, problem: null };
  } catch {
    return fault('The file is not UTF-8.', 'Save it with the encoding UTF-8.');
  }
}
