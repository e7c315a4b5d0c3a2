import { join, relative } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import { createNightlyBackups } from '../desk/nightly.ts';
import { createSetup } from '../desk/setup.ts';
import type { Setup } from '../desk/setup.ts';
import type { Funnel } from '../funnel.ts';
import { sendingRefusals } from '../refusals.ts';
import { createHousekeeping } from '../signup/housekeeping.ts';
import { finishRestore, isHalfRestored, throwAwayStaging } from '../store/sqlite/backup/staging.ts';
import { writeBackup } from '../store/sqlite/backup/write.ts';
import { holdServeLock } from '../store/sqlite/lock.ts';
import { carrierOf } from '../transports.ts';
import { catchUpWithJournal } from './restored.ts';
import { publishAnew, settleContent } from './serve-content.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { configOf, contentMistakes, openFunnel, orStop, tellAll } from './with-funnel.ts';
import { codeOf } from '../kernel/fault.ts';

export type ServeOptions = { readonly offlineCopy?: boolean };

/** Milliseconds. `doctor` looks at the lock for an instant; another server keeps it. */
const LOCK_PATIENCE = 250;

/** `funnel serve`: pages, desk and sender until SIGINT or SIGTERM; SIGHUP reads the content again. */
export async function serveCommand(terminal: Terminal, options: ServeOptions): Promise<void> {
  // Asked for at once: a stop that comes while we start must end as cleanly as any other.
  const stopped = terminal.untilStopped();
  const onReload = reloads(terminal);
  const config = configOf(terminal);
  const lock = await orStop(() => holdServeLock(config.dataDir, LOCK_PATIENCE));
  if (!lock.ok) {
    throw new CommandStop(
      EXIT.failed,
      `Another server already runs on ${config.dataDir}. Stop it first, or give this one a DATA_DIR of its own.`,
    );
  }
  try {
    if (isHalfRestored(config.dataDir)) {
      await orStop(() => finishRestore(config.dataDir));
      terminal.err('A restore had been cut off; it is finished now.\n');
    } else throwAwayStaging(config.dataDir);
    // Logs go to standard error, so that the links on standard output stay readable and the set-up link never gets into a log.
    const log: FastifyBaseLogger = pino(
      { level: config.logLevel },
      pino.destination({ dest: 2, sync: true }),
    );
    const funnel = await openFunnel(config, { log, holder: 'serve', content: 'publish', printing: 'aside' });
    try {
      const refusals = await sendingRefusals(funnel, options.offlineCopy === true);
      if (refusals.length > 0) throw new CommandStop(EXIT.configuration, tellAll('Sending', refusals));
      await catchUpWithJournal(funnel, terminal);
      await run(terminal, funnel, log, stopped, onReload);
    } finally {
      await funnel.close();
    }
  } finally {
    lock.release();
  }
}

/** Asked for at once, too: a SIGHUP that comes while we start is carried out when we have, and does not end us. */
function reloads(terminal: Terminal): (reload: () => void) => void {
  let isWanted = false;
  let act = (): void => {
    isWanted = true;
  };
  terminal.onReload(() => act());
  return (reload) => {
    act = reload;
    if (isWanted) reload();
  };
}

async function run(
  terminal: Terminal,
  funnel: Funnel,
  log: FastifyBaseLogger,
  stopped: Promise<void>,
  onReload: (reload: () => void) => void,
): Promise<void> {
  const setup = createSetup({ store: funnel.store, clock: funnel.clock, random: funnel.random });
  const app = await createApp(funnel, { setup, log });
  const housekeeping = createHousekeeping({
    ...funnel,
    linkDays: () => funnel.content.current().site.linkDays,
  });
  const nightly = nightlyBackupsOf(funnel);
  const stopping = new AbortController();
  let prepared: Promise<void> = Promise.resolve();
  try {
    const { host, port } = funnel.config;
    const address = await app.server.listen({ host, port }).catch((error: unknown) => {
      throw new CommandStop(EXIT.failed, cannotListen(error, host, port));
    });
    await funnel.listeningOn(address);
    onReload(() => void publishAnew(funnel, app, stopping.signal));
    // We hold the lock, so whatever a server before us was sending, it sends no more.
    await funnel.store.releaseLeases('serve', funnel.clock.now());
    funnel.scheduler.start();
    housekeeping.start();
    nightly.start();
    terminal.out(await startLines(funnel, setup));
    prepared = settleContent(funnel, app, stopping.signal);
    await stopped;
  } finally {
    stopping.abort();
    await housekeeping.stop();
    await nightly.stop();
    // Visitors' requests are answered to the end before the sender and the database go.
    await Promise.all([app.close(), prepared]);
  }
}

function nightlyBackupsOf(funnel: Funnel) {
  const { dataDir, secrets } = funnel.config;
  const write = async (file: string, signal: AbortSignal) =>
    await writeBackup({ dataDir, secrets: secrets ?? [], file, now: funnel.clock.now(), signal });
  return createNightlyBackups({ ...funnel, dataDir, write });
}

async function startLines(funnel: Funnel, setup: Setup): Promise<string> {
  const url = funnel.publicUrl();
  const token = await setup.link();
  const mistakes = contentMistakes(funnel);
  const pause = await funnel.store.senderPause(funnel.clock.now());
  return [
    `Pages       ${url}/`,
    token === null
      ? `Desk        ${url}/admin`
      : `Desk        ${url}/admin/setup/${token}   (sets the password; good for an hour)`,
    funnel.transport.name === 'outbox'
      ? `Emails      written to ${nearPath(join(funnel.config.dataDir, 'outbox'))}, none is sent`
      : `Emails      sent through ${carrierOf(funnel.transport)}`,
    ...(pause?.until === null
      ? [`Paused      no email goes out: ${pause.reason}. Resume on the desk, under Emails`]
      : []),
    ...(mistakes.length === 0 ? [] : ['', ...mistakes]),
    '',
  ].join('\n');
}

function cannotListen(error: unknown, host: string, port: number): string {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken by another program. Stop it, or start with PORT=0 for a free one.`;
  }
  return `Cannot listen on ${host}:${port} (${code ?? String(error)}). Check HOST and PORT.`;
}

function nearPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : `./${near}`;
}
