import { isIP } from 'node:net';
import { isAbsolute, join } from 'node:path';
import { ROOT } from '../root.ts';
import { SECRET_SETTINGS, SETTING_NAMES, settingsSchema } from './settings.ts';
import type { Settings } from './settings.ts';

/** The environment as the process got it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything the program may decide by, checked whole. */
export type Config = {
  readonly host: string;
  readonly port: number;
  /** Null: made from the address on which the server really listens. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly contentDir: string;
  /** The first signs, all verify; null: the file in `dataDir`. */
  readonly secrets: readonly string[] | null;
  readonly mail: {
    readonly transport:
      | { readonly kind: 'outbox' }
      | { readonly kind: 'resend'; readonly apiKey: string; readonly baseUrl: string | null };
    /** Real people may be reached: the provider's host is not this machine. */
    readonly live: boolean;
    /** Null: as `site.yaml` says. */
    readonly from: string | null;
    readonly replyTo: string | null;
    /** Calls per second. */
    readonly rate: number;
  };
  readonly trustProxy: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly logLevel: Settings['LOG_LEVEL'];
  /** UTC milliseconds at which a rehearsal's clock starts. */
  readonly clockStart: number | null;
};

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads and checks the whole environment, and tells every problem at once in plain words.
 * @param readFile reads a secret's file; its error message is shown to the operator.
 */
export function readConfig(env: Environment, readFile: (path: string) => string): ConfigOutcome {
  const problems: string[] = [...strangers(env)];
  const withSecrets = secretsFromFiles(env, readFile, problems);
  const given = Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const value = withSecrets[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}.`));
    return { ok: false, problems };
  }
  const settings = parsed.data;
  problems.push(...crossChecks(settings));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: toConfig(settings) };
}

function toConfig(settings: Settings): Config {
  const inRoot = (path: string) => (isAbsolute(path) ? path : join(ROOT, path));
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL ?? null,
    dataDir: inRoot(settings.DATA_DIR),
    contentDir: inRoot(settings.CONTENT_DIR),
    secrets: settings.FUNNEL_SECRET === undefined ? null : splitSecrets(settings.FUNNEL_SECRET),
    mail: {
      transport:
        settings.RESEND_API_KEY === undefined
          ? { kind: 'outbox' }
          : { kind: 'resend', apiKey: settings.RESEND_API_KEY, baseUrl: settings.RESEND_BASE_URL ?? null },
      live: isLive(settings),
      from: settings.MAIL_FROM ?? null,
      replyTo: settings.MAIL_REPLY_TO ?? null,
      rate: settings.MAIL_RATE,
    },
    trustProxy: settings.TRUST_PROXY,
    allowedOrigins: settings.ALLOWED_ORIGINS.map((origin) => origin.toLowerCase().replace(/\/+$/, '')),
    logLevel: settings.LOG_LEVEL,
    clockStart: settings.FUNNEL_CLOCK === undefined ? null : Date.parse(settings.FUNNEL_CLOCK),
  };
}

/** A mistyped name must not be silently without effect. */
function strangers(env: Environment): string[] {
  const known = new Set([...SETTING_NAMES, ...SECRET_SETTINGS.map((name) => `${name}_FILE`)]);
  return Object.keys(env)
    .filter((name) => name.startsWith('FUNNEL_') && !known.has(name))
    .map(
      (name) =>
        `${name}: no setting has this name. Known are FUNNEL_SECRET, FUNNEL_SECRET_FILE and FUNNEL_CLOCK.`,
    );
}

function secretsFromFiles(
  env: Environment,
  readFile: (path: string) => string,
  problems: string[],
): Environment {
  const filled: Record<string, string | undefined> = { ...env };
  for (const name of SECRET_SETTINGS) {
    const path = env[`${name}_FILE`];
    if (path === undefined || path === '') continue;
    if (env[name] !== undefined && env[name] !== '') {
      problems.push(`${name}: is set both directly and by ${name}_FILE. Keep one of them.`);
      continue;
    }
    try {
      filled[name] = readFile(path);
    } catch (error) {
      problems.push(`${name}_FILE: cannot be read (${error instanceof Error ? error.message : 'unknown'}).`);
    }
  }
  return filled;
}

function crossChecks(settings: Settings): string[] {
  const problems: string[] = [];
  const live = isLive(settings);
  if (settings.DATABASE_URL !== undefined) {
    problems.push(
      'DATABASE_URL: this version keeps its data in SQLite only. Remove the setting; the data stays in DATA_DIR.',
    );
  }
  if (settings.SMTP_URL !== undefined) {
    problems.push('SMTP_URL: this version sends through Resend only. Remove it and set RESEND_API_KEY.');
  }
  if (settings.RESEND_BASE_URL !== undefined && settings.RESEND_API_KEY === undefined) {
    problems.push('RESEND_BASE_URL: is set without RESEND_API_KEY. Set both, or neither.');
  }
  if (live && settings.PUBLIC_URL === undefined) {
    problems.push(
      'PUBLIC_URL: is needed when emails go to real people, for the links in them. Set it to the address of this funnel, such as https://funnel.example.com.',
    );
  } else if (live && !settings.PUBLIC_URL?.startsWith('https://')) {
    problems.push('PUBLIC_URL: must begin with https:// when emails go to real people.');
  }
  if (live && settings.FUNNEL_CLOCK !== undefined) {
    problems.push(
      'FUNNEL_CLOCK: is for rehearsals and is refused when emails go to real people. Remove it, or remove RESEND_API_KEY.',
    );
  }
  if (settings.FUNNEL_SECRET !== undefined) {
    const short = splitSecrets(settings.FUNNEL_SECRET).filter((secret) => Buffer.byteLength(secret) < 32);
    if (short.length > 0) problems.push('FUNNEL_SECRET: each secret must have 32 bytes or more.');
  }
  for (const proxy of settings.TRUST_PROXY) {
    if (!isNetwork(proxy)) {
      problems.push(
        `TRUST_PROXY: “${proxy}” is not an address or a network such as 10.0.0.0/8. A number of hops can be forged and is not accepted.`,
      );
    }
  }
  for (const origin of settings.ALLOWED_ORIGINS) {
    if (URL.parse(origin)?.origin !== origin.toLowerCase().replace(/\/+$/, '')) {
      problems.push(`ALLOWED_ORIGINS: “${origin}” is not an origin such as https://www.example.com.`);
    }
  }
  return problems;
}

function isLive(settings: Settings): boolean {
  if (settings.RESEND_API_KEY === undefined) return false;
  const host = settings.RESEND_BASE_URL === undefined ? '' : (URL.parse(settings.RESEND_BASE_URL)?.hostname ?? '');
  return !isLoopbackHost(host);
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function splitSecrets(text: string): string[] {
  return text
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
}
