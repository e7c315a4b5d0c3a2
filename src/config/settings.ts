import { z } from 'zod';
import { isPlainAddress } from '../kernel/address.ts';
import { parseInstant } from '../kernel/instant.ts';
import { readSmtpUrl } from '../kernel/smtp-url.ts';

/** Settings of which the value is a secret: each may also come from a file named in `NAME_FILE`. */
export const SECRET_SETTINGS = [
  'DATABASE_URL',
  'FUNNEL_SECRET',
  'RESEND_API_KEY',
  'RESEND_WEBHOOK_SECRET',
  'SMTP_URL',
  'METRICS_TOKEN',
] as const;

const HOST_NAME = /^[a-z0-9.:-]{1,253}$/i;

/** Every setting the program knows, with its default and its rule. Messages are for the operator. */
export const settingsSchema = z.object({
  HOST: z
    .string()
    .regex(HOST_NAME, 'must be an address or a host name, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: webOrigin().optional(),
  DATA_DIR: z.string().min(1, 'must name a folder').default('./data'),
  CONTENT_DIR: z.string().min(1, 'must name a folder').default('assets/content'),
  DATABASE_URL: z.string().optional(),
  FUNNEL_SECRET: z.string().optional(),
  RESEND_API_KEY: z.string().min(1).optional(),
  RESEND_BASE_URL: webAddress().optional(),
  RESEND_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_(?=.{16,200}$)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      'must begin with whsec_ and go on in base64, as Resend shows it',
    )
    .optional(),
  SMTP_URL: mailServer().optional(),
  MAIL_FROM: mailbox().optional(),
  MAIL_REPLY_TO: mailbox().optional(),
  MAIL_RATE: z.coerce
    .number('must be a number of calls per second, such as 2')
    .min(0.1, 'must be at least 0.1 calls per second')
    .max(100, 'must be at most 100 calls per second')
    .default(2),
  TRUST_PROXY: list().default([]),
  ALLOWED_ORIGINS: list().default([]),
  METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  FUNNEL_CLOCK: z
    .string()
    .refine((text) => parseInstant(text) !== null, {
      error: 'must be an instant with its zone, such as 2026-11-23T09:00:00Z',
    })
    .optional(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** The names of all settings, for the docs' test and the check for typing mistakes. */
export const SETTING_NAMES: readonly string[] = Object.keys(settingsSchema.shape);

function wholeNumber(least: number, most: number) {
  // Digits only: `Number` would take `0x50`, `1e3` and `80.0` as well.
  return z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number);
}

/** `name@example.com` or `Name <name@example.com>`, as it will stand in the header of emails. */
function mailbox() {
  return z.string().refine(
    (text) => {
      const [, inBrackets, bare] = /^(?:[^<>\p{Cc}]*<([^<>]+)>|([^<>]+))$/u.exec(text) ?? [];
      return isPlainAddress((inBrackets ?? bare ?? '').trim());
    },
    { error: 'must be an address such as hello@example.com or Your Name <hello@example.com>' },
  );
}

/** Kept as it was typed; `readSmtpUrl` reads it where it is needed. */
function mailServer() {
  return z.string().superRefine((text, context) => {
    const read = readSmtpUrl(text);
    if (!read.ok) context.addIssue({ code: 'custom', message: read.problem });
  });
}

function webAddress() {
  return z.string().refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), {
    error: 'must be a web address that begins with https:// (or http://)',
  });
}

function webOrigin() {
  return webAddress()
    .transform((text) => text.replace(/\/+$/, ''))
    .refine((text) => URL.parse(text)?.origin === text.toLowerCase(), {
      error: 'must be scheme and host only, such as https://funnel.example.com, without a path',
    })
    .transform((text) => text.toLowerCase());
}

function list() {
  return z.string().transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
}
