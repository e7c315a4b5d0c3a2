import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandStop, EXIT } from './terminal.ts';
import { codeOf } from '../kernel/fault.ts';

type Contents = string | Uint8Array | AsyncIterable<string>;

/** Writes a command's result. The file appears only when it is whole, readable by nobody but this user; otherwise the command stops with 1. */
export async function writeResult(path: string, contents: Contents): Promise<void> {
  await orTell(path, async () => {
    // What is no plain file (`/dev/stdout`, a pipe) cannot be replaced by one.
    if (await isSpecial(path)) return await flow(path, contents, { flush: false });
    const partial = `${path}.partial`;
    try {
      await flow(partial, contents, { flush: true });
      await rename(partial, path);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  });
}

/** Writes several results into a folder, which is made when it is missing. Returns their paths. */
export async function writeResults(
  folder: string,
  files: Readonly<Record<string, Contents>>,
): Promise<readonly string[]> {
  await orTell(folder, async () => void (await mkdir(folder, { recursive: true })));
  const paths: string[] = [];
  for (const [name, contents] of Object.entries(files)) {
    paths.push(join(folder, name));
    await writeResult(join(folder, name), contents);
  }
  return paths;
}

async function flow(path: string, contents: Contents, { flush }: { readonly flush: boolean }): Promise<void> {
  const source = typeof contents === 'string' || contents instanceof Uint8Array ? [contents] : contents;
  await pipeline(Readable.from(source), createWriteStream(path, { flush, mode: 0o600 }));
}

async function isSpecial(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function orTell(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (codeOf(error) === null || !(error instanceof Error)) throw error;
    throw new CommandStop(EXIT.failed, `${path} could not be written: ${error.message}.`);
  }
}
