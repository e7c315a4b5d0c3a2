import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Config } from './config/config.ts';
import type { Transport } from './mail/email.ts';
import { createOutbox } from './mail/outbox.ts';
import type { Rate } from './mail/rate.ts';
import { createResendTransport } from './mail/resend.ts';
import { createSmtpTransport } from './mail/smtp.ts';

/** The way out that the configuration chose. @param rate told what the provider says of its limits. */
export function transportFor({ mail, dataDir, publicUrl }: Config, rate: Rate): Transport {
  const { transport: chosen, live } = mail;
  switch (chosen.kind) {
    case 'outbox':
      return createOutbox(join(dataDir, 'outbox'));
    case 'resend':
      return createResendTransport({ apiKey: chosen.apiKey, baseUrl: chosen.baseUrl, live, rate });
    case 'smtp':
      return createSmtpTransport({ url: chosen.url, live, clientName: publicName(publicUrl) });
  }
}

/** Our name among machines, for `EHLO` (RFC 5321, 4.1.4 wants one that exists); null when there is none. */
function publicName(publicUrl: string | null): string | null {
  const host = publicUrl === null ? '' : (URL.parse(publicUrl)?.hostname ?? '');
  return isIP(host) === 0 && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host) ? host : null;
}

/** Where emails go, after "sent through". */
export function carrierOf(transport: Transport): string {
  return { resend: 'Resend', smtp: 'your mail server (SMTP)', outbox: 'the outbox' }[transport.name];
}
