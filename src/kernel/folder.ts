import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hasCode } from './fault.ts';

/**
 * Makes a folder and the parents it lacks, for nobody but this user (0700); one that is there stays as it is. Throws what
 * the file system says. One by one, because Node's recursive `mkdir` tries forever, at full load, where a parent exists
 * and yet answers ENOENT, as `/proc` does.
 */
export function makeFolder(path: string): void {
  const missing = missingFolders(resolve(path));
  const [topmost] = missing;
  if (topmost === undefined) return;
  accessSync(dirname(topmost), constants.W_OK);
  for (const folder of missing) makeOne(folder);
}

/** The folders to be made, topmost first. */
function missingFolders(path: string): readonly string[] {
  return existsSync(path) || dirname(path) === path ? [] : [...missingFolders(dirname(path)), path];
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    // Another program that starts at the same moment has made it.
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}
