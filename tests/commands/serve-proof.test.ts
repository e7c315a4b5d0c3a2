import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';
import { freshFolder } from '../support/store.ts';
import { funnel } from './run.ts';

const TOO_LONG = /offers\/infographic\/document\.yaml(:\d+)?: /;

/** A copy of the sample whose infographic can be made too long for its page, and mended again. */
function editable() {
  const CONTENT_DIR = join(freshFolder(), 'content');
  cpSync(join(ROOT, 'assets/content'), CONTENT_DIR, { recursive: true });
  const file = join(CONTENT_DIR, 'offers/infographic/document.yaml');
  const good = readFileSync(file, 'utf8');
  const panel = `  - kind: list\n    title: One more\n    items: [${'a thing to do, '.repeat(12)}]\n`;
  return {
    CONTENT_DIR,
    spoil: () => writeFileSync(file, good.replace(/^sources:/m, `${panel.repeat(12)}sources:`)),
    mend: () => writeFileSync(file, `${good}# mended\n`),
  };
}

async function serving(dataDir: string, CONTENT_DIR: string): Promise<RunningServer> {
  const server = await startServer({ dataDir, env: { CONTENT_DIR, LOG_LEVEL: 'info' } });
  onTestFinished(async () => void (await server.stop()));
  return server;
}

async function said(server: RunningServer, words: RegExp): Promise<string> {
  for (let tries = 0; tries < 300 && !words.test(server.stderr()); tries++) await wait(100);
  expect(server.stderr()).toMatch(words);
  return server.stderr();
}

async function health(server: RunningServer): Promise<unknown> {
  return (await fetch(`${server.url}/readyz`)).json();
}

it('tells a page that is too short for its text before it is published, and publishes what is mended', async () => {
  const dataDir = freshFolder();
  const { CONTENT_DIR, spoil, mend } = editable();
  const server = await serving(dataDir, CONTENT_DIR);
  spoil();
  process.kill(server.pid, 'SIGHUP');
  expect(await said(server, /content has mistakes; the version in force stays/)).toMatch(TOO_LONG);
  expect(await health(server)).toMatchObject({ status: 'degraded' });

  const ran = await funnel(['doctor', '--offline', '--json'], { DATA_DIR: dataDir, CONTENT_DIR });
  expect(ran.out).toMatch(TOO_LONG);
  expect(ran.out).toMatch(/does not publish this and goes on with version/);

  await server.stop();
  const later = await serving(dataDir, CONTENT_DIR);
  // It serves the version before at once, and tries the folders' out meanwhile.
  expect(await said(later, /content has mistakes; the version in force stays/)).toMatch(TOO_LONG);
  expect((await fetch(`${later.url}/infographic`)).status).toBe(200);
  mend();
  process.kill(later.pid, 'SIGHUP');
  await said(later, /content read again/);
  expect(await health(later)).toMatchObject({ status: 'ok' });
}, 120_000);

it('starts at once where nothing was published before, and tells afterwards what it found', async () => {
  const dataDir = freshFolder();
  const { CONTENT_DIR, spoil } = editable();
  spoil();
  const server = await serving(dataDir, CONTENT_DIR);
  expect(server.stdout()).not.toMatch(/mistakes/);
  expect(await said(server, /given out as they are/)).toMatch(TOO_LONG);
  expect(await health(server)).toMatchObject({ status: 'degraded' });
  await server.stop();
  const later = await serving(dataDir, CONTENT_DIR);
  expect(later.stdout()).toMatch(
    /The documents have mistakes and are given out as they are; there is no earlier/,
  );
  expect(later.stdout()).toMatch(TOO_LONG);
}, 120_000);
