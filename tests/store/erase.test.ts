import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { confirmedLead, freshStore, press, sendAllDue, signUp, START } from '../support/store.ts';

/** Names of the data folder's files in which a text can still be read. */
function filesWith(dataDir: string, text: string): readonly string[] {
  return readdirSync(dataDir).filter((name) =>
    readFileSync(join(dataDir, name)).toString('latin1').toLowerCase().includes(text),
  );
}

it('after an erasure no file of the data folder holds the address', async () => {
  const { store, dataDir } = freshStore();
  const { leadId, email } = await confirmedLead(store);
  await signUp(store, { held: true, email: 'Maria@Example.com' });
  await sendAllDue(store, START + 3 * DAY);
  expect(filesWith(dataDir, email)).not.toEqual([]);
  await store.eraseLead(leadId, START + 4 * DAY);
  expect(filesWith(dataDir, email)).toEqual([]);
  await store.close();
  expect(filesWith(dataDir, email)).toEqual([]);
});

it('after an erasure among many leads, whose rows have moved about, nothing is left either', async () => {
  const { store, dataDir } = freshStore();
  const people = Array.from({ length: 600 }, (_, n) => ({ email: `p${n}-of-many@example.com` }));
  const signups = await Promise.all(people.map(async (person) => await signUp(store, person)));
  await Promise.all(
    signups.map(async ({ signupId }, n) => {
      await store.confirm(signupId, press(START + MINUTE, { targetRole: 'x'.repeat(n % 90) }));
    }),
  );
  await sendAllDue(store, START + 3 * DAY);
  const gone = signups.filter((_, n) => n % 3 === 0);
  for (const { leadId } of gone) await store.eraseLead(leadId, START + 4 * DAY);
  const left = gone.filter(({ email }) => filesWith(dataDir, email).length > 0);
  expect(left.map(({ email }) => email)).toEqual([]);
}, 60_000);

it('an erasure succeeds at once while somebody reads, and housekeeping empties the log later', async () => {
  const { store, dataDir } = freshStore();
  const { leadId, email } = await confirmedLead(store);
  const reader = new Database(join(dataDir, 'funnel.db'));
  onTestFinished(() => void reader.close());
  reader.exec('begin');
  reader.prepare('select count(*) from leads').get();
  const before = performance.now();
  expect(await store.eraseLead(leadId, START + HOUR)).toBe(true);
  expect(performance.now() - before).toBeLessThan(1000);
  expect((await store.facts()).pragmas['busy_timeout']).toBe(2000);
  reader.exec('rollback');
  await store.housekeep({ heldBefore: START, unconfirmedBefore: START, now: START + DAY });
  expect(filesWith(dataDir, email)).toEqual([]);
});
