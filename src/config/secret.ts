import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The signing secrets: those of the configuration, else the one kept in `DATA_DIR/secret`, which is made at the first start
 * (32 random bytes as base64url, mode 0600). Two starts at the same moment agree on one file.
 */
export function signingSecrets(configured: readonly string[] | null, dataDir: string): readonly string[] {
  if (configured !== null && configured.length > 0) return configured;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'secret');
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
  }
  return [readFileSync(path, 'utf8').trim()];
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
