import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/kernel/clock.ts';
import { catchUpWithJournal } from '../../src/commands/restored.ts';
import { funnel as command } from '../commands/run.ts';
import { complaints } from '../support/ledger.ts';
import { testFunnel } from '../support/funnel.ts';
import type { TestFunnel } from '../support/funnel.ts';
import { freshFolder } from '../support/store.ts';

const START = Date.parse('2026-11-02T14:00:00Z');
const BACKUP_DAY = 12;
const LOST_DAY = 15;
const at = (day: number) => new Date(START + day * DAY).toISOString();

/** What went out: `step for address`, in order. */
type Sent = string[];

async function openAt(dataDir: string, day: number): Promise<TestFunnel> {
  return await testFunnel({ dataDir, now: at(day) });
}

/** Half a day at a time, everything that is due goes out. */
async function liveUntil(house: TestFunnel, day: number, sent: Sent): Promise<void> {
  while (house.clock.now() < START + day * DAY) {
    house.clock.advance(12 * HOUR);
    await send(house, sent);
  }
}

async function send(house: TestFunnel, sent: Sent): Promise<void> {
  const before = house.inbox.length;
  await house.send();
  for (const { to, tags } of house.inbox.slice(before))
    sent.push(`${tags.find(({ name }) => name === 'step')?.value} for ${to}`);
}

async function joins(house: TestFunnel, name: string, sent: Sent): Promise<void> {
  await house.signUp({
    email: `${name}@example.com`,
    first_name: name,
    follow_up: 'yes',
    timezone: 'Europe/London',
  });
  await send(house, sent);
  await house.post(house.linkIn(house.inbox.at(-1)!, '/download/'), {});
}

async function leadIdOf(house: TestFunnel, name: string): Promise<string> {
  return (await house.funnel.store.findLeadByEmail(`${name}@example.com`))?.leadId ?? '';
}

/** Twelve people who joined one a day, and one who has just signed up when the backup is made. */
async function fortnight(dataDir: string, sent: Sent): Promise<TestFunnel> {
  const house = await openAt(dataDir, 0);
  for (let day = 0; day < BACKUP_DAY; day += 1) {
    await joins(house, `p${day}`, sent);
    await liveUntil(house, day + 1, sent);
  }
  await house.signUp({ email: 'waiting@example.com', first_name: 'W' });
  return house;
}

/** Three more days: emails go out, and three people stop them for good. */
async function threeDaysMore(house: TestFunnel, sent: Sent): Promise<readonly string[]> {
  const { store, timetable, clock } = house.funnel;
  await liveUntil(house, BACKUP_DAY + 1, sent);
  const stop = async (name: string, reason: 'unsubscribed' | 'found_job') =>
    await store.changePreferences(
      await leadIdOf(house, name),
      { kind: 'stop', reason },
      { at: clock.now(), place: '/preferences', timetable: timetable() },
    );
  await stop('p1', 'unsubscribed');
  await stop('p3', 'found_job');
  await store.eraseLead(await leadIdOf(house, 'p5'), clock.now());
  await liveUntil(house, LOST_DAY, sent);
  return ['p1', 'p3', 'p5'].map((name) => `${name}@example.com`);
}

/** After the restore: paused first, then resumed, then two months. */
async function andThen(dataDir: string, sent: Sent): Promise<{ house: TestFunnel; after: Sent }> {
  const house = await openAt(dataDir, LOST_DAY);
  const { store, timetable, clock } = house.funnel;
  await catchUpWithJournal(house.funnel, { err: () => {} });
  house.takeLog();
  const after: Sent = [];
  await liveUntil(house, LOST_DAY + 1, after);
  expect(after).toEqual([]);
  expect(await store.senderPause(clock.now())).toMatchObject({ kind: 'restored', until: null });
  await store.resumeSending(clock.now(), timetable());
  await liveUntil(house, 80, after);
  expect(after.filter((email) => sent.includes(email))).toEqual([]);
  expect(new Set(after).size).toBe(after.length);
  return { house, after };
}

