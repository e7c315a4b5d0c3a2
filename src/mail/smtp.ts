import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { SECOND } from '../kernel/clock.ts';
import { readSmtpUrl } from '../kernel/smtp-url.ts';
import type { SmtpServer } from '../kernel/smtp-url.ts';
import type { Submission, Transport } from './email.ts';
import { messageOf } from './mime.ts';
import type { MimeMessage } from './mime.ts';
import { converse, sessionOptions, takeLeave } from './smtp-session.ts';
import type { SmtpPatience } from './smtp-session.ts';
import { smtpVerdict } from './smtp-verdict.ts';

/**
 * Servers that read a message for spam before they answer for it may take half a minute, and whoever does not wait is in doubt. RFC 5321
 * (4.5.3.2.6) would have us wait ten minutes; nobody's document shall hang on one server for so long.
 */
const WHOLE_TRY = 40 * SECOND;
const PATIENCE: SmtpPatience = { beforeMessage: 8 * SECOND, silence: WHOLE_TRY - SECOND, goodbye: SECOND };

/**
 * Emails through any mail server, each over a connection of its own, so that no email's fate hangs on another's. SMTP knows no
 * keys: once the message has begun, only the server's own word tells what became of it (`smtp-verdict.ts`).
 * @param url as `readSmtpUrl` takes it.
 * @param clientName what we call ourselves (`EHLO`); null: the machine's name.
 * @param patience for tests.
 */
export function createSmtpTransport(options: {
  readonly url: string;
  readonly live: boolean;
  readonly clientName: string | null;
  readonly patience?: SmtpPatience;
}): Transport {
  const read = readSmtpUrl(options.url);
  if (!read.ok) throw new Error('The configuration let a wrong SMTP_URL through.');
  const { server } = read;
  const patience = options.patience ?? PATIENCE;
  return {
    name: 'smtp',
    live: options.live,
    honoursKeys: false,
    patience: WHOLE_TRY,
    submit: async (email, _key, signal) => {
      // Imported at the first email, as the composer of MIME is.
      const { default: Connection } = await import('nodemailer/lib/smtp-connection');
      const message = await messageOf(email);
      const session = new Connection(sessionOptions(server, options.clientName, patience));
      return await submitOver(session, { server, message, patience, signal });
    },
  };
}

type Try = {
  readonly server: SmtpServer;
  readonly message: MimeMessage;
  readonly patience: SmtpPatience;
  readonly signal: AbortSignal;
};

async function submitOver(
  session: SMTPConnection,
  { server, message, patience, signal }: Try,
): Promise<Submission> {
  let begun = false;
  // First read when the server has asked for the message: until then it is certain that nothing was sent.
  const body = new Readable({
    read() {
      begun = true;
      this.push(message.bytes);
      this.push(null);
    },
  });
  const watch = watchOver(session, signal, patience.beforeMessage, () => begun);
  try {
    const providerId = await Promise.race([watch.lost, converse(session, server, message, body)]);
    takeLeave(session, patience.goodbye);
    return { kind: 'submitted', providerId };
  } catch (error) {
    session.close();
    const secrets = server.login === null ? [] : [server.login.user, server.login.password];
    return smtpVerdict(error, begun, secrets);
  } finally {
    watch.end();
  }
}

/** Everything that ends a session from outside: the network, the caller's signal, the clock. `lost` never resolves. */
function watchOver(
  session: SMTPConnection,
  signal: AbortSignal,
  beforeMessage: number,
  hasBegun: () => boolean,
): { readonly lost: Promise<never>; readonly end: () => void } {
  const { promise: lost, reject } = Promise.withResolvers<never>();
  // Left on to the end: an `error` that nobody hears would end the process.
  session.on('error', reject);
  const stop = () => {
    // First of all, so that not a byte more goes out while the outcome is reckoned.
    session.close();
    reject(Object.assign(new Error('Out of time'), { code: 'ETIMEDOUT' }));
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const late = setTimeout(() => hasBegun() || stop(), beforeMessage);
  return {
    lost,
    end: () => {
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
    },
  };
}
