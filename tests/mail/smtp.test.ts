import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import PostalMime from 'postal-mime';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Email, Submission } from '../../src/mail/email.ts';
import { createSmtpTransport } from '../../src/mail/smtp.ts';
import { sampleEmail } from '../support/email.ts';
import { fakeCertificate } from '../support/fake-certificate.ts';
import { startFakeSmtp } from '../support/fake-smtp.ts';
import type { FakeSmtp } from '../support/fake-smtp.ts';

const PATIENCE = { beforeMessage: 5000, silence: 5000, goodbye: 100 };
const login = { user: 'ana', password: 's3cret!' };

async function fakeServer(options: Parameters<typeof startFakeSmtp>[0] = {}): Promise<FakeSmtp> {
  const fake = await startFakeSmtp(options);
  onTestFinished(() => fake.close());
  return fake;
}

type Change = {
  readonly email?: Email;
  readonly signal?: AbortSignal;
  readonly patience?: Partial<typeof PATIENCE>;
};

function submit(url: string, { email = sampleEmail, signal, patience }: Change = {}): Promise<Submission> {
  const transport = createSmtpTransport({
    url,
    live: false,
    clientName: 'funnel.example',
    patience: { ...PATIENCE, ...patience },
  });
  return transport.submit(email, 'key', signal ?? AbortSignal.timeout(10_000));
}

const here = ({ port }: FakeSmtp) => `smtp://127.0.0.1:${port}`;

it('knows no keys, and says so', () => {
  expect(
    createSmtpTransport({ url: 'smtps://mail.example.com', live: true, clientName: null }),
  ).toMatchObject({
    name: 'smtp',
    live: true,
    honoursKeys: false,
  });
});

it('hands the whole email over to one person, names itself and the size, and says goodbye', async () => {
  const fake = await fakeServer();
  expect(await submit(here(fake))).toEqual({ kind: 'submitted', providerId: 'FAKE1' });
  const [taken] = fake.accepted;
  expect(taken).toMatchObject({ from: 'ada@harbour.example', to: 'lead@example.com' });
  const parsed = await PostalMime.parse(taken?.message ?? '');
  expect(parsed).toMatchObject({
    from: { name: 'Ada Quay', address: 'ada@harbour.example' },
    subject: 'Tides — über Wasser',
    date: '2026-11-23T12:00:00.000Z',
    messageId: `<${sampleEmail.messageId}@harbour.example>`,
  });
  expect([parsed.text?.trim(), parsed.html?.trim()]).toEqual(['Grüße', '<p>Grüße</p>']);
  const headers = Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value]));
  expect(headers['list-unsubscribe']).toBe(sampleEmail.headers['List-Unsubscribe']);
  expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  await vi.waitFor(() => expect(fake.connections()).toEqual({ begun: 1, open: 0 }));
  expect(fake.heard).toEqual([
    'EHLO funnel.example',
    expect.stringMatching(/^MAIL FROM:<ada@harbour\.example> SIZE=\d+$/),
    'RCPT TO:<lead@example.com>',
    'DATA',
    'QUIT',
  ]);
});

it('sends the very same bytes each time, so that a mailbox can know a second copy', async () => {
  const fake = await fakeServer();
  await submit(here(fake));
  await submit(here(fake));
  expect(fake.accepted).toHaveLength(2);
  expect(fake.accepted[1]).toEqual(fake.accepted[0]);
});

it('keeps a dot at the beginning of a line', async () => {
  const fake = await fakeServer();
  await submit(here(fake), { email: { ...sampleEmail, text: 'one\n.\n..two\n' } });
  const parsed = await PostalMime.parse((fake.accepted[0]?.message ?? '').replaceAll('\r\n..', '\r\n.'));
  expect(parsed.text?.trim()).toBe('one\n.\n..two');
});

it.each([
  ['250 2.0.0 Ok: queued as 4XyZ1', '4XyZ1'],
  ['250 OK id=1qXyZ-0001-AB', '1qXyZ-0001-AB'],
  ['250 Ok: queued as <202611.1@smtp.example>', '202611.1@smtp.example'],
  ['250 Great success', null],
])('reads the server’s own id: %s', async (say, providerId) => {
  const fake = await fakeServer();
  fake.mode({ at: 'whole message', does: { say } });
  expect(await submit(here(fake))).toEqual({ kind: 'submitted', providerId });
});

