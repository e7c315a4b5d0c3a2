import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { EMAIL_KEYS } from '../../src/content/model.ts';
import type { ContentProblem } from '../../src/content/model.ts';
import { passwordMatches } from '../../src/desk/password.ts';
import { LEAD_COLUMNS } from '../../src/leads/csv.ts';
import { openStore } from '../../src/store/sqlite/store.ts';
import { readPdf } from '../documents/read.ts';
import { publish } from '../support/publish.ts';
import { freshFolder, freshStore, signUp } from '../support/store.ts';
import { funnel, spawned } from './run.ts';

const STEPS = readdirSync('assets/content/sequence').map((name) => name.slice(3, -'.md'.length));
const NOVEMBER = '2026-11-23T12:00:00Z';

describe('demo and export', () => {
  it('fill an empty database once, and write its leads as CSV or JSON, to stdout or a file', async () => {
    const DATA_DIR = freshFolder();
    const env = { DATA_DIR, FUNNEL_CLOCK: NOVEMBER };
    const demo = await funnel(['demo', '--leads', '1200'], env);
    expect(demo).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringMatching(/^1200 made-up leads written/) as string,
    });
    const again = await funnel(['demo', '--leads', '5'], env);
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toMatch(/has leads already/);

    const csv = await spawned(['export'], env);
    expect([csv.code, csv.err]).toEqual([0, '']);
    const rows: Record<string, string>[] = parse(csv.out, {
      bom: true,
      columns: true,
      record_delimiter: '\r\n',
    });
    expect(rows).toHaveLength(1200);
    expect(Object.keys(rows[0] ?? {})).toEqual(LEAD_COLUMNS);
    expect(rows.every(({ email }) => email?.endsWith('.example') === true)).toBe(true);

    const file = join(DATA_DIR, 'leads.json');
    const filter = [
      '--status',
      'confirmed',
      '--offer',
      'infographic',
      '--from',
      '2026-10-01',
      '--to',
      '2026-11-10',
    ];
    const json = await funnel(['export', '--out', file, '--format', 'json', ...filter], env);
    expect([json.code, json.out]).toEqual([0, '']);
    const wanted = rows.filter(
      ({ status, offers, signed_up_at: day = '' }) =>
        status === 'confirmed' &&
        offers?.includes('infographic') === true &&
        day >= '2026-10-01' &&
        day < '2026-11-11',
    );
    expect(wanted.length).toBeGreaterThan(20);
    expect(json.err).toBe(`${wanted.length} leads written to ${file}.\n`);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const ids = lines.map((line) => (JSON.parse(line) as { lead_id: string }).lead_id);
    expect(ids).toEqual(wanted.map(({ lead_id: id }) => id));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(DATA_DIR).filter((name) => name.includes('partial'))).toEqual([]);

    const { first_source: source = '' } = rows.find(({ first_source: found }) => found !== '') ?? {};
    const bySource = await funnel(['export', '--source', source, '--format', 'json'], env);
    expect(bySource.out.split('\n').length - 1).toBe(
      rows.filter((row) => row['first_source'] === source).length,
    );
  });

  it('refuse what cannot be done: an unknown offer, a folder that is not there, a live configuration', async () => {
    const env = { DATA_DIR: freshFolder() };
    const offer = await funnel(['export', '--offer', 'whitepaper'], env);
    expect([offer.code, offer.out]).toEqual([2, '']);
    expect(offer.err).toBe(
      'There is no offer “whitepaper”. Known: white-paper, infographic, livre-blanc, infographie.\n',
    );
    const out = await funnel(['export', '--out', join(env.DATA_DIR, 'no/such/leads.csv')], env);
    expect(out.code).toBe(1);
    expect(out.err).toMatch(/leads\.csv could not be written: ENOENT/);
    expect(out.err).not.toMatch(/ at /);
    const live = { ...env, RESEND_API_KEY: 're_x', PUBLIC_URL: 'https://funnel.example' };
    expect(await funnel(['demo', '--leads', '5'], live)).toMatchObject({
      code: 78,
      err: expect.stringMatching(/refused where emails go to real people/) as string,
    });
  });

  it('do not replace what is no plain file', async () => {
    const ran = await funnel(['export', '--out', '/dev/null'], { DATA_DIR: freshFolder() });
    expect([ran.code, ran.err]).toEqual([0, '0 leads written to /dev/null.\n']);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('document', () => {
  it('makes a PDF for its reader on an empty data folder', async () => {
    const DATA_DIR = freshFolder();
    const out = join(DATA_DIR, 'paper.pdf');
    const options = [
      '--name',
      'Zoë Ångström',
      '--situation',
      'between-roles',
      '--role',
      'Chief Technology Officer',
    ];
    const ran = await funnel(['document', 'white-paper', '--out', out, '--paper', 'letter', ...options], {
      DATA_DIR,
    });
    expect([ran.code, ran.out]).toEqual([0, '']);
    const said = /paper\.pdf: (\d+) pages, \d+ bytes, content version \w+\.\n$/.exec(ran.err);
    const { pages } = await readPdf({ parts: [readFileSync(out)] });
    expect(pages.length).toBeGreaterThanOrEqual(8);
    expect(pages.length).toBe(Number(said?.[1]));
    expect(pages[0]?.text).toContain('Zoë Ångström');
    expect(pages[0]?.width).toBe(612);
  });

  it('tells a script what it made, and replaces the file that is there', async () => {
    const DATA_DIR = freshFolder();
    const out = join(DATA_DIR, 'graphic.pdf');
    writeFileSync(out, 'yesterday’s');
    const ran = await funnel(['document', 'infographic', '--out', out, '--json'], { DATA_DIR });
    expect([ran.code, ran.err]).toEqual([0, '']);
    const bytes = readFileSync(out);
    expect(JSON.parse(ran.out)).toEqual({
      file: out,
      offer: 'infographic',
      // The sample's coach works in Toronto.
      paper: 'letter',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      pages: 1,
      contentVersion: expect.stringMatching(/^\w{12}$/) as string,
      problems: [],
    });
  });

  it('writes to standard output, on the paper that the coach has set, but nothing into a terminal', async () => {
    const DATA_DIR = freshFolder();
    const site = readFileSync('assets/content/site.yaml', 'utf8');
    mkdirSync(join(DATA_DIR, 'content'));
    writeFileSync(join(DATA_DIR, 'content/site.yaml'), `paper: a4\n${site}`);
    const ran = await funnel(['document', 'infographic', '--out', '-'], { DATA_DIR });
    expect(ran.err).toMatch(/^The PDF: 1 page, \d+ bytes, content version \w+\.\n$/);
    const { pages } = await readPdf({ parts: [Buffer.from(ran.out, 'latin1')] });
    expect(pages[0]?.width).toBeCloseTo(595, 0);
    const shown = await funnel(['document', 'infographic', '--out', '-'], { DATA_DIR }, '', true);
    expect([shown.code, shown.out]).toEqual([2, '']);
    expect(shown.err).toMatch(/^A PDF is nothing for a terminal\. Write --out FILE/);
  });

  it('lists the mistakes of this document with file, line and remedy, and makes it all the same', async () => {
    const DATA_DIR = freshFolder();
    const spoil = (file: string, change: (text: string) => string) => {
      const mine = join(DATA_DIR, 'content', file);
      mkdirSync(dirname(mine), { recursive: true });
      writeFileSync(mine, change(readFileSync(join('assets/content', file), 'utf8')));
      return mine;
    };
    const paper = spoil('offers/white-paper/document.md', (text) =>
      text.replace(/^summary: \|\n/m, (begin) => begin + '  Words and words.\n\n'.repeat(40)),
    );
    const panel = `  - kind: list\n    title: More\n    items: [${'a thing to do, '.repeat(12)}]\n`;
    const graphic = spoil('offers/infographic/document.yaml', (text) =>
      text.replace(/^sources:/m, `${panel.repeat(12)}sources:`),
    );
    const out = join(DATA_DIR, 'made.pdf');
    const told = await funnel(['document', 'white-paper', '--out', out], { DATA_DIR });
    expect([told.code, told.out]).toEqual([0, '']);
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-');
    expect(told.err).toContain(
      'It has mistakes. A server that has an earlier version stays with that one:\n',
    );
    expect(told.err).toMatch(/document\.md:6: The summary is longer than one page\. Shorten it\.\n/);
    expect(told.err).toContain(`  - ${paper}`);
    // Of the other document nothing is said.
    expect(told.err).not.toContain(graphic);

    const listed = await funnel(['document', 'infographic', '--out', out, '--json'], { DATA_DIR });
    expect(listed.code).toBe(0);
    const { problems } = JSON.parse(listed.out) as { readonly problems: readonly ContentProblem[] };
    expect(problems.length).toBeGreaterThan(0);
    for (const { file, problem, remedy } of problems) {
      expect(file).toMatch(/offers\/infographic\/document\.yaml$/);
      expect([problem, remedy]).not.toContain('');
    }
  });

  it('names what is known when it is asked for something else', async () => {
    const env = { DATA_DIR: freshFolder() };
    const out = join(env.DATA_DIR, 'x.pdf');
    const offer = await funnel(['document', 'whitepaper', '--out', out], env);
    expect([offer.code, offer.err]).toEqual([
      2,
      'There is no offer “whitepaper”. Known: white-paper, infographic, livre-blanc, infographie.\n',
    ]);
    const situation = await funnel(['document', 'infographic', '--out', out, '--situation', 'happy'], env);
    expect(situation.code).toBe(2);
    expect(situation.err).toMatch(/no situation “happy”\. Known: quietly-looking, /);
    expect(readdirSync(env.DATA_DIR)).not.toContain('x.pdf');
    const folder = await funnel(['document', 'infographic', '--out', join(out, 'no.pdf')], env);
    expect([folder.code, folder.err.includes('could not be written')]).toEqual([1, true]);
  });
});

describe('preview', () => {
  it('writes every email in three forms', async () => {
    const DATA_DIR = freshFolder();
    const out = join(DATA_DIR, 'a/b');
    const keys = [...STEPS.slice(0, 1), ...EMAIL_KEYS];
    const ran = await Promise.all(keys.map((key) => funnel(['preview', key, '--out', out], { DATA_DIR })));
    expect(ran.map(({ code }) => code)).toEqual(keys.map(() => 0));
    for (const key of keys) {
      const {
        subject = '',
        html = '',
        text = '',
      } = await PostalMime.parse(readFileSync(join(out, `${key}.eml`)));
      expect([key, subject === '']).toEqual([key, false]);
      expect(readFileSync(join(out, `${key}.html`), 'utf8').trim()).toBe(html.trim());
      expect(readFileSync(join(out, `${key}.txt`), 'utf8').trim()).toBe(text.trim());
    }
    const unknown = await funnel(['preview', 'welcome', '--out', out], { DATA_DIR });
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain(`Known: delivery`);
    expect(unknown.err).toContain(STEPS[5]);
  });

  it('tells the other subject of a step that has two', async () => {
    const DATA_DIR = freshFolder();
    const [step = ''] = STEPS;
    const file = `sequence/01-${step}.md`;
    const text = readFileSync(join('assets/content', file), 'utf8');
    mkdirSync(join(DATA_DIR, 'content/sequence'), { recursive: true });
    const edited = text.replace('preheader:', 'subject_b: Two markets, {{first_name|and you}}\npreheader:');
    writeFileSync(join(DATA_DIR, 'content', file), edited.replace(/posts: .*/, 'posts: by topic'));
    const ran = await funnel(['preview', step, '--out', DATA_DIR], { DATA_DIR });
    expect(ran.code).toBe(0);
    expect(ran.err).toMatch(
      /^Half of the readers get one subject, half the other:\n {2}.+\n {2}Two markets, \{\{first_name\|and you\}\}\n/,
    );
    // Somebody of whom nothing is known is shown a post as well.
    expect(readFileSync(join(DATA_DIR, `${step}.txt`), 'utf8')).toMatch(/\/read\//);
  });

  it('says so when the content in the folder is not the one that it shows', async () => {
    const DATA_DIR = freshFolder();
    await publish({ DATA_DIR });
    writeFileSync(join(DATA_DIR, 'content'), '');
    const ran = await funnel(['preview', 'delivery', '--out', DATA_DIR], { DATA_DIR });
    expect([ran.code, ran.err.split('\n')[0]]).toEqual([
      0,
      'The content has mistakes; the last valid version is used:',
    ]);
  });
});

describe('rehearse', () => {
  it('shows the calendar of a new lead, in her zone', async () => {
    const env = { DATA_DIR: freshFolder() };
    const options = ['--from', '2026-11-23T14:30:00Z', '--timezone', 'Europe/London'];
    const ran = await funnel(['rehearse', ...options], env);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^Times in Europe\/London\n/);
    for (const step of ['delivery', 'reminder', ...STEPS]) expect(ran.out).toContain(` ${step} `);
    const json = await funnel(['rehearse', '--json', ...options], env);
    const emails = json.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { step: string; state: string });
    expect(emails.map(({ step }) => step)).toEqual(['delivery', 'reminder', ...STEPS]);
  });

  it('shows the emails of a lead, in any case of her address, and changes nothing', async () => {
    const { store, dataDir } = freshStore();
    await signUp(store, { email: 'Maria@Example.com' });
    const before = (await store.facts()).rows;
    await store.close();
    const ran = await funnel(['rehearse', '--email', 'maria@example.com'], {
      DATA_DIR: dataDir,
      FUNNEL_CLOCK: NOVEMBER,
    });
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/planned +delivery/);
    const again = openStore({ dataDir });
    const after = (await again.facts()).rows;
    await again.close();
    expect({ ...after, settings: 0, consent_wordings: 0 }).toEqual({
      ...before,
      settings: 0,
      consent_wordings: 0,
    });
  });

  it('tells a wrong date, zone or address in words', async () => {
    const env = { DATA_DIR: freshFolder() };
    for (const from of ['5', '2026-11-23T14:30', 'tomorrow']) {
      const ran = await funnel(['rehearse', '--from', from], env);
      expect([ran.code, ran.err]).toEqual([
        2,
        `“${from}” is no date. Write it as 2026-11-23 or 2026-11-23T14:30:00Z.\n`,
      ]);
    }
    const zone = await funnel(['rehearse', '--timezone', 'London'], env);
    expect([zone.code, zone.err]).toEqual([2, '“London” is no time zone. Write it as Europe/London.\n']);
    const lead = await funnel(['rehearse', '--email', 'nobody@example.com'], env);
    expect([lead.code, lead.err]).toEqual([1, 'No lead has this address.\n']);
  });
});

