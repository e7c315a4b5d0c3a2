import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../kernel/folder.ts';
import { splitSecrets } from './cross-checks.ts';
import { hasCode } from '../kernel/fault.ts';

export type SecretsOutcome =
  | { readonly ok: true; readonly secrets: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/**
 * The signing secrets: those of the configuration, else those kept in `DATA_DIR/secret`, where the first start makes one
 * (32 random bytes as base64url, mode 0600). Two starts at the same moment agree on one file. After a restore the file may hold
 * several, comma-separated as in the setting.
 */
export function signingSecrets(configured: readonly string[] | null, dataDir: string): SecretsOutcome {
  if (configured !== null && configured.length > 0) return { ok: true, secrets: configured };
  const path = join(dataDir, 'secret');
  const secrets = splitSecrets(readIfThere(path) ?? makeSecret(dataDir, path));
  if (secrets.length > 0 && secrets.every(({ length }) => length >= 32)) return { ok: true, secrets };
  return {
    ok: false,
    problem: `${path} is damaged: it must hold the 32 characters or more with which links in emails are signed. Bring it back from a backup; if there is none, remove it, and links that were mailed before will no longer work.`,
  };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Written whole under another name, then linked: nobody ever reads half a secret, and whoever links second takes the first one's. */
function makeSecret(dataDir: string, path: string): string {
  makeFolder(dataDir);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, {
    flag: 'wx',
    mode: 0o600,
    flush: true,
  });
  try {
    linkSync(draft, path);
    flushFolder(dataDir);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}

/** After a power cut a name that was not flushed with its folder may be gone, and with it every link that was mailed. */
function flushFolder(dataDir: string): void {
  const folder = openSync(dataDir, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
