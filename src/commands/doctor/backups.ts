import { join } from 'node:path';
import { BACKUP_FAULT, backupsFolder } from '../../desk/backups.ts';
import { agoInWords } from '../../desk/health.ts';
import { ok, unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { DAY } from '../../kernel/clock.ts';
import { inspectBackup } from '../../store/sqlite/backup/read.ts';
import { nightlyBackups } from './nightly-backups.ts';
import type { Patient } from './patient.ts';

/** One night may be missed: the machine was off. */
const TOO_OLD = 2 * DAY;
const REMEDY =
  'Leave the server running over night, or run “funnel backup FILE” each day; and keep a copy on another machine.';

/** The newest nightly backup: how old it is, and whether it is whole and can be read. */
export async function backupChecks(patient: Patient): Promise<readonly Check[]> {
  const { config, clock, store } = patient;
  const now = clock.now();
  const folder = backupsFolder(config.dataDir);
  const newest = (await nightlyBackups(config.dataDir))[0];
  const fault = (await store?.setting(BACKUP_FAULT)) ?? '';
  const faults =
    fault === ''
      ? []
      : [
          wrong(
            'nightly backup',
            `The last one failed: ${fault}`,
            'Mend that; it is tried again within the hour.',
          ),
        ];
  if (newest === undefined) return [...faults, await noneYet(patient, now)];
  const { name, at } = newest;
  const says = `${name}, made ${agoInWords(at, now)}.`;
  return [
    ...faults,
    now - at > TOO_OLD ? wrong('newest backup', says, REMEDY) : ok('newest backup', says),
    readable(join(folder, name), name),
  ];
}

async function noneYet({ store, inspected }: Patient, now: number): Promise<Check> {
  if (inspected.kind === 'gone' || inspected.kind === 'unreadable')
    return wrong('newest backup', 'There is none.', REMEDY);
  if (inspected.kind !== 'none' && store === null)
    return unknown('newest backup', 'None; whether there is anything to lose cannot be told.');
  const span = (await store?.timeSpan()) ?? null;
  if (span === null) return ok('newest backup', 'None yet, and nothing to lose.');
  return now - span.first > TOO_OLD
    ? wrong('newest backup', 'There is none.', REMEDY)
    : ok('newest backup', 'None yet: the running server makes one each day.');
}

function readable(path: string, name: string): Check {
  const found = inspectBackup(path);
  return found.ok
    ? ok('backup', `${name} is whole and can be restored: ${found.leads.toLocaleString('en')} leads.`)
    : wrong('backup', `${name} ${found.problem}`, 'Make a new one at once: funnel backup FILE.');
}