test('a backup of three days ago, restored beside the newer journal: nothing goes out twice, nobody who stopped is mailed', async () => {
  const [dataDir, sent] = [freshFolder(), [] as Sent];
  const first = await fortnight(dataDir, sent);
  const file = join(freshFolder(), 'nightly.db');
  const env = { DATA_DIR: dataDir, PUBLIC_URL: 'http://funnel.test' };
  expect(await command(['backup', file], { ...env, FUNNEL_CLOCK: at(BACKUP_DAY) })).toMatchObject({
    code: 0,
  });
  const before = sent.length;
  const stopped = await threeDaysMore(first, sent);
  const lostSteps = sent.slice(before);
  expect(lostSteps.length).toBeGreaterThan(8);
  await first.app.close();
  await first.funnel.close();
  for (const companion of ['', '-wal', '-shm'])
    rmSync(join(dataDir, `funnel.db${companion}`), { force: true });

  const restored = await command(['restore', file, '--json'], { ...env, FUNNEL_CLOCK: at(LOST_DAY) });
  expect(restored).toMatchObject({ code: 0, err: '' });
  const told = JSON.parse(restored.out) as { readonly stopped: number; readonly doubts: number };
  expect(told.stopped).toBe(3);
  // Whatever went out in the three days is in doubt; and little else.
  expect(told.doubts).toBeGreaterThanOrEqual(lostSteps.filter((email) => !email.includes('p5@')).length);
  expect(told.doubts).toBeLessThanOrEqual(lostSteps.length + 3);

  const { house, after } = await andThen(dataDir, sent);
  expect(after.filter((email) => stopped.some((address) => email.endsWith(address)))).toEqual([]);
  // The others get what is left of their sequence.
  expect(after.filter((email) => email.endsWith('p11@example.com')).length).toBeGreaterThan(2);
  expect(await house.funnel.store.findLeadByEmail('p5@example.com')).toBeNull();
  // A link that was mailed before the loss still leads to its page.
  const step = first.inbox.find(
    ({ to, headers }) => to === 'p0@example.com' && 'List-Unsubscribe' in headers,
  );
  expect((await house.app.server.inject(house.linkIn(step!, '/preferences/'))).statusCode).toBe(200);
  expect(complaints(await house.funnel.store.proveLedger())).toEqual([]);
}, 120_000);

test('a database that is copied back by hand beside a newer journal starts paused, and sends nothing twice', async () => {
  const [dataDir, sent] = [freshFolder(), [] as Sent];
  const first = await fortnight(dataDir, sent);
  await first.app.close();
  await first.funnel.close();
  const copy = join(freshFolder(), 'funnel.db');
  copyFileSync(join(dataDir, 'funnel.db'), copy);
  const second = await openAt(dataDir, BACKUP_DAY);
  const stopped = await threeDaysMore(second, sent);
  await second.app.close();
  await second.funnel.close();
  for (const companion of ['-wal', '-shm']) rmSync(join(dataDir, `funnel.db${companion}`), { force: true });
  copyFileSync(copy, join(dataDir, 'funnel.db'));

  const sending = await command(['send'], {
    DATA_DIR: dataDir,
    PUBLIC_URL: 'http://funnel.test',
    FUNNEL_CLOCK: at(LOST_DAY),
  });
  expect(sending.code).toBe(1);
  expect(sending.err).toMatch(/This database is an older copy/);
  expect(sending.err).toMatch(/Sending is paused since .*send --resume/);
  expect(existsSync(join(dataDir, 'outbox'))).toBe(false);
  const { house, after } = await andThen(dataDir, sent);
  expect(after.filter((email) => stopped.some((address) => email.endsWith(address)))).toEqual([]);
  expect(readFileSync(join(dataDir, 'stops.log'), 'utf8')).toContain('\terased\t');
  expect(complaints(await house.funnel.store.proveLedger())).toEqual([]);
}, 120_000);
