import { isAbsolute, join } from 'node:path';
import { parseInstant } from '../kernel/instant.ts';
import { ROOT } from '../root.ts';
import { crossChecks, isLive, splitSecrets, tidyOrigin } from './cross-checks.ts';
import { secretsFromFiles } from './secret-files.ts';
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
      | { readonly kind: 'resend'; readonly apiKey: string; readonly baseUrl: string | null }
      /** A URL that `readSmtpUrl` takes; with its password. */
      | { readonly kind: 'smtp'; readonly url: string };
    /** Real people may be reached: the provider's host is not this machine. */
    readonly live: boolean;
    /** Null: as `site.yaml` says. */
    readonly from: string | null;
    readonly replyTo: string | null;
    /** Calls per second. */
    readonly rate: number;
    /** Checks what Resend posts; null: such posts are not taken. */
    readonly webhookSecret: string | null;
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
  const files = secretsFromFiles(env, readFile);
  const { settings, problems, unusable } = settingsOf(files.env);
  const all = [
    ...strangers(env),
    ...files.problems,
    ...problems,
    ...crossChecks(settings, new Set([...files.unusable, ...unusable])),
  ];
  return all.length > 0 ? { ok: false, problems: all } : { ok: true, config: toConfig(settings) };
}

/** Each setting by its own rule. One that breaks it is told of and left out, so that the others can be judged too. */
function settingsOf(env: Environment): {
  readonly settings: Settings;
  readonly problems: readonly string[];
  readonly unusable: readonly string[];
} {
  const given = Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const value = env[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return { settings: parsed.data, problems: [], unusable: [] };
  const problems = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}.`);
  const unusable = parsed.error.issues.map((issue) => String(issue.path[0]));
  const rest = Object.entries(given).filter(([name]) => !unusable.includes(name));
  return { settings: settingsSchema.parse(Object.fromEntries(rest)), problems, unusable };
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
      transport: transportOf(settings),
      live: isLive(settings),
      from: settings.MAIL_FROM ?? null,
      replyTo: settings.MAIL_REPLY_TO ?? null,
      rate: settings.MAIL_RATE,
      webhookSecret: settings.RESEND_WEBHOOK_SECRET ?? null,
    },
    trustProxy: settings.TRUST_PROXY,
    allowedOrigins: settings.ALLOWED_ORIGINS.map(tidyOrigin),
    logLevel: settings.LOG_LEVEL,
    clockStart: settings.FUNNEL_CLOCK === undefined ? null : parseInstant(settings.FUNNEL_CLOCK),
  };
}

function transportOf(settings: Settings): Config['mail']['transport'] {
  const { RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl = null, SMTP_URL: url } = settings;
  if (apiKey !== undefined) return { kind: 'resend', apiKey, baseUrl };
  return url === undefined ? { kind: 'outbox' } : { kind: 'smtp', url };
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
