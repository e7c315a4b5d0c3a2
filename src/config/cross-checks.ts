import { isIP } from 'node:net';
import { isLoopbackHost } from '../kernel/network.ts';
import { readSmtpUrl } from '../kernel/smtp-url.ts';
import type { Settings } from './settings.ts';

/**
 * What settings say together, and lists, of which each part has its own rule.
 * @param unusable settings that were found wrong already: what hangs on them is not judged.
 */
export function crossChecks(settings: Settings, unusable: ReadonlySet<string>): readonly string[] {
  return [
    ...notInThisVersion(settings),
    ...mailChecks(settings, unusable),
    ...secretChecks(settings),
    ...listChecks(settings),
  ];
}

/** Real people may be reached: emails go to a provider or a mail server that is not this machine. */
export function isLive(settings: Settings): boolean {
  return isLiveByResend(settings) || isLiveBySmtp(settings);
}

function isLiveByResend(settings: Settings): boolean {
  if (settings.RESEND_API_KEY === undefined) return false;
  const host =
    settings.RESEND_BASE_URL === undefined ? '' : (URL.parse(settings.RESEND_BASE_URL)?.hostname ?? '');
  return !isLoopbackHost(host);
}

function isLiveBySmtp({ SMTP_URL }: Settings): boolean {
  if (SMTP_URL === undefined) return false;
  const read = readSmtpUrl(SMTP_URL);
  return read.ok && !isLoopbackHost(read.server.host);
}

/** The parts of `FUNNEL_SECRET`. */
export function splitSecrets(text: string): readonly string[] {
  return text
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
}

/** An origin as browsers write it: lower case, without a slash at its end. */
export function tidyOrigin(text: string): string {
  return text.toLowerCase().replace(/\/+$/, '');
}

function notInThisVersion(settings: Settings): string[] {
  return settings.DATABASE_URL === undefined
    ? []
    : [
        'DATABASE_URL: this version keeps its data in SQLite only. Remove the setting; the data stays in DATA_DIR.',
      ];
}

function mailChecks(settings: Settings, unusable: ReadonlySet<string>): string[] {
  if (['RESEND_API_KEY', 'RESEND_BASE_URL', 'SMTP_URL'].some((name) => unusable.has(name))) return [];
  const problems: string[] = [];
  if (settings.RESEND_API_KEY !== undefined && settings.SMTP_URL !== undefined) {
    problems.push(
      'SMTP_URL: is set beside RESEND_API_KEY. Emails go out one way only: remove one of the two.',
    );
  }
  if (settings.RESEND_BASE_URL !== undefined && settings.RESEND_API_KEY === undefined) {
    problems.push('RESEND_BASE_URL: is set without RESEND_API_KEY. Set both, or neither.');
  }
  if (!isLive(settings)) return problems;
  if (settings.PUBLIC_URL !== undefined && !settings.PUBLIC_URL.startsWith('https://')) {
    problems.push('PUBLIC_URL: must begin with https:// when emails go to real people.');
  }
  if (settings.PUBLIC_URL === undefined && !unusable.has('PUBLIC_URL')) {
    problems.push(
      'PUBLIC_URL: is needed when emails go to real people, for the links in them. Set it to the address of this funnel, such as https://funnel.example.com.',
    );
  }
  if (settings.FUNNEL_CLOCK !== undefined || unusable.has('FUNNEL_CLOCK')) {
    problems.push(
      `FUNNEL_CLOCK: is for rehearsals and is refused when emails go to real people. Remove it, or remove ${isLiveByResend(settings) ? 'RESEND_API_KEY' : 'SMTP_URL'}.`,
    );
  }
  return problems;
}

function secretChecks({ FUNNEL_SECRET }: Settings): string[] {
  if (FUNNEL_SECRET === undefined) return [];
  const secrets = splitSecrets(FUNNEL_SECRET);
  if (secrets.length === 0) return ['FUNNEL_SECRET: holds commas, but no secret.'];
  return secrets.some((secret) => Buffer.byteLength(secret) < 32)
    ? ['FUNNEL_SECRET: each secret must have 32 bytes or more.']
    : [];
}

function listChecks(settings: Settings): string[] {
  return [
    ...settings.TRUST_PROXY.filter((proxy) => !isNetwork(proxy)).map(
      (proxy) =>
        `TRUST_PROXY: “${proxy}” is not an address or a network such as 10.0.0.0/8. A number of hops can be forged and is not accepted.`,
    ),
    ...settings.ALLOWED_ORIGINS.filter((origin) => !isOrigin(origin)).map(
      (origin) => `ALLOWED_ORIGINS: “${origin}” is not an origin such as https://www.example.com.`,
    ),
  ];
}

function isOrigin(text: string): boolean {
  return /^https?:/i.test(text) && URL.parse(text)?.origin === tidyOrigin(text);
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
