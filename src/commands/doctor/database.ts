import { join } from 'node:path';
import { backupsFolder } from '../../desk/backups.ts';
import { counted, ok, unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import type { StoreInspection } from '../../store/port.ts';
import { isHalfRestored } from '../../store/sqlite/backup/staging.ts';
import { nightlyBackups } from './nightly-backups.ts';
import type { Patient } from './patient.ts';

export const FROM_BACKUP =
  'Stop the server, keep a copy of the data folder, and restore the newest backup (funnel restore).';
const SHUT =
  'Nothing speaks against the database. Run doctor as the user that the server runs as, where the data folder can be written.';

/** The file itself. */
export async function databaseChecks(patient: Patient): Promise<readonly Check[]> {
  const { inspected, isServing } = patient;
  switch (inspected.kind) {
    case 'none':
      return [noneCheck(patient)];
    case 'gone':
      return [await goneCheck(patient, inspected.traces)];
    case 'shut':
      return [
        unknown(
          'database',
          `It cannot be opened by this user, on this mount or now: ${inspected.reason}.`,
          SHUT,
        ),
      ];
    case 'unreadable':
      return [wrong('database', `It cannot be read: ${inspected.reason}.`, FROM_BACKUP)];
    case 'other_schema':
      return [schemaCheck(inspected)];
    case 'open':
      return [
        ...(await integrityChecks(inspected.inspection)),
        ...(await factChecks(inspected.inspection)),
        await journalCheck(inspected.inspection),
        ok('server', isServing ? 'One runs on this data folder.' : 'None runs on this data folder.'),
      ];
  }
}

/** Real emails need a database; on a disk that is not mounted there is none. */
function noneCheck({ config }: Patient): Check {
  if (!config.mail.live) return ok('database', 'There is none yet; the first start makes it.');
  return wrong(
    'database',
    `There is none in ${config.dataDir}, and by the settings real emails go out.`,
    'Look whether DATA_DIR is right and its disk is there. Only for a new funnel: start the server, which makes it.',
  );
}

async function goneCheck({ config: { dataDir }, clock }: Patient, traces: readonly string[]): Promise<Check> {
  if (isHalfRestored(dataDir))
    return wrong(
      'database',
      'A restore is not finished: the database is not in its place yet.',
      'If none is under way, start the server: it finishes the restore.',
    );
  const newest = (await nightlyBackups(dataDir, clock.now()))[0]?.name;
  const restore =
    newest === undefined
      ? 'restore the newest backup that you keep elsewhere (funnel restore FILE); DATA_DIR/backups holds none'
      : `restore the newest backup: npm run -s funnel -- restore ${join(backupsFolder(dataDir), newest)}`;
  return wrong(
    'database',
    `The database is gone: ${dataDir} holds ${traces.join(', ')}, and no funnel.db.`,
    `Start no server, which would begin an empty one. Look whether the disk is mounted and the file was moved; else ${restore}`,
  );
}

function schemaCheck({ found, known }: { readonly found: number; readonly known: number }): Check {
  return found > known
    ? wrong(
        'database',
        `A newer version of this program wrote it (schema ${found}, known here: ${known}).`,
        'Update the program, or restore the backup that was made before the update (backups/before-….db).',
      )
    : unknown(
        'database',
        `It is of an earlier version (schema ${found}); the next start of the server brings it to ${known}.`,
      );
}

async function integrityChecks(store: StoreInspection): Promise<readonly Check[]> {
  const findings = await store.integrity();
  if (findings.length === 0)
    return [ok('integrity', 'Rows, indexes and references agree (integrity_check, foreign_key_check).')];
  const shown = findings.slice(0, 5).map((finding) => wrong('integrity', `${finding}.`, FROM_BACKUP));
  const rest = findings.length - shown.length;
  return rest === 0 ? shown : [...shown, wrong('integrity', `${rest} more.`, FROM_BACKUP)];
}

async function factChecks(store: StoreInspection): Promise<readonly Check[]> {
  const { schemaVersion, sqliteVersion, pragmas, rows } = await store.facts();
  const mode = String(pragmas['journal_mode']);
  const counts = [
    counted(rows['leads'] ?? 0, 'lead'),
    counted(rows['messages'] ?? 0, 'email'),
    counted(rows['tries'] ?? 0, 'try', 'tries'),
  ];
  return [
    ok('schema', `${schemaVersion}, by SQLite ${sqliteVersion}: ${counts.join(', ')}.`),
    mode === 'wal'
      ? ok('pragmas', 'journal_mode=wal; each start sets and proves synchronous=FULL and foreign_keys=ON.')
      : ok('pragmas', `journal_mode is ${mode}, as a restore leaves it; the next start makes it wal.`),
  ];
}

/** A database that was put back by hand knows neither who has left since nor what was sent. */
async function journalCheck(store: StoreInspection): Promise<Check> {
  const lacked = await store.lackedStops();
  return lacked === 0
    ? ok('journal', 'The database knows every stop in stops.log.')
    : wrong(
        'journal',
        `The database lacks ${counted(lacked, 'stop')} that stops.log holds: it is an older copy of itself.`,
        'Start the server: it carries them out, puts in doubt what may have gone out since, and waits for you to resume.',
      );
}
