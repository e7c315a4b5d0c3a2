import { join } from 'node:path';
import type { Config } from './config/config.ts';
import { signingSecrets } from './config/secret.ts';
import { fallible } from './content/proof.ts';
import { contentShelf, keepIfNew } from './content/shelf.ts';
import { openContent, tellProblem } from './content/source.ts';
import type { ContentSource, ContentUse } from './content/source.ts';
import type { Press } from './documents/model.ts';
import { createPress } from './documents/press.ts';
import { createPrinterProcess } from './documents/press/printer-process.ts';
import { createPrinter } from './documents/press/printer.ts';
import type { Printer } from './documents/press/printer.ts';
import { clockFrom } from './kernel/clock.ts';
import type { Clock } from './kernel/clock.ts';
import { silentLog } from './kernel/log.ts';
import type { Log } from './kernel/log.ts';
import { loadLook } from './kernel/look.ts';
import type { Look } from './kernel/look.ts';
import { systemRandom } from './kernel/random.ts';
import type { Random } from './kernel/random.ts';
import { createTemplates } from './kernel/templates.ts';
import type { Templates } from './kernel/templates.ts';
import { createTokens } from './kernel/tokens.ts';
import type { Tokens } from './kernel/tokens.ts';
import type { Timetable } from './leads/timetable.ts';
import { createComposer } from './mail/compose.ts';
import type { Transport } from './mail/email.ts';
import type { Composer } from './mail/order.ts';
import { createRate, unlimited } from './mail/rate.ts';
import { BUILD, ROOT } from './root.ts';
import { createTimetable } from './sequence/calendar.ts';
import type { LeaseHolder } from './sequence/port.ts';
import { createScheduler } from './sequence/scheduler.ts';
import type { Scheduler } from './sequence/scheduler.ts';
import { createSender } from './sequence/sender.ts';
import type { Sender } from './sequence/sender.ts';
import { rememberConsents } from './signup/consents.ts';
import { createWorkCheck } from './signup/work.ts';
import type { WorkCheck } from './signup/work.ts';
import { openStore } from './store/sqlite/store.ts';
import type { Store } from './store/port.ts';
import { transportFor } from './transports.ts';

/** Everything the program is made of, built once. */
export type Funnel = {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly content: ContentSource;
  readonly look: Look;
  readonly templates: Templates;
  readonly tokens: Tokens;
  readonly work: WorkCheck;
  readonly store: Store;
  readonly press: Press;
  readonly compose: Composer;
  readonly transport: Transport;
  readonly sender: Sender;
  readonly scheduler: Scheduler;
  /** By the content in force. */
  readonly timetable: () => Timetable;
  /** The address that links carry, without a slash at its end. */
  readonly publicUrl: () => string;
  /** The server tells where it listens, for `PUBLIC_URL`'s default; kept for the commands that run beside it. */
  readonly listeningOn: (address: string) => Promise<void>;
  /** Stops the scheduler first and the store last. */
  readonly close: () => Promise<void>;
};

export type Overrides = {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Log;
  readonly transport?: Transport;
  /** Whose leases the sender takes; the server alone says `serve`. */
  readonly holder?: LeaseHolder;
  /** Where documents are laid out; the server, which has visitors to answer meanwhile, says `aside`: in a process of its own. */
  readonly printing?: 'here' | 'aside';
  readonly printer?: Printer;
  /** What the content is wanted for; the server alone says `publish`. */
  readonly content?: ContentUse;
};

export type FunnelOutcome =
  | { readonly ok: true; readonly funnel: Funnel }
  /** Content or secret do not permit a start; each problem is a sentence for the operator. */
  | { readonly ok: false; readonly what: 'content' | 'secret'; readonly problems: readonly string[] };

/** Builds the program from its configuration. Throws `StoreRefusal` when the database cannot be used. */
export async function createFunnel(config: Config, overrides: Overrides = {}): Promise<FunnelOutcome> {
  const clock = overrides.clock ?? clockFrom(config.clockStart);
  const random = overrides.random ?? systemRandom;
  const log = overrides.log ?? silentLog;
  const store = openStore({ dataDir: config.dataDir });
  let listening = await localAddress(store, config);
  const publicUrl = () => config.publicUrl ?? listening;
  const fonts = join(ROOT, 'assets/fonts');
  const printer =
    overrides.printer ??
    (overrides.printing === 'aside' ? createPrinterProcess(fonts) : createPrinter(fonts));
  const opened = await openContent({
    dirs: [config.contentDir, join(config.dataDir, 'content')],
    shelf: contentShelf(store),
    build: BUILD,
    use: overrides.content ?? 'look',
    proof: fallible((candidate) => printer.proof(candidate), log),
  });
  if (!opened.ok) {
    await store.close();
    return { ok: false, what: 'content', problems: opened.problems.map(tellProblem) };
  }
  const signing = signingSecrets(config.secrets, config.dataDir);
  if (!signing.ok) {
    await store.close();
    return { ok: false, what: 'secret', problems: [signing.problem] };
  }
  const content = opened.source;
  await rememberConsents(store, content.current(), clock.now());

  const templates = createTemplates(join(ROOT, 'templates'));
  const tokens = createTokens(signing.secrets);
  const work = createWorkCheck(signing.secrets, random);
  const timetable = () => {
    const { sequence, site } = content.current();
    return createTimetable(sequence, site.timeZone, random);
  };
  const look = loadLook();
  const press = createPress(
    printer,
    () => content.current(),
    publicUrl,
    (err) => log.error({ err }, 'a document could not be made with all letters of its reader'),
  );
  const compose = createComposer({
    content: () => content.current(),
    templates,
    look,
    tokens,
    publicUrl,
    from: config.mail.from,
    replyTo: config.mail.replyTo,
  });
  const rate = config.mail.transport.kind === 'outbox' ? unlimited : createRate(config.mail.rate, clock);
  const transport = overrides.transport ?? transportFor(config, rate);
  const sender = createSender({
    holder: overrides.holder ?? 'send',
    store,
    compose,
    transport,
    rate,
    timetable,
    clock,
    random,
    log,
  });
  const scheduler = createScheduler({ sender, store, timetable, clock, log });
  return {
    ok: true,
    funnel: {
      config,
      clock,
      random,
      log,
      content,
      look,
      templates,
      tokens,
      work,
      store,
      press,
      compose,
      transport,
      sender,
      scheduler,
      timetable,
      publicUrl,
      listeningOn: async (address) => {
        listening = address;
        await keepIfNew(store, LISTENING, address);
      },
      close: async () => {
        await scheduler.stop();
        const closing = content.close();
        // The press first: what it is trying out for the content comes to no end otherwise.
        await press.close();
        await closing;
        await store.close();
      },
    },
  };
}

/** Where links lead without `PUBLIC_URL`. Only the running server knows its address (`PORT=0`, `HOST`); a command beside it reads the note it left. */
async function localAddress(store: Store, { port }: Config): Promise<string> {
  const noted = await store.setting(LISTENING);
  return noted !== null && (port === 0 || noted.endsWith(`:${port}`)) ? noted : `http://127.0.0.1:${port}`;
}

const LISTENING = 'server.address';
