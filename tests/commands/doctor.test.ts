import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { doctorCommand } from '../../src/commands/doctor.ts';
import { roomCheck } from '../../src/commands/doctor/backup-room.ts';
import type { DoctorOptions } from '../../src/commands/doctor.ts';
import type { Outside, Patient } from '../../src/commands/doctor/patient.ts';
import { CommandStop } from '../../src/commands/terminal.ts';
import { loadContent } from '../../src/content/load.ts';
import { contentShelf } from '../../src/content/shelf.ts';
import { ROOT } from '../../src/root.ts';
import { nightlyName } from '../../src/desk/backups.ts';
import type { Check } from '../../src/kernel/check.ts';
import { HOUR } from '../../src/kernel/clock.ts';
import { holdServeLock } from '../../src/store/sqlite/lock.ts';
import { testFunnel } from '../support/funnel.ts';
import { plant } from '../support/ledger.ts';
import {
  confirmedLead,
  fakeTimetable,
  freshFolder,
  freshStore,
  sendAllDue,
  START,
} from '../support/store.ts';
import { funnel } from './run.ts';

type Env = Readonly<Record<string, string>>;
type Examined = {
  readonly code: number;
  readonly out: string;
  readonly lines: readonly string[];
  readonly checks: readonly (Check & { readonly section: string; readonly ids: readonly string[] })[];
};

/** A world in which every site answers and no domain has a record. */
const KIND_WORLD: Outside = {
  probe: async () => ({ kind: 'answered', status: 200, movedTo: null }),
  records: { txt: async () => [], mx: async () => [], hasAddress: async () => false },
};

async function examine(
  env: Env,
  options: DoctorOptions = {},
  outside = KIND_WORLD,
  outIsTerminal = false,
  proof: Patient['proof'] = async () => [],
): Promise<Examined> {
  let out = '';
  const terminal = {
    out: (text: string | Uint8Array) => void (out += String(text)),
    drained: async () => {},
    err: () => {},
    outIsTerminal,
    errIsTerminal: false,
    env,
    readInput: async () => '',
    untilStopped: async () => {},
    onReload: () => {},
  };
  const code = await doctorCommand(terminal, options, outside, proof).then(
    () => 0,
    (error: unknown) => {
      if (error instanceof CommandStop) return error.exitCode;
      throw error;
    },
  );
  const checks = options.json === true ? (JSON.parse(out) as { checks: Examined['checks'] }).checks : [];
  return { code, out, lines: out.split('\n'), checks };
}

/** Everything but what is well: `wrong once: …`. */
async function complaints(env: Env, outside?: Outside): Promise<readonly string[]> {
  const { checks } = await examine(env, { json: true }, outside);
  return checks
    .filter(({ verdict }) => verdict !== 'ok')
    .map(({ verdict, name, says }) => `${verdict} ${name}: ${says}`);
}

const at = (hours: number) => new Date(START + hours * HOUR).toISOString();

/** A data folder with two people in the sequence, a secret, and last night's backup; examined 60 hours after the start. */
async function houseInOrder() {
  const { store, dataDir } = freshStore();
  await confirmedLead(store, { email: 'ana@example.com' });
  await confirmedLead(store, { email: 'ben@example.com' });
  for (const hours of [1, 24, 49]) await sendAllDue(store, START + hours * HOUR);
  await store.close();
  writeFileSync(join(dataDir, 'secret'), 'x'.repeat(43), { mode: 0o600 });
  backUp(dataDir, 50);
  return { dataDir, env: { DATA_DIR: dataDir, FUNNEL_CLOCK: at(60) } };
}

function backUp(dataDir: string, hours: number): string {
  const path = join(dataDir, `backups/${nightlyName(START + hours * HOUR)}`);
  mkdirSync(join(dataDir, 'backups'), { recursive: true, mode: 0o700 });
  const file = new Database(join(dataDir, 'funnel.db'));
  file.prepare('vacuum into ?').run(path);
  file.close();
  chmodSync(path, 0o600);
  return path;
}

