import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { ok, unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { hasCode } from '../../kernel/fault.ts';

/** What holds addresses, emails or what links are signed with. */
const PRIVATE = ['funnel.db', 'funnel.db-wal', 'funnel.db-shm', 'secret', 'stops.log', 'outbox', 'backups'];

/** Whether nobody but the owner can read what is in the data folder, and whether the secret is whole. */
export function folderChecks(
  { dataDir, secrets }: Pick<Config, 'dataDir' | 'secrets'>,
  isNew: boolean,
): readonly Check[] {
  const folder = modeOf(dataDir);
  if (folder === 'closed') return [unknown('data folder', `${dataDir} cannot be looked into by this user.`)];
  if (folder === null) return [ok('data folder', `${dataDir} is not there yet; the first start makes it.`)];
  // Windows has no such modes: Node shows the same for everybody.
  if (process.platform === 'win32')
    return [
      unknown('data folder', 'Who may read it cannot be told on this system.'),
      secretCheck(dataDir, secrets, isNew),
    ];
  const open = PRIVATE.filter((name) => {
    const mode = modeOf(join(dataDir, name));
    return typeof mode === 'number' && (mode & 0o077) !== 0;
  });
  return [permissions(dataDir, folder, open), secretCheck(dataDir, secrets, isNew)];
}

function permissions(dataDir: string, folder: number, open: readonly string[]): Check {
  if ((folder & 0o022) !== 0)
    return wrong('data folder', `Others may write in ${dataDir}.`, `chmod 700 ${dataDir}`);
  // A folder that others may look through is no harm as long as they can read nothing in it.
  if (open.length > 0 && (folder & 0o077) !== 0) {
    const paths = open.map((name) => join(dataDir, name)).join(' ');
    return wrong(
      'data folder',
      `Others on this machine can read ${open.join(', ')} in ${dataDir}.`,
      `chmod go= ${dataDir} ${paths}`,
    );
  }
  return ok('data folder', `Nobody but its owner can read what is in ${dataDir}.`);
}

/** Without it every link that was ever mailed is dead. */
function secretCheck(dataDir: string, configured: readonly string[] | null, isNew: boolean): Check {
  if (configured !== null) return ok('secret', 'FUNNEL_SECRET signs the links.');
  const path = join(dataDir, 'secret');
  try {
    const length = readFileSync(path, 'utf8').trim().length;
    return length >= 32
      ? ok('secret', 'It is there, and whole.')
      : wrong(
          'secret',
          `${path} is damaged.`,
          'Bring it back from a backup; without it, links that were mailed are dead.',
        );
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) return unknown('secret', `${path} cannot be read by this user.`);
    return isNew
      ? ok('secret', 'The first start makes it.')
      : wrong(
          'secret',
          `${path} is missing, and the funnel is not new.`,
          'Bring it back from a backup before you start the server: a new one makes every mailed link dead.',
        );
  }
}

/** Null: it is not there. `closed`: nobody tells this user. */
function modeOf(path: string): number | 'closed' | null {
  try {
    return statSync(path).mode & 0o777;
  } catch (error) {
    return hasCode(error, 'ENOENT') ? null : 'closed';
  }
}
