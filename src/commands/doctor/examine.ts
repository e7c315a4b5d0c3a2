import { unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { codeOf } from '../../kernel/fault.ts';
import { backupChecks } from './backups.ts';
import { configurationChecks } from './configuration.ts';
import { contentChecks, links } from './content.ts';
import { databaseChecks, FROM_BACKUP } from './database.ts';
import { domainChecks } from './domain.ts';
import { ledgerChecks } from './ledger.ts';
import type { Outside, Patient, Section } from './patient.ts';
import { senderChecks } from './sender.ts';

/** Everything, in the order in which one mends it. */
export async function examine(patient: Patient, outside: Outside | null): Promise<readonly Section[]> {
  // To its end before the database is read: that holds the event loop for seconds, in which an answer would seem never to come.
  const [configuration, linkSection, domain] = await Promise.all([
    section('Configuration', () => configurationChecks(patient, outside)),
    section('Links', () => links(patient, outside)),
    section('Sender’s domain', () => domainChecks(patient, outside)),
  ]);
  const [content, database, backups, sender, ledger] = [
    await section('Content', () => contentChecks(patient)),
    await section('Database', () => databaseChecks(patient)),
    await section('Backups', () => backupChecks(patient)),
    await section('Sender', () => senderChecks(patient)),
    await section('Ledger', () => ledgerChecks(patient)),
  ];
  return [configuration, content, linkSection, database, backups, sender, domain, ledger];
}

/** A section that breaks must not hide the others. */
async function section(title: string, check: () => Promise<readonly Check[]>): Promise<Section> {
  try {
    return { title, checks: await check() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // A database so damaged that its own check breaks off is no open question.
    if (codeOf(error)?.startsWith('SQLITE_CORRUPT') === true)
      return { title, checks: [wrong(title.toLowerCase(), `The database is damaged: ${why}.`, FROM_BACKUP)] };
    return { title, checks: [unknown(title.toLowerCase(), `It could not be examined: ${why}`)] };
  }
}
