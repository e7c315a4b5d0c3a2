import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFakeResend } from '../support/fake-resend.ts';
import { buildSender } from '../support/sender-process.ts';
import type { SenderProgram } from '../support/sender-process.ts';
import { freshFolder } from '../support/store.ts';
import { audit, readLedger } from './audit.ts';
import { addLeads } from './cohort.ts';

let program: SenderProgram;
beforeAll(async () => {
  program = await buildSender();
});
afterAll(() => program.remove());

it('two sending processes share 2,000 due emails and send none twice', async () => {
  const resend = await startFakeResend();
  const dataDir = freshFolder();
  const env = { DATA_DIR: dataDir, RESEND_API_KEY: 're_x', RESEND_BASE_URL: resend.url, MAIL_RATE: '100' };
  // Pressed on Wednesday; on Friday morning, after two days without a sender, the documents and the first steps are due.
  const wednesday = Date.UTC(2026, 10, 25, 12);
  const friday = Date.UTC(2026, 10, 27, 10);
  const promised = await addLeads(env, { count: 1000, at: wednesday, pressed: true, name: 'p' });
  const due = promised.filter((email) => /(delivery|two-markets)$/.test(email));
  expect(due).toHaveLength(2000);

  const senders = [program.start(env, 'send'), program.start(env, 'send')];
  await Promise.all(senders.map(({ ready }) => ready));
  const begun = performance.now();
  await Promise.all(senders.map((sender) => sender.begin(friday)));
  const shares = (await Promise.all(senders.map(({ idle }) => idle))).map((idle) => idle?.sent ?? 0);
  const seconds = (performance.now() - begun) / 1000;

  const ledger = readLedger(dataDir);
  const sent = ledger.messages.filter(({ state }) => state !== 'planned');
  const found = audit(resend, { ...ledger, messages: sent }, due);
  const keys = new Set(resend.requests.map(({ key }) => key));
  console.info(`2 senders, ${shares.join(' and ')} emails, ${keys.size} keys, ${seconds.toFixed(0)} s`);
  expect(resend.requests).toHaveLength(2000);
  expect(keys.size).toBe(2000);
  expect(found).toEqual({ emails: 2000, doubles: [], lost: [], altered: [], disagreements: [] });
  // Both were at it, however the machine shared its time among them.
  expect(Math.min(...shares)).toBeGreaterThan(20);
  await resend.close();
}, 120_000);
