import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { testFunnel } from '../support/funnel.ts';

/** The newest of all, so that every list would begin with it. */
const DEAD = `---
title: Gone for good
description: Nobody can read it any more
topic: job-offers
date: 2099-01-01
minutes: 4
url: https://blog.example.com/gone
dead: true
---
`;

async function withDeadPost() {
  const dataDir = mkdtempSync(join(tmpdir(), 'dead-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  mkdirSync(join(dataDir, 'content/posts'), { recursive: true });
  writeFileSync(join(dataDir, 'content/posts/gone.md'), DEAD);
  return await testFunnel({ dataDir });
}

it('a post that is marked dead stands in no list', async () => {
  const { app } = await withDeadPost();
  for (const path of ['/', '/articles', '/articles/topic/job-offers', '/white-paper', '/sitemap.xml']) {
    const { statusCode, body } = await app.server.inject(path);
    expect([path, statusCode]).toEqual([path, 200]);
    expect(body).not.toContain('Gone for good');
    expect(body).not.toContain('blog.example.com');
  }
});

it('leads from its own address to the list of articles', async () => {
  const { app } = await withDeadPost();
  const { statusCode, headers } = await app.server.inject('/articles/gone');
  expect([statusCode, headers.location]).toEqual([302, '/articles']);
});
