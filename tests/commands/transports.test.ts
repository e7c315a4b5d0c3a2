import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import type { Environment } from '../../src/config/config.ts';
import { unlimited } from '../../src/mail/rate.ts';
import { carrierOf, transportFor } from '../../src/transports.ts';
import { sampleEmail } from '../support/email.ts';
import { startFakeSmtp } from '../support/fake-smtp.ts';

function transportOf(env: Environment) {
  const read = readConfig(env, () => '');
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return transportFor(read.config, unlimited);
}

it('emails take the way that is set, and the pages name it in words', () => {
  const ways = [
    {},
    { RESEND_API_KEY: 're_x', PUBLIC_URL: 'https://funnel.example' },
    { SMTP_URL: 'smtps://mail.example.com', PUBLIC_URL: 'https://funnel.example' },
    { SMTP_URL: 'smtp://127.0.0.1:25' },
  ].map((env) => {
    const transport = transportOf(env);
    return [transport.name, transport.live, transport.honoursKeys, carrierOf(transport)];
  });
  expect(ways).toEqual([
    ['outbox', false, true, 'the outbox'],
    ['resend', true, true, 'Resend'],
    ['smtp', true, false, 'your mail server (SMTP)'],
    ['smtp', false, false, 'your mail server (SMTP)'],
  ]);
});

it.each([
  ['https://funnel.example.com', 'EHLO funnel.example.com'],
  ['http://127.0.0.1:3000', expect.stringMatching(/^EHLO (?!127)/)],
])('a mail server hears the name of %s, when it is one', async (PUBLIC_URL, heard) => {
  const fake = await startFakeSmtp();
  onTestFinished(() => fake.close());
  const transport = transportOf({ SMTP_URL: `smtp://127.0.0.1:${fake.port}`, PUBLIC_URL });
  await transport.submit(sampleEmail, 'key', AbortSignal.timeout(10_000));
  expect(fake.heard[0]).toEqual(heard);
});
