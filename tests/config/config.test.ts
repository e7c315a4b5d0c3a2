import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import type { Config, Environment } from '../../src/config/config.ts';
import { SETTING_NAMES } from '../../src/config/settings.ts';
import { ROOT } from '../../src/root.ts';

const LIVE = { RESEND_API_KEY: 're_live', PUBLIC_URL: 'https://funnel.example.com' };

function configOf(env: Environment): Config {
  const read = readConfig(env, noFile);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
}

function problemsOf(env: Environment, readFile = noFile): readonly string[] {
  const read = readConfig(env, readFile);
  return read.ok ? [] : read.problems;
}

function noFile(path: string): string {
  throw new Error(`ENOENT: no such file, open '${path}'`);
}

describe('the configuration', () => {
  it('needs no setting at all', () => {
    expect(configOf({ PATH: '/usr/bin', HOME: '/root' })).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      dataDir: join(ROOT, 'data'),
      contentDir: join(ROOT, 'assets/content'),
      secrets: null,
      mail: {
        transport: { kind: 'outbox' },
        live: false,
        from: null,
        replyTo: null,
        rate: 2,
        webhookSecret: null,
      },
      trustProxy: [],
      allowedOrigins: [],
      logLevel: 'info',
      clockStart: null,
    });
  });

  it('takes an empty value for none, as container files write it', () => {
    const empty = Object.fromEntries(SETTING_NAMES.map((name) => [name, ' ']));
    expect(configOf(empty)).toEqual(configOf({}));
  });

  it('takes every setting', () => {
    const secret = 'x'.repeat(32);
    const config = configOf({
      ...LIVE,
      HOST: '::1',
      PORT: '0',
      PUBLIC_URL: 'https://Funnel.Example.com/',
      DATA_DIR: '/srv/data',
      CONTENT_DIR: '/srv/content',
      FUNNEL_SECRET: `${secret}, ${secret}y`,
      RESEND_BASE_URL: 'https://api.eu.example',
      RESEND_WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}`,
      MAIL_FROM: 'Ana Coach <ana@example.com>',
      MAIL_REPLY_TO: 'reply@example.com',
      MAIL_RATE: '0.5',
      TRUST_PROXY: '127.0.0.1, 10.0.0.0/8, ::1, fd00::/8',
      ALLOWED_ORIGINS: 'https://www.Example.com/, https://blog.example.com:8443',
      METRICS_TOKEN: 'a'.repeat(16),
      LOG_LEVEL: 'warn',
    });
    expect(config).toEqual({
      host: '::1',
      port: 0,
      publicUrl: 'https://funnel.example.com',
      dataDir: '/srv/data',
      contentDir: '/srv/content',
      secrets: [secret, `${secret}y`],
      mail: {
        transport: { kind: 'resend', apiKey: 're_live', baseUrl: 'https://api.eu.example' },
        live: true,
        from: 'Ana Coach <ana@example.com>',
        replyTo: 'reply@example.com',
        rate: 0.5,
        webhookSecret: `whsec_${'A'.repeat(32)}`,
      },
      trustProxy: ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'],
      allowedOrigins: ['https://www.example.com', 'https://blog.example.com:8443'],
      logLevel: 'warn',
      clockStart: null,
    });
  });

  it.each([
    ['HOST', 'my host', 'HOST: must be an address or a host name'],
    ['PORT', '65536', 'PORT: must be a whole number from 0 to 65535.'],
    ['PORT', '0x50', 'PORT: must be a whole number from 0 to 65535.'],
    ['PORT', '80.5', 'PORT: must be a whole number from 0 to 65535.'],
    ['PUBLIC_URL', 'funnel.example.com', 'PUBLIC_URL: must be a web address that begins with https://'],
    ['PUBLIC_URL', 'https://example.com/funnel', 'PUBLIC_URL: must be scheme and host only'],
    ['DATABASE_URL', 'postgres://db/funnel', 'DATABASE_URL: this version keeps its data in SQLite only.'],
    ['SMTP_URL', 'mail.example', 'SMTP_URL: must look like smtps://user:password@mail.example.com'],
    ['SMTP_URL', 'smtps://ana:100%@mail.example', 'SMTP_URL: has a “%” that stands for nothing'],
    ['SMTP_URL', 'smtp://mail.example:465', 'SMTP_URL: must begin with smtps:// when the port is 465.'],
    ['FUNNEL_SECRET', 'short', 'FUNNEL_SECRET: each secret must have 32 bytes or more.'],
    ['FUNNEL_SECRET', `${'x'.repeat(32)},y`, 'FUNNEL_SECRET: each secret must have 32 bytes or more.'],
    ['FUNNEL_SECRET', ', ,', 'FUNNEL_SECRET: holds commas, but no secret.'],
    ['RESEND_BASE_URL', 'http://127.0.0.1:9', 'RESEND_BASE_URL: is set without RESEND_API_KEY.'],
    ['RESEND_BASE_URL', 'ftp://example.com', 'RESEND_BASE_URL: must be a web address'],
    ['RESEND_WEBHOOK_SECRET', 'secret', 'RESEND_WEBHOOK_SECRET: must begin with whsec_'],
    ['RESEND_WEBHOOK_SECRET', `whsec_${'A'.repeat(31)}`, 'RESEND_WEBHOOK_SECRET: must begin with whsec_'],
    ['MAIL_FROM', 'Ana', 'MAIL_FROM: must be an address such as'],
    ['MAIL_FROM', 'Ana <ana@example.com>\r\nBcc: all@example.com', 'MAIL_FROM: must be an address such as'],
    ['MAIL_REPLY_TO', 'Ana <ana>', 'MAIL_REPLY_TO: must be an address such as'],
    ['MAIL_RATE', 'fast', 'MAIL_RATE: must be a number of calls per second'],
    ['MAIL_RATE', '0', 'MAIL_RATE: must be at least 0.1'],
    ['MAIL_RATE', '1000', 'MAIL_RATE: must be at most 100'],
    ['TRUST_PROXY', '1', 'TRUST_PROXY: “1” is not an address or a network'],
    ['TRUST_PROXY', '10.0.0.0/33', 'TRUST_PROXY: “10.0.0.0/33” is not'],
    ['TRUST_PROXY', 'true', 'TRUST_PROXY: “true” is not'],
    ['ALLOWED_ORIGINS', 'www.example.com', 'ALLOWED_ORIGINS: “www.example.com” is not an origin'],
    ['ALLOWED_ORIGINS', 'https://example.com/page', 'ALLOWED_ORIGINS: “https://example.com/page” is not'],
    ['ALLOWED_ORIGINS', 'null', 'ALLOWED_ORIGINS: “null” is not an origin'],
    ['METRICS_TOKEN', 'short', 'METRICS_TOKEN: must have 16 characters or more.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: must be one of fatal, error, warn'],
    ['FUNNEL_CLOCK', 'tomorrow', 'FUNNEL_CLOCK: must be an instant with its zone'],
    ['FUNNEL_CLOCK', '2026-11-23T09:00', 'FUNNEL_CLOCK: must be an instant with its zone'],
    ['FUNNEL_CLOCK', '2026-02-30T09:00:00Z', 'FUNNEL_CLOCK: must be an instant with its zone'],
  ])('refuses %s=%j in words', (name, value, begin) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(begin)).toBe(true);
    expect(problems[0]).toMatch(/\.$/);
  });

  it('tells all problems at once, those between settings too', () => {
    const problems = problemsOf({
      PORT: 'x',
      LOG_LEVEL: 'loud',
      RESEND_API_KEY: 're_live',
      FUNNEL_CLOCK: '2026-11-23T09:00:00Z',
      FUNNEL_SECRETS: 'x',
      TRUST_PROXY: '2',
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'FUNNEL_SECRETS',
      'PORT',
      'LOG_LEVEL',
      'PUBLIC_URL',
      'FUNNEL_CLOCK',
      'TRUST_PROXY',
    ]);
  });

  it('knows a typing mistake in the names that begin with FUNNEL_, and leaves other programs’ names alone', () => {
    expect(problemsOf({ FUNNEL_CLOK: '2026-11-23', DATA_DIRECTORY: '/x' })).toEqual([
      'FUNNEL_CLOK: no setting has this name. Known are FUNNEL_SECRET, FUNNEL_SECRET_FILE and FUNNEL_CLOCK.',
    ]);
  });

  it('takes instants with a zone, and a day as its midnight UTC', () => {
    expect(configOf({ FUNNEL_CLOCK: '2026-11-23' }).clockStart).toBe(Date.UTC(2026, 10, 23));
    expect(configOf({ FUNNEL_CLOCK: '2026-11-23T09:30-05:00' }).clockStart).toBe(
      Date.UTC(2026, 10, 23, 14, 30),
    );
  });
});

describe('a live configuration', () => {
  it('is one with a key, unless the provider is this machine', () => {
    expect(configOf(LIVE).mail.live).toBe(true);
    for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:9', '127.9.9.9']) {
      const { live, transport } = configOf({
        RESEND_API_KEY: 're_x',
        RESEND_BASE_URL: `http://${host}`,
      }).mail;
      expect([host, live, transport.kind]).toEqual([host, false, 'resend']);
    }
    for (const host of ['127.0.0.1.example.com', 'localhost.example.com', '0.0.0.0']) {
      const env = { ...LIVE, RESEND_BASE_URL: `http://${host}` };
      expect([host, configOf(env).mail.live]).toEqual([host, true]);
    }
  });

  it('is one with a mail server, unless that is this machine', () => {
    for (const url of [
      'smtp://127.0.0.1:25',
      'smtp://localhost',
      'smtps://ana:x@[::1]:465',
      'smtp://127.9.9.9',
    ]) {
      const { live, transport } = configOf({ SMTP_URL: url }).mail;
      expect([url, live, transport]).toEqual([url, false, { kind: 'smtp', url }]);
    }
    for (const url of [
      'smtps://ana:x@mail.example.com',
      'smtp://relay:25?ignoreTLS=true',
      'smtp://0.0.0.0',
    ]) {
      const { live, transport } = configOf({ SMTP_URL: url, PUBLIC_URL: LIVE.PUBLIC_URL }).mail;
      expect([url, live, transport]).toEqual([url, true, { kind: 'smtp', url }]);
    }
  });

  it('goes one way only', () => {
    const both = problemsOf({ ...LIVE, SMTP_URL: 'smtps://mail.example.com' });
    expect(both).toEqual([
      'SMTP_URL: is set beside RESEND_API_KEY. Emails go out one way only: remove one of the two.',
    ]);
    // A mistake in one of them is told of first, and nothing that hangs on it.
    expect(problemsOf({ RESEND_API_KEY: 're_live', SMTP_URL: 'mail' })).toHaveLength(1);
  });

  it('needs a public address with https', () => {
    expect(problemsOf({ SMTP_URL: 'smtps://mail.example.com' })[0]).toMatch(/^PUBLIC_URL: is needed/);
    expect(problemsOf({ RESEND_API_KEY: 're_live' })[0]).toMatch(/^PUBLIC_URL: is needed/);
    expect(problemsOf({ ...LIVE, PUBLIC_URL: 'http://funnel.example.com' })).toEqual([
      'PUBLIC_URL: must begin with https:// when emails go to real people.',
    ]);
    // Told once: the address is wrong, and not missing as well.
    expect(problemsOf({ ...LIVE, PUBLIC_URL: 'funnel' })).toHaveLength(1);
  });

  it('refuses a clock of its own', () => {
    const problems = problemsOf({ ...LIVE, FUNNEL_CLOCK: '2026-11-23T09:00:00Z' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^FUNNEL_CLOCK: is for rehearsals.*or remove RESEND_API_KEY\.$/);
    const smtp = { SMTP_URL: 'smtps://mail.example.com', PUBLIC_URL: LIVE.PUBLIC_URL };
    expect(problemsOf({ ...smtp, FUNNEL_CLOCK: '2026-11-23T09:00:00Z' })).toEqual([
      'FUNNEL_CLOCK: is for rehearsals and is refused when emails go to real people. Remove it, or remove SMTP_URL.',
    ]);
  });
});

