import { join } from 'node:path';
import { backupFacts } from '../../desk/backup-facts.ts';
import type { BackupFacts } from '../../desk/backup-facts.ts';
import { backupsFolder, backupWarning } from '../../desk/backups.ts';
import { agoInWords } from '../../desk/health.ts';
import { ok, unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { inspectBackup } from '../../store/sqlite/backup/read.ts';
import { backupRoom } from './backup-room.ts';
import { nightlyBackups } from './nightly-backups.ts';
import type { Patient } from './patient.ts';

const REMEDY =
  'Leave the server running over night, or run “funnel backup FILE” each day; and keep a copy on another machine.';

/** How old the newest backup is, whether the newest nightly one is whole, and what all of them take. */
export async function backupChecks(patient: Patient): Promise<readonly Check[]> {
  const { config, clock, store } = patient;
  const now = clock.now();
  const [nightly] = await nightlyBackups(config.dataDir, now);
  const facts = store === null ? null : await backupFacts(store, config.dataDir, now);
  return [
    ...faultChecks(facts?.fault ?? ''),
    facts === null ? ageUnasked(patient, nightly, now) : ageCheck(facts, nightly),
    ...(nightly === undefined
      ? []
      : [readable(join(backupsFolder(config.dataDir), nightly.name), nightly.name)]),
    ...(await backupRoom(config.dataDir)),
  ];
}

type Nightly = { readonly name: string; readonly at: number } | undefined;

function faultChecks(fault: string): readonly Check[] {
  if (fault === '') return [];
  const remedy = 'Mend that; it is tried again within the hour.';
  return [wrong('nightly backup', `The last one failed: ${fault}`, remedy)];
}

function ageCheck(facts: BackupFacts, nightly: Nightly): Check {
  const { newest, firstLead, now } = facts;
  const isWell = backupWarning({ ...facts, fault: null }) === null;
  if (newest === null) {
    if (firstLead === null) return ok('newest backup', 'None yet, and nothing to lose.');
    return isWell
      ? ok('newest backup', 'None yet: the running server makes one each day.')
      : wrong('newest backup', 'There is none.', REMEDY);
  }
  const what = nightly?.at === newest ? nightly.name : 'By “funnel backup”';
  const says = `${what}, made ${agoInWords(newest, now)}.`;
  return isWell ? ok('newest backup', says) : wrong('newest backup', says, REMEDY);
}

/** Without a database that could tell of leads, and of the command. */
function ageUnasked({ inspected }: Patient, nightly: Nightly, now: number): Check {
  if (nightly !== undefined)
    return ageCheck({ newest: nightly.at, firstLead: nightly.at, fault: null, now }, nightly);
  switch (inspected.kind) {
    case 'none':
      return ok('newest backup', 'None yet, and nothing to lose.');
    case 'gone':
    case 'unreadable':
      return wrong('newest backup', 'There is none.', REMEDY);
    case 'shut':
    case 'other_schema':
    case 'open':
      return unknown('newest backup', 'None; whether there is anything to lose cannot be told.');
  }
}

function readable(path: string, name: string): Check {
  const found = inspectBackup(path);
  return found.ok
    ? ok('backup', `${name} is whole and can be restored: ${found.leads.toLocaleString('en')} leads.`)
    : wrong('backup', `${name} ${found.problem}`, 'Make a new one at once: funnel backup FILE.');
}
