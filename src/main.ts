import { runCli } from './cli.ts';
import { readInput } from './commands/read-input.ts';
import type { Terminal } from './commands/terminal.ts';

const terminal: Terminal = {
  out: (result) => void process.stdout.write(result),
  drained: () =>
    new Promise((resolve) => {
      if (process.stdout.writableNeedDrain) process.stdout.once('drain', () => resolve());
      else resolve();
    }),
  err: (text) => void process.stderr.write(text),
  outIsTerminal: process.stdout.isTTY === true && process.env['TERM'] !== 'dumb',
  errIsTerminal: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
  env: process.env,
  readInput: () => readInput(process.stdin, (text) => void process.stderr.write(text)),
  untilStopped: () =>
    new Promise((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    }),
  onReload: (reload) => void process.on('SIGHUP', reload),
};

// A reader that goes away (`funnel export | head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), terminal);
