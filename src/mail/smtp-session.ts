import type { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionOptions, SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { SmtpServer } from '../kernel/smtp-url.ts';
import type { MimeMessage } from './mime.ts';

/** How long what may take, in milliseconds. */
export type SmtpPatience = {
  /**
   * All that comes before the message: name, connection, TLS, login, addresses. Shorter than a try, so that the message has the
   * rest: who waits in vain before it knows for certain that nothing was sent.
   */
  readonly beforeMessage: number;
  /** A server that says nothing. */
  readonly silence: number;
  /** The answer to our goodbye. */
  readonly goodbye: number;
};

export function sessionOptions(
  { host, port, tls, checksCertificate }: SmtpServer,
  clientName: string | null,
  { beforeMessage, silence }: SmtpPatience,
): SMTPConnectionOptions {
  return {
    host,
    port,
    secure: tls === 'from_start',
    // Else whoever sits in between leaves STARTTLS out of the server's offer and reads along (RFC 3207, section 6).
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'off',
    tls: { rejectUnauthorized: checksCertificate },
    allowInternalNetworkInterfaces: true,
    connectionTimeout: beforeMessage,
    greetingTimeout: beforeMessage,
    dnsTimeout: beforeMessage,
    socketTimeout: silence,
    // When a session is closed, not another byte goes out.
    socketCloseTimeout: 0,
    ...(clientName === null ? {} : { name: clientName }),
  };
}

/**
 * The talk with the server from the greeting to its word on the message. Never returns when the session is lost meanwhile:
 * that is its `error` event. Rejects with nodemailer's error.
 * @returns the server's own id of the message; null when it tells none.
 */
export async function converse(
  session: SMTPConnection,
  { login }: SmtpServer,
  { from, to, bytes }: MimeMessage,
  body: Readable,
): Promise<string | null> {
  await new Promise<void>((resolve, reject) => {
    session.connect((error) => (error ? reject(error) : resolve()));
  });
  if (login !== null) await logIn(session, login);
  const envelope = { from, to, size: bytes.length };
  return await new Promise((resolve, reject) => {
    session.send(envelope, body, (error, info) => (error ? reject(error) : resolve(queueIdOf(info))));
  });
}

async function logIn(session: SMTPConnection, login: NonNullable<SmtpServer['login']>): Promise<void> {
  if (!session.allowsAuth) throw Object.assign(new Error('No AUTH offered'), { code: 'ENOAUTH' });
  const credentials = { user: login.user, pass: login.password };
  await new Promise<void>((resolve, reject) => {
    session.login({ user: login.user, credentials }, (error) => (error ? reject(error) : resolve()));
  });
}

/** Says QUIT and closes when it is answered (RFC 5321, 4.1.1.10). Nobody waits for it: the message is taken. */
export function takeLeave(session: SMTPConnection, longest: number): void {
  const timer = setTimeout(() => session.close(), longest);
  session.once('end', () => clearTimeout(timer));
  session.quit();
}

/** Postfix and most services write `queued as ID`, Exim `id=ID`; of Amazon and Microsoft nodemailer knows the forms. */
function queueIdOf({ response, serverMessageId }: SMTPConnectionSendInfo): string | null {
  const [, queued, exim] = /\bqueued as <?([\w.@+-]{3,120})|\bid=([\w.-]{3,120})/i.exec(response) ?? [];
  return serverMessageId ?? queued ?? exim ?? null;
}
