import { Command, CommanderError } from 'commander';
import { CommandStop, EXIT } from './commands/terminal.ts';
import type { ExitCode, Terminal } from './commands/terminal.ts';
import type { EraseOptions } from './commands/erase.ts';
import type { ExportOptions } from './commands/export.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import type { DocumentOptions } from './commands/document.ts';
import type { PreviewOptions } from './commands/preview.ts';
import type { RehearseOptions } from './commands/rehearse.ts';
import type { RestoreOptions } from './commands/restore.ts';
import type { SendOptions } from './commands/send.ts';
import type { ServeOptions } from './commands/serve.ts';
import type { StatsOptions } from './commands/stats.ts';

/** Runs one command line and says how it ended. Faults of use and of configuration are told in words, without a stack. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await buildProgram(terminal).parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof CommandStop) {
      terminal.err(`${error.message}\n`);
      return error.exitCode;
    }
    terminal.err(`This should not have happened: ${error instanceof Error ? error.stack : String(error)}\n`);
    return EXIT.failed;
  }
}

/** All commands with their options and help. Each command's code is loaded only when it runs. */
export function buildProgram(terminal: Terminal): Command {
  const program = new Command('funnel')
    .description('A lead-magnet funnel: landing pages, personal PDFs, follow-up emails, a CSV of leads.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showSuggestionAfterError();
  const command = (name: string, description: string) => program.command(name).description(description);

  command('serve', 'run pages, desk and sender (what npm start runs)')
    .option('--offline-copy', 'the database is a copy: it may use the file outbox though it has sent live')
    .action(async (options: ServeOptions) =>
      (await import('./commands/serve.ts')).serveCommand(terminal, options),
    );
  command('send', 'send everything that is due now, then exit')
    .option('--json', 'one JSON object a message')
    .option('--resume', 'first end a pause that waits for a person (a restored database, or the coach’s)')
    .option('--offline-copy', 'the database is a copy: it may use the file outbox though it has sent live')
    .action(async (options: SendOptions) =>
      (await import('./commands/send.ts')).sendCommand(terminal, options),
    );
  command('export', 'write the leads as CSV')
    .option('--out <file>', 'write there instead of to standard output')
    .option('--format <format>', 'csv, or json for one object a line', 'csv')
    .option('--status <status>', 'only leads with this status')
    .option('--offer <offer>', 'only leads who asked for this offer')
    .option('--source <source>', 'only leads whose first source is this')
    .option('--from <day>', 'signed up on this UTC day or later, such as 2026-11-01')
    .option('--to <day>', 'signed up on this UTC day or earlier')
    .action(async (options: ExportOptions) =>
      (await import('./commands/export.ts')).exportCommand(terminal, options),
    );
  command('document', 'make one PDF, as a reader would get it')
    .argument('<offer>', 'key of the offer, such as white-paper')
    .requiredOption(
      '--out <file>',
      'where to write it; a file that is there is replaced; - is standard output',
    )
    .option('--name <name>', 'the name on its cover')
    .option('--situation <key>', 'puts the matching chapter first and adds the matching page')
    .option('--role <role>', 'the role the reader aims for')
    .option('--paper <size>', 'a4 or letter (default: what a reader gets whose time zone is not known)')
    .option('--json', 'tell as one JSON object what was made')
    .action(async (offer: string, options: DocumentOptions) =>
      (await import('./commands/document.ts')).documentCommand(terminal, offer, options),
    );
  command('rehearse', 'show the calendar of emails that a lead gets, and why a step is skipped')
    .option('--email <address>', 'of a lead in the database; without it, a new lead')
    .option(
      '--from <instant>',
      'when a new lead presses the button, such as 2026-11-23T14:30:00Z (default: now)',
    )
    .option('--timezone <zone>', 'of a new lead, such as Europe/London')
    .option('--changes', 'whom an edit of the sequence touches, before the server publishes it')
    .option('--json', 'one JSON object an email; with --changes one object')
    .action(async (options: RehearseOptions) =>
      (await import('./commands/rehearse.ts')).rehearseCommand(terminal, options),
    );
  command('preview', 'write one email as .html, .txt and .eml')
    .argument('<step>', 'key of a step, or delivery, reminder, renewal, data, erase')
    .requiredOption('--out <folder>', 'where to write the three files')
    .option('--offer <key>', 'what its reader asked for, and so its language; without it the first offer')
    .action(async (step: string, options: PreviewOptions) =>
      (await import('./commands/preview.ts')).previewCommand(terminal, step, options),
    );
  command('stats', 'show the funnel’s numbers, of the last 30 days unless said otherwise')
    .option('--from <day>', 'first UTC day, such as 2026-11-01')
    .option('--to <day>', 'last UTC day')
    .option('--json', 'as one JSON object')
    .action(async (options: StatsOptions) =>
      (await import('./commands/stats.ts')).statsCommand(terminal, options),
    );
  command(
    'doctor',
    'check everything, and prove from the ledger that no email went out twice or after a stop',
  )
    .option('--offline', 'ask neither the links nor the DNS')
    .option('--json', 'as one JSON object')
    .action(async (options: DoctorOptions) =>
      (await import('./commands/doctor.ts')).doctorCommand(terminal, options),
    );
  command('backup', 'write everything that a restore needs into one file')
    .argument('<file>', 'where to; a file that is there stays as it is')
    .option('--json', 'as one JSON object')
    .action(async (file: string, options: { readonly json?: boolean }) =>
      (await import('./commands/backup.ts')).backupCommand(terminal, file, options),
    );
  command('restore', 'bring a backup back; sending is paused until you resume it')
    .argument('<file>', 'a backup, or a copy from backups/')
    .option('--force', 'also over a database that is newer; it is put aside')
    .option(
      '--stopped-at <instant>',
      'when the former server is known to have stopped, such as 2026-11-23T14:30:00Z: nothing went out after it',
    )
    .option('--json', 'as one JSON object')
    .action(async (file: string, options: RestoreOptions) =>
      (await import('./commands/restore.ts')).restoreCommand(terminal, file, options),
    );
  command('erase', 'remove a person; a keyed hash stays')
    .argument('<email>', 'her address')
    .option('--outbox', 'delete emails to her in the outbox as well')
    .option('--suppress', 'refuse an import of the address though nothing is known of it')
    .option('--json', 'as one JSON object')
    .action(async (email: string, options: EraseOptions) =>
      (await import('./commands/erase.ts')).eraseCommand(terminal, email, options),
    );
  const admin = command('admin', 'the desk’s accounts');
  admin
    .command('password')
    .description(
      'set the desk’s password, read from standard input; ends all sessions and voids the set-up link',
    )
    .option('--email <address>', 'of the account, where there is more than one')
    .action(async (options: { readonly email?: string }) =>
      (await import('./commands/admin-password.ts')).adminPasswordCommand(terminal, options),
    );
  command('demo', 'fill an empty database with made-up leads, to look around')
    .requiredOption('--leads <number>', 'how many')
    .action(async (options: { readonly leads: string }) =>
      (await import('./commands/demo.ts')).demoCommand(terminal, options),
    );
  return program;
}
