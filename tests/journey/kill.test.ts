import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/sqlite/store.ts';
import { ROOT } from '../../src/root.ts';
import { outboxOf } from '../support/outbox.ts';
import { startServer } from '../support/server.ts';

const ROUNDS = 5;
const AT_ONCE = 10;

/** The sample content with limits that a test's flood does not reach. */
function roomyContent(dir: string): string {
  const content = join(dir, 'content');
  cpSync(join(ROOT, 'assets/content'), content, { recursive: true });
  const limits = ['network_per_hour', 'domain_per_hour', 'large_domain_per_hour', 'overall_per_hour'];
  appendFileSync(
    join(content, 'site.yaml'),
    `limits:\n${limits.map((name) => `  ${name}: 100000\n`).join('')}`,
  );
  return content;
}

test('a server killed in the middle of signups keeps every acknowledged one, and each gets one delivery email', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'funnel-kill-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const dataDir = join(dir, 'data');
  const env = { CONTENT_DIR: roomyContent(dir) };
  const acknowledged: string[] = [];

  for (let round = 0; round < ROUNDS; round++) {
    const server = await startServer({ dataDir, env });
    const goal = acknowledged.length + 25 + 13 * round;
    const signUps = Array.from({ length: AT_ONCE }, async (_, lane) => {
      for (let n = 0; ; n++) {
        const email = `r${round}-l${lane}-n${n}@example.com`;
        const body = new URLSearchParams({ email, first_name: 'Kim', follow_up: 'yes' });
        try {
          const answer = await fetch(`${server.url}/white-paper`, {
            method: 'POST',
            body,
            redirect: 'manual',
          });
          expect(answer.status).toBe(303);
          acknowledged.push(email);
          // With nine others under way at this moment.
          if (acknowledged.length === goal) void server.kill();
        } catch (error) {
          if (error instanceof TypeError) return;
          throw error;
        }
      }
    });
    await Promise.all(signUps);
  }
  expect(acknowledged.length).toBeGreaterThan(100);

  // One more start sends what the kills left behind; an email that was being written when the power went is written again under its own name.
  const last = await startServer({ dataDir, env });
  const store = openStore({ dataDir });
  try {
    for (let tries = 0; tries < 300 && ((await store.nextDueAt()) ?? Infinity) <= Date.now(); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(await store.quickCheck()).toEqual([]);
    const found = await Promise.all(acknowledged.map((email) => store.findLeadByEmail(email)));
    expect(found.map((lead) => lead?.email)).toEqual(acknowledged);
  } finally {
    await store.close();
    await last.stop();
  }
  const files = (await outboxOf(dataDir)).map(({ file }) => file.slice(file.indexOf('-delivery-')));
  expect(new Set(files).size).toBe(files.length);
  expect(files.length).toBeGreaterThanOrEqual(acknowledged.length);
}, 120_000);