describe('stats', () => {
  it('counts the days that are asked for, for people or as JSON', async () => {
    const { store, dataDir } = freshStore();
    await signUp(store);
    await store.close();
    const env = { DATA_DIR: dataDir, FUNNEL_CLOCK: '2026-12-22T23:00:00Z' };
    const table = await funnel(['stats'], env);
    expect([table.code, table.err]).toEqual([0, '']);
    expect(table.out).toMatch(/^2026-11-23 to 2026-12-22 \(UTC\)\n/);
    expect(table.out).toMatch(/^signups +1\b/m);
    expect(table.out).toMatch(/^mailed a link +0 +0%$/m);
    expect(table.out).toMatch(/^No link was mailed to anybody\.$/m);
    expect(table.out).toMatch(/^There are too few people yet/m);
    expect(table.out).toMatch(/^clicks by people +0$/m);
    expect(table.out).toMatch(/^clicks, raw +0$/m);
    expect(table.out).toMatch(/^No link in an email was followed\.$/m);
    expect(table.out).toMatch(/^ {2}article +1 signups, 0 confirmed$/m);
    const json = await funnel(['stats', '--json', '--to', '2026-11-22'], env);
    expect(JSON.parse(json.out)).toMatchObject({ signups: 0, clicksRaw: 0, clicksByPersons: 0, sources: [] });
    const future = await funnel(['stats', '--from', '2027-01-01'], env);
    expect([future.code, future.err]).toEqual([
      2,
      'The first day (2027-01-01) is after the last (2026-12-22). Change one of them.\n',
    ]);
  });
});