/** Keeps this process out of a folder until the answer is called: root by becoming nobody, whoever else by its mode. */
function shutOut(folder: string): () => void {
  if (process.getuid?.() === 0) {
    process.seteuid?.(65534);
    return () => process.seteuid?.(0);
  }
  chmodSync(folder, 0);
  return () => chmodSync(folder, 0o700);
}

describe('doctor', () => {
  it('finds a funnel well after a fortnight of emails, beside the running server, and changes nothing', async () => {
    const house = await testFunnel({ now: '2026-11-23T14:00:00Z' });
    for (const name of ['ana', 'ben']) await house.signUp({ email: `${name}@example.com`, follow_up: 'yes' });
    await house.send();
    for (const email of house.inbox.slice(0, 2)) await house.post(house.linkIn(email, '/download/'), {});
    for (let hour = 0; hour < 14 * 24; hour += 1) {
      house.clock.advance(HOUR);
      await house.send();
      if (hour === 100) await house.post(house.linkIn(house.inbox.at(-1)!, '/unsubscribe/'), {});
    }
    expect(house.inbox.length).toBeGreaterThan(5);
    const path = join(house.dataDir, 'backups/nightly-2026-12-07T02-00-00Z.db');
    mkdirSync(join(house.dataDir, 'backups'), { mode: 0o700 });
    const file = new Database(join(house.dataDir, 'funnel.db'));
    file.prepare('vacuum into ?').run(path);
    file.close();
    const before = fingerprint(house.dataDir);
    const { code, lines, out } = await examine({
      DATA_DIR: house.dataDir,
      FUNNEL_CLOCK: new Date(house.clock.now()).toISOString(),
    });
    expect(out).not.toMatch(/WRONG|\?/);
    expect([code, lines.at(-2)]).toEqual([0, expect.stringMatching(/^\d+ checks well\.$/)]);
    for (const name of [
      'conserved',
      'once',
      'spaced',
      'stopped',
      'frozen',
      'kept',
      'counted',
      'suppressed',
      'consented',
    ])
      expect(lines.find((line) => line.startsWith(`  ok    ${name} `))).toMatch(/\(\d+ \w+\)$/);
    expect(fingerprint(house.dataDir)).toBe(before);
  });

  it('tells how many people in the sequence asked in a language that the content no longer has', async () => {
    const { dataDir, env } = await houseInOrder();
    const { store } = freshStore(dataDir);
    for (const name of ['cleo', 'dora'])
      await confirmedLead(store, { email: `${name}@example.com`, language: 'de', offer: 'buch' });
    await store.close();
    backUp(dataDir, 51);
    expect(await complaints(env)).toContain(
      'wrong language: 2 people in the sequence asked in German (de), in which there is no content: its emails are skipped for them.',
    );
  });

  it('finds a planted double, names it by its id, and ends with 1', async () => {
    const { dataDir, env } = await houseInOrder();
    expect(await complaints(env)).toEqual([]);
    plant(
      dataDir,
      'drop index messages_step_once',
      `create temp table copy as select * from messages where kind = 'step' and state = 'submitted' limit 1;
       update copy set id = null, message_id = 'the-double'; insert into messages select * from copy`,
    );
    const { code, out } = await examine(env);
    expect(code).toBe(1);
    expect(out).toMatch(
      / {2}WRONG once {12}Steps that went out a second time to the same person: 1\.\n {8}ids: the-double\n {8}→ Pause all emails/,
    );
    expect(out).toMatch(/\d things wrong; \d+ checks well\.\n$/);
  });

  it('makes nothing in an empty folder', async () => {
    const dataDir = join(freshFolder(), 'data');
    const { code, out } = await examine({ DATA_DIR: dataDir });
    expect([code, out.includes('WRONG')]).toEqual([0, false]);
    expect(out).toContain('There is none yet; the first start makes it.');
    expect(() => readFileSync(dataDir)).toThrow(/ENOENT/);
  });

  it('tells a database that is gone, and what to restore', async () => {
    const { dataDir, env } = await houseInOrder();
    for (const name of ['funnel.db', 'funnel.db-wal', 'funnel.db-shm'])
      rmSync(join(dataDir, name), { force: true });
    const { code, checks } = await examine(env, { json: true });
    expect([code, checks.find(({ name }) => name === 'database')]).toEqual([
      1,
      expect.objectContaining({
        verdict: 'wrong',
        says: `The database is gone: ${dataDir} holds secret, backups, and no funnel.db.`,
        remedy: expect.stringMatching(/restore \S+\/backups\/nightly-2026-11-25T11-00-00Z\.db$/) as string,
      }),
    ]);
    rmSync(join(dataDir, 'backups'), { recursive: true });
    expect(await complaints(env)).toEqual([
      expect.stringMatching(/^wrong database: The database is gone: /),
      'wrong newest backup: There is none.',
      'unknown ledger: Nothing can be proven: the database is gone.',
    ]);
    rmSync(join(dataDir, 'secret'));
    expect(await complaints(env)).toEqual([]);
    writeFileSync(join(dataDir, 'stops.log'), '');
    expect((await complaints(env)).join('\n')).toMatch(
      /^wrong secret: .* not new\.\nwrong database: The database is gone/,
    );
  });

  it('tells a restore that was cut off before the database was in its place', async () => {
    const dataDir = freshFolder();
    mkdirSync(join(dataDir, 'restoring'), { mode: 0o700 });
    writeFileSync(join(dataDir, 'restoring/ready'), '{}');
    expect(await complaints({ DATA_DIR: dataDir, FUNNEL_SECRET: 'y'.repeat(32) })).toContainEqual(
      'wrong database: A restore is not finished: the database is not in its place yet.',
    );
  });

  it('tells that there is none where real emails go out: a disk may not be mounted', async () => {
    const live = { RESEND_API_KEY: 're_x', PUBLIC_URL: 'https://coach.example' };
    const found = await complaints({ ...live, DATA_DIR: join(freshFolder(), 'data') });
    expect(found).toContainEqual(
      expect.stringMatching(
        /^wrong database: There is none in .*, and by the settings real emails go out\.$/,
      ),
    );
  });

  it('never takes a folder that it may not look into for an empty or a damaged one', async () => {
    const { dataDir, env } = await houseInOrder();
    chmodSync(dataDir, 0o700);
    const open = shutOut(dataDir);
    const found = await complaints(env);
    open();
    expect(found[0]).toMatch(/^unknown secret: .* cannot be read by this user\.$/);
    expect(found.slice(-2)).toEqual([
      expect.stringMatching(/^unknown backups: It could not be examined: EACCES/),
      'unknown ledger: Nothing can be proven: the database cannot be opened.',
    ]);
    expect(found).toContainEqual(
      expect.stringMatching(
        /^unknown database: It cannot be opened by this user, on this mount or now: EACCES/,
      ),
    );
    expect(found.join('\n')).not.toMatch(/wrong (?!content)/);
  });

  it('never advises to restore over a database that it could not open', async () => {
    const { dataDir, env } = await houseInOrder();
    const path = join(dataDir, 'funnel.db');
    // SQLITE_CANTOPEN, whoever runs the tests, as on a mount that is read-only.
    symlinkSync(`${path}-shm`, `${path}-shm`);
    const { checks } = await examine(env, { json: true });
    const check = checks.find(({ name }) => name === 'database');
    expect(check).toMatchObject({
      verdict: 'unknown',
      says: expect.stringMatching(/unable to open database file\.$/) as string,
    });
    expect(check?.remedy).not.toMatch(/restore/i);
    unlinkSync(`${path}-shm`);
    const held = new Database(path);
    held.pragma('locking_mode = exclusive');
    held.exec('begin exclusive');
    expect(await complaints(env)).toContainEqual(
      expect.stringMatching(/^unknown database: .*: database is locked\.$/),
    );
    held.close();
  });

  it('leaves nothing behind beside a database that nobody has open', async () => {
    const { dataDir, env } = await houseInOrder();
    const names = () => readdirSync(dataDir).toSorted();
    const [before, print] = [names(), fingerprint(dataDir)];
    expect(before).not.toContain('funnel.db-wal');
    const { mtimeMs } = statSync(join(dataDir, 'funnel.db'));
    expect(await complaints(env)).toEqual([]);
    expect([names(), fingerprint(dataDir)]).toEqual([before, print]);
    expect(statSync(join(dataDir, 'funnel.db')).mtimeMs).toBe(mtimeMs);
    plant(dataDir, 'pragma user_version = 1');
    await examine(env);
    expect(names()).toEqual(before);
  });

  it('tells mistakes of the content with file and line, and what the server goes on with', async () => {
    const { dataDir, env } = await houseInOrder();
    const { store } = freshStore(dataDir);
    const loaded = await loadContent([join(ROOT, 'assets/content')]);
    if (loaded.ok)
      await contentShelf(store).put({
        build: null,
        proofed: false,
        faulty: null,
        content: { ...loaded.content, version: 'published000' },
      });
    await store.close();
    expect((await examine(env)).out).toContain(
      'In force is version published000; the edit in the folders is not published.',
    );
    mkdirSync(join(dataDir, 'content'));
    writeFileSync(join(dataDir, 'content/site.yaml'), 'sample: true\nlanguage: [\n');
    const found = await complaints(env);
    expect(found[0]).toMatch(/^wrong content: .*site\.yaml:\d+: /);
    expect(found.at(-1)).toMatch(
      /^unknown content: The server goes on with the last valid version, published000\.$/,
    );
  });

  it('tells what shows only when the documents are set, and what the server makes of it', async () => {
    const { dataDir, env } = await houseInOrder();
    const mistake = { file: 'offers/infographic/document.yaml', line: null, remedy: 'Shorten it.' };
    const tooLong = async () => [{ ...mistake, problem: 'The page is too short.' }];
    const first = await examine(env, {}, KIND_WORLD, false, tooLong);
    expect(first.code).toBe(1);
    expect(first.out).toContain('offers/infographic/document.yaml: The page is too short.');
    expect(first.out).toContain('There is no earlier version: they are given out like this.');
    const { store } = freshStore(dataDir);
    const loaded = await loadContent([join(ROOT, 'assets/content')]);
    if (loaded.ok)
      await contentShelf(store).put({
        build: null,
        proofed: true,
        faulty: null,
        content: { ...loaded.content, version: 'published000' },
      });
    await store.close();
    const later = await examine(env, {}, KIND_WORLD, false, tooLong);
    expect(later.out).toContain('The server does not publish this and goes on with version published000.');
    expect(later.out).toContain('no SIGHUP or restart publishes it before its documents are mended.');
    expect(later.out).not.toContain('a SIGHUP or a restart publishes it.');
    const broken = await examine(env, {}, KIND_WORLD, false, () => Promise.reject(new Error('no fonts')));
    expect(broken.out).toContain('They could not be set: no fonts.');
    expect(broken.out).toContain('a SIGHUP or a restart publishes it.');
  });

  it('looks at what others can read, and at the secret', async () => {
    const { dataDir, env } = await houseInOrder();
    chmodSync(dataDir, 0o755);
    expect(await complaints(env)).toEqual([]);
    chmodSync(join(dataDir, 'secret'), 0o644);
    expect(await complaints(env)).toEqual([
      expect.stringMatching(/^wrong data folder: Others on this machine can read secret in /),
    ]);
    chmodSync(dataDir, 0o700);
    writeFileSync(join(dataDir, 'secret'), 'short');
    expect(await complaints(env)).toEqual([expect.stringMatching(/^wrong secret: .* is damaged\.$/)]);
    rmSync(join(dataDir, 'secret'));
    expect(await complaints(env)).toEqual([
      expect.stringMatching(/^wrong secret: .* is missing, and the funnel is not new\.$/),
    ]);
    expect(await complaints({ ...env, FUNNEL_SECRET: 'y'.repeat(32) })).toEqual([]);
  });

  it('sees a clock that runs behind the ledger', async () => {
    const { env } = await houseInOrder();
    const found = await complaints({ ...env, FUNNEL_CLOCK: at(10) });
    expect(found[0]).toMatch(
      /^wrong clock: The clock says 2026-11-23T19:00:00\.\d+Z, and the database has a line of 2026-11-25T10:00:00/,
    );
  });

  it('tells why nothing goes out', async () => {
    const { dataDir, env } = await houseInOrder();
    const hold = (kind: string) =>
      `insert or replace into settings (key, value) values ('sender.hold', '${JSON.stringify({ kind, until: null, reason: 'the reason', since: START })}')`;
    backUp(dataDir, 99);
    const late = { ...env, FUNNEL_CLOCK: at(100) };
    expect(await complaints(late)).toEqual(['wrong overdue: 2 emails wait for more than 15 minutes.']);
    plant(dataDir, hold('restored'));
    expect(await complaints(late)).toEqual(['wrong pause: Sending was paused 4 days ago: the reason.']);
    plant(dataDir, hold('coach'));
    expect(await complaints(late)).toEqual([]);
  });

  it('tells of doubts, refusals and stale sequences', async () => {
    const { dataDir, env } = await houseInOrder();
    const step = "kind = 'step' and state = 'submitted'";
    plant(
      dataDir,
      `update messages set state = 'in_doubt', reason = 'x', submitted_at = null where id = (select min(id) from messages where ${step})`,
      `update messages set state = 'failed', reason = 'invalid_from_address 422', submitted_at = null where id = (select min(id) from messages where ${step})`,
      `update enrollments set state = 'stopped', exit_reason = 'stale', ended_at = ${START} where id = 1`,
    );
    const sender = (await examine({ ...env, FUNNEL_CLOCK: at(80) }, { json: true })).checks.filter(
      ({ section }) => section === 'Sender',
    );
    expect(sender.find(({ name }) => name === 'in doubt')).toMatchObject({
      verdict: 'wrong',
      says: '1 email of which nobody can tell whether it went out, 1 of them for longer than a day.',
      ids: [expect.stringMatching(/^[0-9a-f-]{36}$/)],
    });
    expect(sender.find(({ name }) => name === 'failed')).toMatchObject({
      verdict: 'wrong',
      says: expect.stringContaining('1 × invalid_from_address 422') as string,
      remedy: expect.stringContaining('MAIL_FROM') as string,
    });
    expect(sender.find(({ name }) => name === 'stale')).toMatchObject({
      verdict: 'ok',
      says: expect.stringMatching(/^1 sequence was/) as string,
    });
  });

  it('looks at the newest backup: its age, and whether it can be read', async () => {
    const { dataDir, env } = await houseInOrder();
    expect(await complaints({ ...env, FUNNEL_CLOCK: at(96) })).not.toContainEqual(
      expect.stringContaining('backup'),
    );
    expect(await complaints({ ...env, FUNNEL_CLOCK: at(110) })).toContainEqual(
      expect.stringMatching(/^wrong newest backup: nightly-2026-11-25T11-00-00Z\.db, made 3 days ago\.$/),
    );
    const newer = backUp(dataDir, 55);
    writeFileSync(newer, readFileSync(newer).subarray(0, 8192));
    expect(await complaints(env)).toContainEqual(
      expect.stringMatching(/^wrong backup: nightly-2026-11-25T16-00-00Z\.db /),
    );
    rmSync(join(dataDir, 'backups'), { recursive: true });
    expect(await complaints(env)).toEqual(['wrong newest backup: There is none.']);
    const young = freshStore();
    await confirmedLead(young.store);
    const clock = { DATA_DIR: young.dataDir, FUNNEL_CLOCK: at(20), FUNNEL_SECRET: 'y'.repeat(32) };
    expect(await complaints(clock)).not.toContainEqual(expect.stringContaining('backup'));
  });

  it('counts a backup that was made by the command, and tells why the nightly one failed', async () => {
    const { dataDir, env } = await houseInOrder();
    const file = join(freshFolder(), 'mine.db');
    const late = { ...env, FUNNEL_CLOCK: at(110) };
    expect(await complaints(late)).toContainEqual(expect.stringMatching(/^wrong newest backup: /));
    expect((await funnel(['backup', file], { ...env, FUNNEL_CLOCK: at(109) })).code).toBe(0);
    const { checks } = await examine(late, { json: true });
    expect(checks.find(({ name }) => name === 'newest backup')).toMatchObject({
      verdict: 'ok',
      says: 'By “funnel backup”, made 1 hour ago.',
    });
    plant(dataDir, "insert into settings (key, value) values ('backup.fault', 'There is too little room.')");
    expect(await complaints(late)).toContainEqual(
      'wrong nightly backup: The last one failed: There is too little room.',
    );
  });

  it('tells what the backups take, and what is never deleted', async () => {
    const { dataDir, env } = await houseInOrder();
    mkdirSync(join(dataDir, 'backups/replaced-2026-11-25T10-00-00-000Z'));
    writeFileSync(
      join(dataDir, 'backups/replaced-2026-11-25T10-00-00-000Z/funnel.db'),
      Buffer.alloc(3 << 20),
    );
    writeFileSync(join(dataDir, 'backups/before-2-2026-11-25T10-00-00-000Z.db'), Buffer.alloc(2 << 20));
    const { checks } = await examine(env, { json: true });
    expect(checks.find(({ name }) => name === 'room')).toMatchObject({
      verdict: 'ok',
      says: expect.stringMatching(
        /^5\.\d MiB in .* free on the disk\. 1 nightly backup \(0\.\d MiB\); besides, and never deleted by itself: replaced-2026-11-25T10-00-00-000Z \(3\.0 MiB\), before-2-2026-11-25T10-00-00-000Z\.db \(2\.0 MiB\)\.$/,
      ) as string,
    });
    const entries = [{ name: 'before-2.db', bytes: 51 }];
    expect(roomCheck('/b', entries, 102).verdict).toBe('ok');
    expect(roomCheck('/b', entries, 100)).toMatchObject({
      verdict: 'wrong',
      remedy: expect.stringMatching(/delete: rm -r \/b\/before-2\.db$/) as string,
    });
    const nightly = [{ name: nightlyName(START), bytes: 51 }];
    expect(roomCheck('/b', nightly, 100).remedy).not.toContain('rm -r');
  });

  it('tells a file that is no database, and one of another version', async () => {
    const { dataDir, env } = await houseInOrder();
    plant(dataDir, 'pragma user_version = 1');
    expect(await complaints(env)).toEqual([
      expect.stringMatching(/^unknown database: It is of an earlier version \(schema 1\); the next start/),
      expect.stringMatching(/^unknown backup: |^unknown ledger: /),
    ]);
    plant(dataDir, 'pragma user_version = 99');
    expect((await complaints(env))[0]).toMatch(/^wrong database: A newer version of this program wrote it/);
    const broken = freshFolder();
    writeFileSync(
      join(broken, 'funnel.db'),
      'no database, but text that is long enough to be looked at as one'.repeat(99),
    );
    expect((await complaints({ DATA_DIR: broken })).join('\n')).toMatch(
      /^wrong database: It cannot be read: file is not a database\.$/m,
    );
  });

  it('tells rows that point to nothing, and an index that says something else', async () => {
    const { dataDir, env } = await houseInOrder();
    plant(dataDir, "delete from leads where email = 'ben@example.com'");
    expect(await complaints(env)).toContainEqual(
      expect.stringMatching(/^wrong integrity: \d+ rows of messages point to nothing in leads\.$/),
    );
  });

  it('tells a database that is older than the journal beside it', async () => {
    const { dataDir, env } = await houseInOrder();
    const copy = readFileSync(join(dataDir, 'funnel.db'));
    const { store } = freshStore(dataDir);
    const lead = await store.findLeadByEmail('ana@example.com');
    const context = { at: START + 50 * HOUR, place: '/preferences', timetable: fakeTimetable() };
    await store.changePreferences(lead?.leadId ?? '', { kind: 'stop', reason: 'unsubscribed' }, context);
    await store.close();
    expect(await complaints(env)).toEqual([]);
    rmSync(join(dataDir, 'funnel.db-wal'), { force: true });
    writeFileSync(join(dataDir, 'funnel.db'), copy);
    expect(await complaints(env)).toEqual([
      'wrong journal: The database lacks 1 stop that stops.log holds: it is an older copy of itself.',
    ]);
  });

  it('tells whether a server runs, and is in no server’s way', async () => {
    const { dataDir, env } = await houseInOrder();
    const serverLine = async () => (await examine(env)).lines.find((line) => line.includes(' server '));
    expect(await serverLine()).toMatch(/None runs on this data folder/);
    const lock = holdServeLock(dataDir);
    expect(lock.ok && (await serverLine())).toMatch(/One runs on this data folder/);
    if (lock.ok) lock.release();
    expect(holdServeLock(dataDir).ok).toBe(true);
  });

  it('asks for links, the own address and the DNS when real emails go out, and for none of them with --offline', async () => {
    const { env } = await houseInOrder();
    const asked: string[] = [];
    const world: Outside = {
      ...KIND_WORLD,
      probe: async (url) => {
        asked.push(url);
        return { kind: 'answered', status: url.endsWith('/healthz') ? 502 : 404, movedTo: null };
      },
    };
    const { FUNNEL_CLOCK: _, ...rest } = env;
    const live = {
      ...rest,
      RESEND_API_KEY: 're_x',
      PUBLIC_URL: 'https://funnel.coach.org',
      MAIL_FROM: 'Ada <ada@coach.org>',
      MAIL_REPLY_TO: 'ada@coach.org',
    };
    const { checks, code } = await examine(live, { json: true }, world);
    const wrong = checks.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name);
    expect(code).toBe(1);
    expect(wrong).toEqual(
      expect.arrayContaining(['PUBLIC_URL', 'sending', 'link', 'SPF', 'DKIM', 'DMARC', 'MX']),
    );
    expect(asked).toContain('https://funnel.coach.org/healthz');
    asked.length = 0;
    const offline = await examine(live, { json: true, offline: true }, world);
    expect(asked).toEqual([]);
    expect(offline.checks.filter(({ verdict }) => verdict === 'unknown').map(({ name }) => name)).toEqual([
      'PUBLIC_URL',
      'links',
      'DNS',
    ]);
  });

  it('stops with 78 and every problem when the settings are wrong', async () => {
    const ran = await funnel(['doctor', '--offline'], {
      DATA_DIR: freshFolder(),
      PORT: 'x',
      FUNNEL_CLOK: '1',
    });
    expect([ran.code, ran.out]).toEqual([78, '']);
    expect(ran.err).toMatch(/PORT: .*\n.*|FUNNEL_CLOK/);
  });

  it('is coloured on a terminal only, and not where NO_COLOR is set', async () => {
    const env = { DATA_DIR: freshFolder() };
    expect((await examine(env, {}, KIND_WORLD, true)).out).toContain('\u001B[32mok');
    expect((await examine(env, {}, KIND_WORLD, false)).out).not.toContain('\u001B');
    expect((await examine({ ...env, NO_COLOR: '1' }, {}, KIND_WORLD, true)).out).not.toContain('\u001B');
  });

  it('gives one JSON object, with the counts', async () => {
    const { out } = await examine({ DATA_DIR: freshFolder() }, { json: true });
    const parsed = JSON.parse(out) as { healthy: boolean; counts: Record<string, number>; checks: unknown[] };
    expect(parsed).toMatchObject({ healthy: true, counts: { wrong: 0, unknown: 0 } });
    expect(parsed.checks).toHaveLength(parsed.counts['ok'] ?? 0);
    expect(parsed.checks[0]).toEqual({
      section: 'Configuration',
      name: 'settings',
      verdict: 'ok',
      says: expect.any(String),
      remedy: null,
      ids: [],
    });
  });
});

/** Of everything in the database file and its log. */
function fingerprint(dataDir: string): string {
  const hash = createHash('sha256');
  const paths = ['funnel.db', 'funnel.db-wal'].map((name) => join(dataDir, name));
  for (const path of paths) if (existsSync(path)) hash.update(readFileSync(path));
  return hash.digest('hex');
}
