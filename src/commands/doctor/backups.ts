import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ok, unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { DAY } from '../../kernel/clock.ts';
import { agoInWords } from '../../desk/health.ts';
import { inspectStore } from '../../store/sqlite/inspect.ts';
import type { Patient } from './patient.ts';

/** One night may be missed: the machine was off. */
const TOO_OLD = 2 * DAY;
const REMEDY =
  'Leave the server running over night, or run “funnel backup FILE” each day; and keep a copy on another machine.';

/** The newest nightly backup: how old it is, and whether it can be read. */
export async function backupChecks({ config, clock, store }: Patient): Promise<readonly Check[]> {
  const folder = join(config.dataDir, 'backups');
  const newest = newestOf(folder);
  const fault = (await store?.setting('backup.fault')) ?? '';
  const faults =
    fault === ''
      ? []
      : [wrong('nightly backup', `The last one failed: ${fault}.`, 'Mend that; the next night tries again.')];
  if (newest === null) return [...faults, await noneYet(store, clock.now())];
  const age = clock.now() - newest.at;
  const says = `${newest.name}, made ${agoInWords(newest.at, clock.now())}`;
  return [
    ...faults,
    age > TOO_OLD ? wrong('newest backup', `${says}.`, REMEDY) : ok('newest backup', `${says}.`),
    await readable(config.dataDir, join(folder, newest.name), newest.name),
  ];
}

type Backup = { readonly name: string; readonly at: number };

/** `nightly-2026-11-23…`: by the time in its name, since a copied file is as new as its copying. */
function newestOf(folder: string): Backup | null {
  const backups = filesIn(folder)
    .filter((name) => /^nightly-.*\.db$/.test(name))
    .map((name): Backup => ({ name, at: timeIn(name) ?? statSync(join(folder, name)).mtimeMs }));
  return backups.toSorted((one, other) => other.at - one.at)[0] ?? null;
}

/** Of `…2026-11-23T02-00-00-000Z…` or `…2026-11-23…`. */
function timeIn(name: string): number | null {
  const [, day, clock = '', ms = '000'] =
    /(\d{4}-\d\d-\d\d)(?:T(\d\d-\d\d-\d\d)(?:-(\d{3}))?Z)?/.exec(name) ?? [];
  if (day === undefined) return null;
  const at = Date.parse(clock === '' ? `${day}T00:00:00Z` : `${day}T${clock.replaceAll('-', ':')}.${ms}Z`);
  return Number.isNaN(at) ? null : at;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function noneYet(store: Patient['store'], now: number): Promise<Check> {
  const span = (await store?.timeSpan()) ?? null;
  if (span === null) return ok('newest backup', 'None yet, and nothing to lose.');
  return now - span.first > TOO_OLD
    ? wrong('newest backup', 'There is none.', REMEDY)
    : ok('newest backup', 'None yet: the running server makes one each night.');
}

async function readable(dataDir: string, path: string, name: string): Promise<Check> {
  const backup = inspectStore(dataDir, path);
  switch (backup.kind) {
    case 'open': {
      const { inspection } = backup;
      try {
        const findings = await inspection.integrity();
        if (findings.length > 0)
          return wrong(
            'backup',
            `${name} is damaged: ${findings[0]}.`,
            'Make a new one at once: funnel backup FILE.',
          );
        const { rows } = await inspection.facts();
        return ok(
          'backup',
          `${name} can be read and is whole: ${(rows['leads'] ?? 0).toLocaleString('en')} leads.`,
        );
      } finally {
        await inspection.close();
      }
    }
    case 'other_schema':
      return unknown(
        'backup',
        `${name} is of another version (schema ${backup.found}); restore brings it up to date.`,
      );
    case 'none':
      return unknown('backup', `${name} was removed while we looked.`);
    case 'unreadable':
      return wrong(
        'backup',
        `${name} cannot be read: ${backup.reason}.`,
        'Make a new one at once: funnel backup FILE.',
      );
  }
}
