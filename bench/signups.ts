import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ROOT } from '../src/root.ts';
import { startServer } from '../tests/support/server.ts';
import { LIMITS, withFolder } from './folder.ts';
import { load } from './load.ts';
import type { LoadResult } from './load.ts';
import { tell } from './part.ts';
import { startProvider } from './provider.ts';
import { median } from './statistics.ts';
import { startYardstick } from './yardsticks.ts';

// Signups through the form, each acknowledged only when it is on the disk, against the same rows written in one raw transaction per signup: bare, and over HTTP.
await tell(async ({ rounds, seconds }) =>
  withFolder(async (folder) => {
    const dataDir = join(folder, 'data');
    mkdirSync(join(dataDir, 'content'), { recursive: true });
    const site = readFileSync(join(ROOT, 'assets/content/site.yaml'), 'utf8');
    writeFileSync(join(dataDir, 'content/site.yaml'), site + LIMITS);
    const provider = await startProvider();
    const env = { RESEND_API_KEY: 're_bench', RESEND_BASE_URL: provider.url };
    const funnel = await startServer({ from: 'bundle', dataDir, env });
    const plain = await startYardstick('signups', folder);
    let people = 0;
    const signUp = (url: string, forSeconds: number): Promise<LoadResult> =>
      load({ url, connections: 50, seconds: forSeconds, status: 303, request: () => form(++people) });
    try {
      await signUp(plain.said, 1);
      let acknowledged = (await signUp(funnel.url, 1)).answers;
      const ours: LoadResult[] = [];
      const overHttp: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round < rounds; round++) {
        bare.push(await bareTransactions(folder, seconds));
        overHttp.push((await signUp(plain.said, seconds)).perSecond);
        const result = await signUp(funnel.url, seconds);
        ours.push(result);
        acknowledged += result.answers;
      }
      const rates = ours.map(({ perSecond }) => perSecond);
      const against = (what: string, name: string, theirs: readonly number[], note: string) => {
        const ratio = median(rates.map((rate, round) => rate / (theirs[round] ?? NaN)));
        return {
          what,
          value: median(rates),
          unit: '/s',
          yardstick: { name, value: median(theirs) },
          ratio,
          aim: { text: '3 times it', met: ratio >= 3 },
          note,
        };
      };
      const latency = `p50 ${median(ours.map(({ p50 }) => p50)).toFixed(1)} ms, p99 ${median(ours.map(({ p99 }) => p99)).toFixed(0)} ms`;
      return [
        against('signups, 50 connections', '/s raw transactions in a loop, no HTTP', bare, latency),
        against(
          'signups, 50 connections',
          '/s raw transactions over HTTP',
          overHttp,
          storedNote(dataDir, acknowledged),
        ),
      ];
    } finally {
      await funnel.stop();
      await plain.stop();
      await provider.stop();
    }
  }),
);

async function bareTransactions(folder: string, seconds: number): Promise<number> {
  const loop = await startYardstick('transactions', folder, String(seconds));
  await loop.stop();
  return Number(loop.said);
}

function form(person: number): string {
  const body = `email=reader-${person}%40bench-${person % 40}.example&first_name=Ada&follow_up=yes&website=`;
  const head = [
    'POST /white-paper HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/x-www-form-urlencoded',
  ];
  return `${[...head, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`;
}

/** A rate of answers is worth nothing if they were not kept. Requests that were cut off at the end of a round may be stored too. */
function storedNote(dataDir: string, acknowledged: number): string {
  const db = new Database(join(dataDir, 'funnel.db'), { readonly: true });
  const stored = db.prepare<[], number>('select count(*) from signups').pluck().get() ?? 0;
  db.close();
  if (stored < acknowledged)
    throw new Error(`${acknowledged} signups were acknowledged, ${stored} are stored.`);
  return `${acknowledged} acknowledged, ${stored} stored`;
}
