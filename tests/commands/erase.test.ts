import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outboxFilesTo } from '../../src/commands/outbox-files.ts';
import { DAY } from '../../src/kernel/clock.ts';
import { confirmedLead, freshFolder, freshStore, signUp, START } from '../support/store.ts';
import { funnel } from './run.ts';

/** A folder in which two people have their deliveries in the outbox. */
async function twoPeople() {
  const { store, dataDir } = freshStore();
  await confirmedLead(store);
  await confirmedLead(store, { email: 'ada@example.com', firstName: 'Ada' });
  await signUp(store, { held: true, email: 'MARIA@example.com' });
  await store.close();
  const env = { DATA_DIR: dataDir, FUNNEL_CLOCK: new Date(START + 60_000).toISOString() };
  expect((await funnel(['send'], env)).code).toBe(0);
  const outbox = () => readdirSync(join(dataDir, 'outbox'));
  return { dataDir, env, outbox };
}

describe('erase', () => {
  it('removes a person and tells what, what still holds her, and what stays', async () => {
    const { dataDir, env, outbox } = await twoPeople();
    mkdirSync(join(dataDir, 'backups'));
    writeFileSync(join(dataDir, 'backups/nightly-2026-11-23T03-00-00Z.db'), '');
    const ran = await funnel(['erase', 'Maria@Example.com'], env);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^Removed: 1 lead, 2 signups, 1 consent, 2 emails\.$/m);
    expect(ran.out).toMatch(/A keyed hash of the address stays: an import of it is refused/);
    expect(ran.out).toMatch(/Still with her address: 1 file in outbox\/.*--outbox/);
    expect(ran.out).toMatch(/Copies in backups\/ \(1\)/);
    expect(ran.out).not.toMatch(/maria/i);
    expect(outbox()).toHaveLength(2);
    const { store } = freshStore(dataDir);
    expect(await store.findLeadByEmail('maria@example.com')).toBeNull();
    expect(await store.heldSignups(50)).toEqual([]);
    expect(await store.findLeadByEmail('ada@example.com')).not.toBeNull();
    expect(readFileSync(join(dataDir, 'stops.log'), 'utf8')).toMatch(/\terased\t/);
    // Herself she is welcome.
    const back = await confirmedLead(store, { at: START + DAY });
    expect(await store.findLead(back.leadId)).toMatchObject({ status: 'confirmed', followUp: 'active' });
  });

  it('deletes her emails in the outbox when it is asked to, also later, and nobody else’s', async () => {
    const { env, outbox } = await twoPeople();
    expect(await funnel(['erase', 'maria@example.com'], env)).toMatchObject({ code: 0 });
    const ran = await funnel(['erase', 'maria@example.com', '--outbox', '--json'], env);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ removed: null, outbox: { files: 1, deleted: true } });
    expect(outbox()).toHaveLength(1);
    expect(outboxFilesTo(env.DATA_DIR, 'ADA@example.com')).toHaveLength(1);
  });

  it('of somebody unknown changes nothing, unless the address is to be refused all the same', async () => {
    const { env, dataDir } = await twoPeople();
    const ran = await funnel(['erase', 'nobody@example.com'], env);
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/Nothing is known of this address/);
    const suppressed = await funnel(['erase', 'nobody@example.com', '--suppress', '--json'], env);
    expect(JSON.parse(suppressed.out)).toMatchObject({ removed: null, suppressed: true });
    expect(readFileSync(join(dataDir, 'stops.log'), 'utf8')).toMatch(/\terased\t[0-9a-f]{64}\t1\t0\t-\n/);
    expect(await funnel(['erase', 'no address'], env)).toMatchObject({ code: 2 });
  });

  it('of held signups only, which belong to no lead', async () => {
    const { store, dataDir } = freshStore();
    await signUp(store, { held: true });
    await store.close();
    const ran = await funnel(['erase', 'maria@example.com', '--json'], { DATA_DIR: dataDir });
    expect(JSON.parse(ran.out)).toMatchObject({ removed: { leads: 0, signups: 1 }, suppressed: true });
  });

  it('works on a folder without an outbox', () => {
    expect(outboxFilesTo(freshFolder(), 'maria@example.com')).toEqual([]);
  });

  it('finds an address that a long header carries over to the next line', () => {
    const dataDir = freshFolder();
    mkdirSync(join(dataDir, 'outbox'));
    writeFileSync(
      join(dataDir, 'outbox/1.eml'),
      'Subject: x\r\nTo: "A B"\r\n <maria@example.com>\r\n\r\nTo: ada@example.com\r\n',
    );
    expect(outboxFilesTo(dataDir, 'maria@example.com')).toHaveLength(1);
    expect(outboxFilesTo(dataDir, 'ada@example.com')).toEqual([]);
    expect(outboxFilesTo(dataDir, 'aria@example.com')).toEqual([]);
  });
});
