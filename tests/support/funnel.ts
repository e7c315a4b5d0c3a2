import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Environment } from '../../src/config/config.ts';
import { createSetup } from '../../src/desk/setup.ts';
import type { Setup } from '../../src/desk/setup.ts';
import type { ContentUse } from '../../src/content/source.ts';
import type { Printer } from '../../src/documents/press/printer.ts';
import { createFunnel } from '../../src/funnel.ts';
import type { Funnel } from '../../src/funnel.ts';
import type { Log, LogFields } from '../../src/kernel/log.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import type { Email, Submission, Transport } from '../../src/mail/email.ts';
import type { SendReport } from '../../src/sequence/report.ts';
import { testClock } from './clock.ts';
import type { TestClock } from './clock.ts';
import { sharedPrinter } from './printer.ts';

/** A whole funnel over a fresh data folder, with the sample content, a clock that is moved by hand and an inbox in memory. */
export type TestFunnel = {
  readonly funnel: Funnel;
  readonly app: App;
  readonly clock: TestClock;
  readonly dataDir: string;
  readonly setup: Setup;
  /** Every email submitted, in order. */
  readonly inbox: Email[];
  /** What `/…` in the newest email to an address leads to: the path of its first link that begins so. */
  readonly linkIn: (email: Email, path: string) => string;
  /** Sends everything that is due now. */
  readonly send: () => Promise<readonly SendReport[]>;
  /** Signs up through the form. */
  readonly signUp: (
    fields?: Readonly<Record<string, string>>,
    offer?: string,
    query?: string,
  ) => ReturnType<typeof post>;
  readonly post: typeof post;
  /** What was logged as warnings and worse, for tests that expect it. What is not taken and is an error fails the test. */
  readonly takeLog: () => readonly string[];
};

export const SUNDAY_MORNING = '2026-11-22T09:00:00Z';
type Fields = Readonly<Record<string, string>>;
type Answer = Awaited<ReturnType<App['server']['inject']>>;
declare function post(path: string, fields: Fields, headers?: Fields): Promise<Answer>;

export async function testFunnel(
  options: {
    readonly now?: string;
    readonly env?: Environment;
    readonly dataDir?: string;
    readonly answer?: Submission;
    readonly printer?: Printer;
    /** What the content is wanted for; without it as a command that looks. */
    readonly content?: ContentUse;
  } = {},
): Promise<TestFunnel> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'funnel-'));
  const read = readConfig({ DATA_DIR: dataDir, PUBLIC_URL: 'http://funnel.test', ...options.env }, () => '');
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const clock = testClock(options.now ?? SUNDAY_MORNING);
  const inbox: Email[] = [];
  const transport: Transport = {
    name: 'outbox',
    live: false,
    honoursKeys: true,
    patience: 15_000,
    submit: async (email) => {
      const answer = options.answer ?? { kind: 'submitted', providerId: null };
      if (answer.kind === 'submitted') inbox.push(email);
      return answer;
    },
  };
  const lines: string[] = [];
  const outcome = await createFunnel(read.config, {
    clock,
    transport,
    log: strictLog(lines),
    printer: options.printer ?? sharedPrinter,
    ...(options.content === undefined ? {} : { content: options.content }),
  });
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  const { funnel } = outcome;
  const setup = createSetup({ store: funnel.store, clock, random: systemRandom });
  const app = await createApp(funnel, { setup, log: serverLog(lines) });
  onTestFinished(async () => {
    await app.close();
    await funnel.close();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    // An unexpected error in the log is a failure, whatever the answer looked like.
    const errors = lines.filter((line) => line.startsWith('error'));
    if (errors.length > 0) throw new Error(`The log holds errors:\n${errors.join('\n')}`);
  });
  const postForm: typeof post = (path, fields, headers = {}) =>
    app.server.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    });
  return {
    funnel,
    app,
    clock,
    dataDir,
    setup,
    inbox,
    linkIn: (email, path) => {
      const found = email.text.match(new RegExp(`http://funnel\\.test(${path}[^\\s)>]*)`));
      if (found?.[1] === undefined) throw new Error(`No link to ${path} in “${email.subject}”.`);
      return found[1];
    },
    send: async () => {
      const reports: SendReport[] = [];
      for (
        let report = await funnel.sender.sendNextDue();
        report !== null;
        report = await funnel.sender.sendNextDue()
      ) {
        reports.push(report);
      }
      return reports;
    },
    signUp: (fields = {}, offer = 'white-paper', query = '') =>
      postForm(`/${offer}${query}`, { email: 'ana@example.com', first_name: 'Ana', ...fields }),
    post: postForm,
    takeLog: () => lines.splice(0),
  };
}

function strictLog(lines: string[]): Log {
  const keep = (level: string) => (fields: LogFields, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields, withErrors)}`);
  return { debug: () => {}, info: () => {}, warn: keep('warn'), error: keep('error') };
}

/** The same for the server, which wants a logger of pino's shape. */
function serverLog(lines: string[]): FastifyBaseLogger {
  const keep =
    (level: string) =>
    (...line: unknown[]) =>
      void lines.push(`${level} ${JSON.stringify(line, withErrors)}`);
  const none = () => {};
  const log: FastifyBaseLogger = {
    level: 'warn',
    fatal: keep('error'),
    error: keep('error'),
    warn: keep('warn'),
    info: none,
    debug: none,
    trace: none,
    silent: none,
    child: () => log,
  };
  return log;
}

function withErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? String(value.stack) : value;
}