describe('admin password', () => {
  it('sets the password from standard input on an empty data folder, and ends all sessions', async () => {
    const DATA_DIR = freshFolder();
    const short = await spawned(['admin', 'password'], { DATA_DIR }, 'short\n');
    expect([short.code, short.out]).toEqual([1, '']);
    expect(short.err).toMatch(/12 characters or more/);
    expect(readdirSync(DATA_DIR)).toEqual([]);

    const set = await spawned(
      ['admin', 'password', '--email', 'Coach@Example.com'],
      { DATA_DIR },
      ' four words and spaces \n',
    );
    expect([set.code, set.out]).toEqual([0, '']);
    const { store } = freshStore(DATA_DIR);
    const [account, ...others] = await store.accounts();
    expect([account?.email, others]).toEqual(['coach@example.com', []]);
    expect(await passwordMatches(' four words and spaces ', account?.passwordHash ?? null)).toBe(true);
    await store.startSession({ tokenHash: 'x', accountId: account?.accountId ?? '', at: 1 });
    for (let i = 0; i < 100; i++)
      await store.recordWrongPassword(`account:${account?.accountId}`, Date.now());

    expect((await funnel(['admin', 'password'], { DATA_DIR }, 'another passphrase of mine')).code).toBe(0);
    expect(await store.useSession('x', 2)).toBeNull();
    expect((await store.wrongPasswords(`account:${account?.accountId}`, 0)).count).toBe(0);
  });
});
