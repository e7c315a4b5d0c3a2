import { resolve } from 'node:path';
import { clockFrom } from '../kernel/clock.ts';
import { writeBackup } from '../store/sqlite/backup/write.ts';
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