describe('a secret from a file', () => {
  it('is read without the line end', () => {
    const files: Record<string, string> = { '/run/key': 're_file\n', '/run/secret': `${'s'.repeat(40)}\r\n` };
    const read = readConfig(
      { RESEND_API_KEY_FILE: '/run/key', FUNNEL_SECRET_FILE: '/run/secret', PUBLIC_URL: 'https://f.example' },
      (path) => files[path] ?? noFile(path),
    );
    expect(read).toMatchObject({
      ok: true,
      config: { secrets: ['s'.repeat(40)], mail: { live: true, transport: { apiKey: 're_file' } } },
    });
  });

  it('is refused beside the setting itself', () => {
    const problems = problemsOf({ ...LIVE, RESEND_API_KEY_FILE: '/run/key' }, () => 're_other');
    expect(problems).toEqual([
      'RESEND_API_KEY: is set both directly and by RESEND_API_KEY_FILE. Keep one of them.',
    ]);
  });

  it('must be there and hold something: without its key real emails would go into files', () => {
    expect(problemsOf({ RESEND_API_KEY_FILE: '/run/gone' })).toEqual([
      "RESEND_API_KEY_FILE: cannot be read (ENOENT: no such file, open '/run/gone').",
    ]);
    expect(problemsOf({ RESEND_API_KEY_FILE: '/run/key' }, () => '\n')).toEqual([
      'RESEND_API_KEY_FILE: the file /run/key is empty.',
    ]);
  });

  it('tells one problem of a missing key once', () => {
    const env = { RESEND_API_KEY_FILE: '/run/gone', RESEND_BASE_URL: 'http://127.0.0.1:9' };
    expect(problemsOf(env)).toHaveLength(1);
  });
});
