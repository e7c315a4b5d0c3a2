import { join, relative } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import type { Config } from '../config/config.ts';
import { createSetup } from '../desk/setup.ts';
import type { Setup } from '../desk/setup.ts';
import type { Funnel } from '../funnel.ts';
import { tellProblem } from '../content/source.ts';
import { sendingRefusals } from '../refusals.ts';
import { holdServeLock } from '../store/sqlite/lock.ts';
import { CommandStop, EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { configOf, openFunnel, tellAll } from './with-funnel.ts';

export type ServeOptions = { readonly offlineCopy?: boolean };

/** `funnel serve`: pages, desk and sender until SIGINT or SIGTERM; SIGHUP reads the content again. */
export async function serveCommand(terminal: Terminal, options: ServeOptions): Promise<void> {
  const config = configOf(terminal);
  const lock = holdServeLock(config.dataDir);
  if (!lock.ok) {
    throw new CommandStop(
      EXIT.failed,
      `Another server already runs on ${config.dataDir}. Stop it first, or give this one a DATA_DIR of its own.`,
    );
  }
  // Logs go to standard error, so that the links on standard output stay readable and the set-up link never gets into a log.
  const log: FastifyBaseLogger = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const funnel = await openFunnel(config, { log });
  try {
    const refusals = await sendingRefusals(funnel, options.offlineCopy === true);
    if (refusals.length > 0) throw new CommandStop(EXIT.configuration, tellAll('Sending', refusals));
    await run(terminal, funnel, log);
  } finally {
    await funnel.close();
    lock.release();
  }
}

async function run(terminal: Terminal, funnel: Funnel, log: FastifyBaseLogger): Promise<void> {
  const setup = createSetup({ store: funnel.store, clock: funnel.clock, random: funnel.random });
  const app = await createApp(funnel, { setup, log });
  const { host, port } = funnel.config;
  const address = await app.server.listen({ host, port }).catch((error: unknown) => {
    throw new CommandStop(EXIT.failed, cannotListen(error, host, port));
  });
  funnel.listeningOn(address);
  try {
    terminal.out(await startLines(funnel, setup));
    terminal.onReload(() => void reload(funnel, app.contentChanged));
    funnel.scheduler.start();
    await terminal.untilStopped();
  } finally {
    // Visitors' requests are answered to the end before the sender and the database go.
    await app.close();
  }
}

async function startLines(funnel: Funnel, setup: Setup): Promise<string> {
  const url = funnel.publicUrl();
  const token = await setup.link();
  const problems = funnel.content.problems();
  return [
    `Pages       ${url}/`,
    token === null ? `Desk        ${url}/admin` : `Desk        ${url}/admin/setup/${token}   (sets the password; good for an hour)`,
    funnel.transport.name === 'outbox'
      ? `Emails      written to ${nearPath(join(funnel.config.dataDir, 'outbox'))}, none is sent`
      : `Emails      sent through ${funnel.transport.name}`,
    ...(problems.length === 0
      ? []
      : ['', 'The content has mistakes; the last valid version is served:', ...problems.map(tellProblem)]),
    '',
  ].join('\n');
}

async function reload(funnel: Funnel, contentChanged: () => Promise<void>): Promise<void> {
  const problems = await funnel.content.reload();
  if (problems.length === 0) {
    const { consent, version } = funnel.content.current();
    await funnel.store.rememberConsentWording(consent.version, consent.wording, funnel.clock.now());
    await contentChanged();
    funnel.log.info({ version }, 'content read again');
  } else {
    funnel.log.error({ problems: problems.map(tellProblem) }, 'content has mistakes; the version in force stays');
  }
}

function cannotListen(error: unknown, host: string, port: Config['port']): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken by another program. Stop it, or start with PORT=0 for a free one.`;
  }
  return `Cannot listen on ${host}:${port} (${String(code ?? error)}). Check HOST and PORT.`;
}

function nearPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : `./${near}`;
}
