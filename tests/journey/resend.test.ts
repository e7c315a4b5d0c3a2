import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { DAY } from '../../src/kernel/clock.ts';
import { spawned } from '../commands/run.ts';
import { startFakeResend } from '../support/fake-resend.ts';
import { startServer } from '../support/server.ts';

type Sent = {
  readonly to: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
};

const post = (url: string, fields: Readonly<Record<string, string>>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

test('Resend gets each email once, with its key, its tags and the headers of one-click unsubscribe, also when it asks for patience', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'funnel-resend-'));
  const fake = await startFakeResend();
  onTestFinished(async () => {
    await fake.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const provider = { RESEND_API_KEY: 're_test', RESEND_BASE_URL: fake.url };
  const server = await startServer({ dataDir, env: provider });
  for (const email of ['ana@example.com', 'bea@example.com']) {
    await post(`${server.url}/white-paper`, {
      email,
      first_name: 'Ana',
      follow_up: 'yes',
      timezone: 'Europe/London',
    });
  }
  for (let tries = 0; fake.accepted.length < 2 && tries < 1000; tries++) await wait(50);
  for (const { body } of fake.accepted) {
    const { text } = JSON.parse(body) as Sent;
    expect((await post(/https?:\S+\/download\/\S+/.exec(text)![0], {})).status).toBe(303);
  }
  expect(await server.stop()).toBe(0);

  // Over a weekend at the most: by then the first step of both is due.
  // At noon, since at night a late step waits for a good hour, and then the test would depend on the hour at which it runs.
  const later = `${new Date(Date.now() + 5 * DAY).toISOString().slice(0, 10)}T12:00:00Z`;
  fake.mode({ kind: 'error', status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '1' } });
  const slow = spawned(['send'], { DATA_DIR: dataDir, FUNNEL_CLOCK: later, ...provider });
  for (let tries = 0; fake.requests.length < 3 && tries < 2000; tries++) await wait(25);
  fake.mode({ kind: 'ok' });
  expect(await slow).toMatchObject({ code: 0 });

  const sent = fake.accepted.map(({ body }) => JSON.parse(body) as Sent);
  const stepOf = ({ tags }: Sent) => tags.find(({ name }) => name === 'step')?.value;
  expect(sent.map(stepOf)).toEqual(['delivery', 'delivery', 'two-markets', 'two-markets']);
  expect(new Set(sent.slice(2).map(({ to }) => String(to))).size).toBe(2);
  for (const { headers, text } of sent.slice(2)) {
    const link = /https?:\S+\/unsubscribe\/\S+/.exec(text)![0];
    expect(headers).toMatchObject({
      'List-Unsubscribe': `<${link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(text).toMatch(/https?:\S+\/preferences\/\S+/);
  }
  const keys = fake.requests.map(({ key }) => key);
  expect(keys).not.toContain(null);
  expect(new Set(keys).size).toBe(4);
  for (const { key } of fake.requests) expect(key).not.toContain('example.com');
}, 60_000);
