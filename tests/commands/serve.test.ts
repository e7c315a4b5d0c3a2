import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { linkIn, nthEmail } from '../support/outbox.ts';
import { startServer } from '../support/server.ts';
import { freshFolder, freshStore } from '../support/store.ts';
import { funnel, spawned } from './run.ts';

const LIVE = { RESEND_API_KEY: 're_x', PUBLIC_URL: 'https://funnel.example' };

async function started(...options: Parameters<typeof startServer>) {
  const server = await startServer(...options);
  onTestFinished(async () => void (await server.stop()));
  return server;
}

describe('serve', () => {
  it('prints three links, lets other commands work beside it, and no second server', async () => {
    const dataDir = freshFolder();
    const server = await started({ dataDir, env: { LOG_LEVEL: 'trace' } });
    const [pages, desk, emails, ...rest] = server.stdout().trimEnd().split('\n');
    expect(pages).toBe(`Pages       ${server.url}/`);
    const token =
      /^Desk {8}(\S+\/admin\/setup\/([\w-]{43})) {3}\(sets the password; good for an hour\)$/.exec(
        desk ?? '',
      );
    expect((await fetch(token?.[1] ?? '')).status).toBe(200);
    expect(emails).toBe(`Emails      written to ${join(dataDir, 'outbox')}, none is sent`);
    expect(rest).toEqual([]);

    const body = new URLSearchParams({ email: 'ana@example.com', first_name: 'Ana' });
    const answer = await fetch(`${server.url}/white-paper`, { method: 'POST', body, redirect: 'manual' });
    expect(answer.status).toBe(303);
    // Links carry the port that the system chose; a command beside the server knows it too.
    const link = linkIn(await nthEmail(dataDir, 1), '/download/');
    expect(link.startsWith(server.url)).toBe(true);
    const preview = await funnel(['preview', 'delivery', '--out', dataDir], { DATA_DIR: dataDir, PORT: '0' });
    expect(preview.code).toBe(0);
    expect(readFileSync(join(dataDir, 'delivery.txt'), 'utf8')).toContain(`${server.url}/download/`);
    expect((await funnel(['stats'], { DATA_DIR: dataDir })).out).toMatch(/^signups +1\b/m);
    expect(await funnel(['send'], { DATA_DIR: dataDir })).toMatchObject({
      code: 0,
      err: 'Nothing is due.\n',
    });

    const begun = performance.now();
    const second = await spawned(['serve'], { DATA_DIR: dataDir, PORT: '0' });
    expect([second.code, second.out]).toEqual([1, '']);
    expect(second.err).toMatch(/^Another server already runs on /);
    // A second is promised; the rest is for a machine that runs other tests beside.
    expect(performance.now() - begun).toBeLessThan(5000);

    const secrets = [token?.[2] ?? '', link.split('/').at(-1) ?? '', 'ana@example.com'];
    expect(secrets.filter((secret) => server.stderr().includes(secret))).toEqual([]);
    expect(await server.stop()).toBe(0);
    expect(server.stderr()).not.toMatch(/Deprecat|"level":[56]0/);
  });

  it('shows the facts of its documents soon after the start', async () => {
    const server = await started();
    for (let tries = 0; tries < 100; tries++) {
      if (/\d+ pages/.test(await (await fetch(`${server.url}/white-paper`)).text())) return;
      await wait(100);
    }
    expect.fail('The landing page never told how many pages the document has.');
  });

  it('ends with 0 at Ctrl-C, though somebody sends half a request and never the rest', async () => {
    const server = await started();
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname).on('error', () => {});
    onTestFinished(() => void socket.destroy());
    socket.write(
      'POST /white-paper HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nemail=',
    );
    await wait(100);
    const begun = performance.now();
    process.kill(server.pid, 'SIGINT');
    for (let tries = 0; tries < 200 && isRunning(server.pid); tries++) await wait(50);
    expect(isRunning(server.pid)).toBe(false);
    expect(await server.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(8000);
  });

  it('prints nothing but the links with the log as it is by default', async () => {
    const server = await started({ env: { LOG_LEVEL: 'info' } });
    await fetch(`${server.url}/white-paper`);
    expect(server.stdout().trimEnd().split('\n')).toHaveLength(3);
    expect(server.stderr()).toBe('');
  });

  it('says at the start that sending waits for a person', async () => {
    const { store, dataDir } = freshStore();
    await store.holdSending({ kind: 'coach', reason: 'on holiday', at: Date.now() });
    await store.close();
    const server = await started({ dataDir });
    expect(server.stdout()).toContain('Paused      no email goes out: on holiday. Resume on the desk');
  }, 60_000);

  it('refuses a content folder that is not there, whatever it served before', async () => {
    const DATA_DIR = freshFolder();
    expect(await funnel(['rehearse'], { DATA_DIR })).toMatchObject({ code: 0 });
    const CONTENT_DIR = join(DATA_DIR, 'nowhere');
    const ran = await spawned(['serve'], { DATA_DIR, CONTENT_DIR, PORT: '0' });
    expect([ran.code, ran.out]).toEqual([78, '']);
    expect(ran.err).toMatch(/nowhere: The content folder cannot be read\. Set CONTENT_DIR/);
  });

  it('says what to do when its port is taken', async () => {
    const server = await started();
    const { port } = new URL(server.url);
    const ran = await spawned(['serve'], { DATA_DIR: freshFolder(), PORT: port });
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toContain(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or start with PORT=0`,
    );
    expect(ran.err).not.toMatch(/ {4}at /);
  });

  it('refuses a mistake in the content with file and line; after a valid start it goes on with the last valid version', async () => {
    const dataDir = freshFolder();
    const CONTENT_DIR = join(freshFolder(), 'content');
    cpSync(join(ROOT, 'assets/content'), CONTENT_DIR, { recursive: true });
    const step = join(CONTENT_DIR, 'sequence/01-two-markets.md');
    const break_ = () => writeFileSync(step, '---\nkey: one\ndays_after: soon\n---\n\nText.\n');
    break_();
    const first = await spawned(['serve'], { DATA_DIR: dataDir, CONTENT_DIR, PORT: '0' });
    expect([first.code, first.out]).toEqual([78, '']);
    expect(first.err).toMatch(/01-two-markets\.md:3: /);

    rmSync(step);
    cpSync(join(ROOT, 'assets/content/sequence/01-two-markets.md'), step);
    const good = await started({ dataDir, env: { CONTENT_DIR, LOG_LEVEL: 'info' } });
    break_();
    process.kill(good.pid, 'SIGHUP');
    for (let tries = 0; tries < 1000 && !good.stderr().includes('the version in force stays'); tries++)
      await wait(50);
    expect(good.stderr()).toMatch(/content has mistakes; the version in force stays/);
    expect((await (await fetch(`${good.url}/readyz`)).json()) as unknown).toMatchObject({
      status: 'degraded',
    });
    expect(await good.stop()).toBe(0);

    const later = await started({ dataDir, env: { CONTENT_DIR } });
    expect(later.stdout()).toMatch(
      /The content has mistakes; the last valid version is used:\n[\s\S]* {2}- sequence\/01-two-markets\.md:3: /,
    );
    expect((await fetch(`${later.url}/white-paper`)).status).toBe(200);
  });

  it('refuses the database of a newer program', async () => {
    const { store, dataDir } = freshStore();
    await store.close();
    const raw = new Database(join(dataDir, 'funnel.db'));
    raw.pragma('user_version = 99');
    raw.close();
    const ran = await spawned(['serve'], { DATA_DIR: dataDir, PORT: '0' });
    expect([ran.code, ran.out]).toEqual([78, '']);
    expect(ran.err).toMatch(/newer version/);
  });

  it('refuses to send drafts to real people, as does send', async () => {
    const smtp = { SMTP_URL: 'smtps://mail.example.com', PUBLIC_URL: LIVE.PUBLIC_URL };
    for (const [command, env] of [
      ['serve', LIVE],
      ['send', LIVE],
      ['send', smtp],
    ] as const) {
      const ran = await spawned([command], { ...env, DATA_DIR: freshFolder(), PORT: '0' });
      expect([command, ran.code, ran.out]).toEqual([command, 78, '']);
      expect(ran.err).toMatch(
        /^Sending has (one problem|2 problems):\n {2}- site\.yaml: the content is the sample/,
      );
    }
  });

  it('refuses files where real emails have been sent, unless it is told that this is a copy', async () => {
    const { store, dataDir } = freshStore();
    await store.markSentLive(Date.UTC(2026, 10, 1));
    await store.close();
    const elsewhere = { RESEND_API_KEY: 're_x', RESEND_BASE_URL: 'http://127.0.0.1:9' };
    for (const [env, advice] of [
      [{}, 'neither RESEND_API_KEY nor SMTP_URL is set'],
      [{ FUNNEL_CLOCK: '2026-11-23T12:00:00Z' }, 'neither RESEND_API_KEY nor SMTP_URL is set'],
      [elsewhere, 'RESEND_BASE_URL leads to this machine'],
      [{ SMTP_URL: 'smtp://127.0.0.1:9' }, 'SMTP_URL leads to this machine'],
    ] as const) {
      const ran = await funnel(['send'], { DATA_DIR: dataDir, ...env });
      expect([ran.code, ran.out]).toEqual([78, '']);
      expect(ran.err).toMatch(/has sent real emails \(since 2026-11-01\).*--offline-copy/);
      expect(ran.err).toContain(advice);
    }
    const refused = await spawned(['serve'], { DATA_DIR: dataDir, PORT: '0' });
    expect([refused.code, refused.out]).toEqual([78, '']);
    expect(await funnel(['send', '--offline-copy'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
  });

  it('leaves nothing half made when it refuses', async () => {
    const DATA_DIR = join(freshFolder(), 'data');
    mkdirSync(DATA_DIR);
    await spawned(['serve'], { ...LIVE, DATA_DIR, PORT: '0' });
    expect(readdirSync(DATA_DIR).filter((name) => /partial|secret\.|wal$|shm$/.test(name))).toEqual([]);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
