import { expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../src/store/sqlite/store.ts';
import { startFakeSmtp } from '../support/fake-smtp.ts';
import { startServer } from '../support/server.ts';
import { freshFolder } from '../support/store.ts';

async function signUp(url: string, email: string): Promise<void> {
  const body = new URLSearchParams({ email, first_name: 'Ana' });
  const answer = await fetch(`${url}/white-paper`, { method: 'POST', body, redirect: 'manual' });
  expect(answer.status).toBe(303);
}

test('a server killed between the end of an email and the mail server’s word leaves it in doubt, and goes on with the others', async () => {
  const dataDir = freshFolder();
  const fake = await startFakeSmtp({ pipelining: true });
  onTestFinished(() => fake.close());
  const env = { SMTP_URL: `smtp://127.0.0.1:${fake.port}` };

  fake.mode({ at: 'whole message', does: 'hang' });
  const first = await startServer({ dataDir, env });
  expect(first.stdout()).toMatch(/^Emails +sent through your mail server \(SMTP\)$/m);
  await signUp(first.url, 'ana@example.com');
  await vi.waitFor(() => expect(fake.accepted).toHaveLength(1), { timeout: 10_000 });
  await first.kill();

  fake.mode(null);
  const second = await startServer({ dataDir, env });
  await signUp(second.url, 'bea@example.com');
  await vi.waitFor(() => expect(fake.accepted).toHaveLength(2), { timeout: 10_000 });
  expect(await second.stop()).toBe(0);

  expect(fake.accepted.map(({ to }) => to)).toEqual(['ana@example.com', 'bea@example.com']);
  const store = openStore({ dataDir });
  const ana = await store.findLeadByEmail('ana@example.com');
  const messages = await store.messagesOf(ana?.leadId ?? '');
  await store.close();
  expect(messages.map(({ step, state }) => [step, state])).toContainEqual(['delivery', 'in_doubt']);
}, 60_000);