describe.each([
  ['one command at a time', false],
  ['all commands at once', true],
])('with %s', (_, pipelining) => {
  it.each(['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA'] as const)(
    'a connection lost at %s is tried again, for certain without a second copy',
    async (at) => {
      const fake = await fakeServer({ pipelining });
      for (const does of ['break', 'hang'] as const) {
        fake.mode({ at, does });
        const patience = does === 'hang' ? { beforeMessage: 60 } : {};
        expect(await submit(here(fake), { patience })).toMatchObject({ kind: 'try_again', ambiguous: false });
      }
      expect(fake.accepted).toEqual([]);
    },
  );

  it.each(['first bytes', 'whole message'] as const)(
    'a connection lost at the %s is in doubt',
    async (at) => {
      const fake = await fakeServer({ pipelining });
      for (const does of ['break', 'hang'] as const) {
        fake.mode({ at, does });
        const patience = does === 'hang' ? { silence: 500 } : {};
        expect(await submit(here(fake), { patience })).toMatchObject({ kind: 'in_doubt' });
      }
      expect(fake.accepted).toHaveLength(at === 'whole message' ? 2 : 0);
    },
  );

  it.each([
    ['a greylisted address', 'RCPT', '450 4.2.0 Greylisted for 300 seconds', 'try_again'],
    ['a server that closes', 'RCPT', '421 4.3.2 Shutting down', 'try_again'],
    ['a full disk', 'whole message', '452 4.3.1 Insufficient storage', 'try_again'],
    ['a mailbox that does not exist', 'RCPT', '550 5.1.1 User unknown', 'bounced'],
    ['a policy', 'RCPT', '550 5.7.1 Not wanted here', 'rejected'],
    ['a refused relay', 'RCPT', '554 5.7.1 Relay access denied', 'account_fault'],
    ['a refused sender', 'MAIL', '553 5.1.8 Who is that', 'account_fault'],
    ['a refused DATA', 'DATA', '554 5.3.0 No', 'rejected'],
    ['a refused message', 'whole message', '554 5.7.1 Spam', 'rejected'],
    ['a message that is too large', 'whole message', '552 5.3.4 Too big', 'rejected'],
    ['a greeting that shuts the door', 'greeting', '554 5.7.1 Not you', 'account_fault'],
    ['a greeting that asks for patience', 'greeting', '421 4.7.0 Busy', 'try_again'],
  ] as const)('%s is what it says', async (_what, at, say, kind) => {
    const fake = await fakeServer({ pipelining });
    fake.mode({ at, does: { say } });
    expect(await submit(here(fake))).toMatchObject({ kind });
    expect(fake.accepted).toEqual([]);
  });
});

describe('the caller’s signal', () => {
  it.each([
    ['before the message without a doubt', 'RCPT', 'try_again'],
    ['after it in doubt', 'whole message', 'in_doubt'],
  ] as const)('ends a try %s, and the connection with it', async (_, at, kind) => {
    const fake = await fakeServer();
    fake.mode({ at, does: 'hang' });
    const caller = new AbortController();
    const submission = submit(here(fake), { signal: caller.signal });
    await vi.waitFor(() =>
      expect(fake.accepted.length > 0 || (at === 'RCPT' && fake.heard.length > 2)).toBe(true),
    );
    caller.abort();
    expect(await submission).toMatchObject({ kind });
    await vi.waitFor(() => expect(fake.connections().open).toBe(0));
  });

  it('keeps a try from beginning at all', async () => {
    const fake = await fakeServer();
    expect(await submit(here(fake), { signal: AbortSignal.abort() })).toMatchObject({
      kind: 'try_again',
      ambiguous: false,
    });
    expect(fake.connections().begun).toBe(0);
  });
});

it('lets all emails wait when nobody is listening, and uses none of them up', async () => {
  const fake = await startFakeSmtp();
  await fake.close();
  expect(await submit(here(fake))).toEqual({
    kind: 'unreachable',
    reason: 'the mail server could not be reached (ECONNREFUSED)',
    afterMs: 61_000,
  });
});

