import { resolve } from 'node:path';
import { BACKUP_LAST } from '../desk/backup-facts.ts';
import { clockFrom } from '../kernel/clock.ts';
import { faultOf } from '../kernel/fault.ts';
import { writeBackup } from '../store/sqlite/backup/write.ts';
import { noteSetting } from '../store/sqlite/note.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { configOf, settleHalfRestore } from './with-funnel.ts';

/** `funnel backup FILE`: everything that a restore needs, in one file, made beside a running server. */
export async function backupCommand(
  terminal: Terminal,
  file: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const config = configOf(terminal);
  const { dataDir } = config;
  await settleHalfRestore(dataDir);
  const now = clockFrom(config.clockStart).now();
  const outcome = await writeBackup({ dataDir, secrets: config.secrets ?? [], file: resolve(file), now });
  if (!outcome.ok) throw new CommandStop(EXIT.failed, outcome.problem);
  noteBackup(terminal, dataDir, now);
  const { leads, contentFiles, bytes } = outcome.made;
  if (options.json === true) {
    terminal.out(`${JSON.stringify({ file: outcome.file, leads, contentFiles, bytes })}\n`);
    return;
  }
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  terminal.out(
    `${outcome.file}: ${leads} ${leads === 1 ? 'lead' : 'leads'}, ${contentFiles} edited content files, ${megabytes} MiB, checked. ` +
      'It holds addresses and the signing secrets: keep it where nobody else can read it.\n',
  );
}

/** So that nobody is told that there is no backup. The file is made: that this is not known is no reason to fail. */
function noteBackup(terminal: Terminal, dataDir: string, at: number): void {
  try {
    noteSetting(dataDir, BACKUP_LAST, String(at));
  } catch (error) {
    terminal.err(`The backup is made, but could not be noted in the database: ${faultOf(error)}.\n`);
  }
}