it('does not wait for the answer to its goodbye', async () => {
  const fake = await fakeServer();
  fake.mode({ at: 'QUIT', does: 'hang' });
  expect(await submit(here(fake))).toMatchObject({ kind: 'submitted' });
  await vi.waitFor(() => expect(fake.connections().open).toBe(0));
});

// 0.0.0.0 leads to this machine, and is none of its own names: the rules for servers elsewhere hold.
describe('a mail server elsewhere', () => {
  const elsewhere = ({ port }: FakeSmtp, scheme = 'smtp', user = 'ana:s3cret!@') =>
    `${scheme}://${user}0.0.0.0:${port}`;
  const trust = () => setDefaultCACertificates([fakeCertificate.cert]);
  const usual = getCACertificates('default');
  afterEach(() => setDefaultCACertificates(usual));

  it.each([
    ['smtp', 'offered', ['EHLO', 'STARTTLS', 'TLS', 'EHLO', 'AUTH', 'MAIL']],
    ['smtps', 'from_start', ['TLS', 'EHLO', 'AUTH', 'MAIL']],
  ] as const)('hears by %s of password and people only what is encrypted', async (scheme, tls, verbs) => {
    trust();
    const fake = await fakeServer({ tls, login });
    expect(await submit(elsewhere(fake, scheme))).toMatchObject({ kind: 'submitted' });
    expect(fake.heard.map((line) => line.split(' ')[0]).slice(0, verbs.length)).toEqual(verbs);
  });

  it.each([
    ['smtp', 'offered'],
    ['smtps', 'from_start'],
  ] as const)('is told nothing by %s when its certificate is not to be trusted', async (scheme, tls) => {
    const fake = await fakeServer({ tls, login });
    expect(await submit(elsewhere(fake, scheme))).toEqual({
      kind: 'account_fault',
      reason: 'the mail server’s certificate or its encryption is not accepted (DEPTH_ZERO_SELF_SIGNED_CERT)',
    });
    expect(fake.heard.join()).not.toMatch(/AUTH|MAIL/);
  });

  it('is told nothing when it offers no encryption, unless that is wanted', async () => {
    const fake = await fakeServer();
    expect(await submit(elsewhere(fake, 'smtp', ''))).toMatchObject({
      kind: 'account_fault',
      reason: expect.stringMatching(/^the mail server does not encrypt the connection/) as string,
    });
    expect(fake.heard).toEqual(['EHLO funnel.example', 'STARTTLS']);
    expect(await submit(`${elsewhere(fake, 'smtp', '')}?ignoreTLS=true`)).toMatchObject({
      kind: 'submitted',
    });
  });

  it('tells the operator of a wrong scheme', async () => {
    const fake = await fakeServer();
    expect(await submit(elsewhere(fake, 'smtps', ''))).toMatchObject({
      kind: 'account_fault',
      reason: expect.stringContaining('write smtp://') as string,
    });
  });
});

describe('the login', () => {
  it('stops the sender when the password is wrong, without telling it on', async () => {
    const fake = await fakeServer({ login });
    const submission = await submit(`smtp://ana-quay:wrong-one@127.0.0.1:${fake.port}`);
    expect(submission).toEqual({
      kind: 'account_fault',
      reason: 'the mail server refuses the login (535 5.7.8): … is not known here with that password',
    });
    expect(fake.heard.join()).not.toMatch(/MAIL/);
  });

  it('stops the sender when the server wants one, or takes none', async () => {
    const wants = await fakeServer({ login });
    expect(await submit(here(wants))).toEqual({
      kind: 'account_fault',
      reason: 'the mail server wants a login (530 5.7.0)',
    });
    const takesNone = await fakeServer();
    expect(await submit(`smtp://ana:s3cret!@127.0.0.1:${takesNone.port}`)).toEqual({
      kind: 'account_fault',
      reason: 'the mail server takes no login with user and password',
    });
    expect(takesNone.accepted).toEqual([]);
  });

  it('broken off is tried again', async () => {
    const fake = await fakeServer({ login });
    fake.mode({ at: 'AUTH', does: 'break' });
    expect(await submit(`smtp://ana:s3cret!@127.0.0.1:${fake.port}`)).toMatchObject({
      kind: 'try_again',
      ambiguous: false,
    });
  });
});
