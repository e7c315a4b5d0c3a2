import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { beforeAll, expect, it, vi } from 'vitest';
import { ROOT } from '../../src/root.ts';
import { chanceOf, proofSeed } from '../support/chance.ts';
import type { Chance } from '../support/chance.ts';
import { startServer } from '../support/server.ts';
import type { RunningServer } from '../support/server.ts';
import { freshFolder } from '../support/store.ts';
import { solvedSum } from '../support/sum.ts';

// A flood over real HTTP, from as many networks as a botnet has, through a proxy that is believed.
const POSTS = 10_000;
const NETWORKS = 1000;
const CONNECTIONS = 16;

beforeAll(() => {
  execFileSync(process.execPath, ['build.ts', '--if-stale'], { cwd: ROOT });
});

type Answer = { readonly status: number; readonly body: string };
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** Half of them IPv4, half IPv6 /64, of which each post comes from another address. */
function addressIn(network: number, chance: Chance): string {
  if (network % 2 === 0) return `10.7.${network >> 8}.${network & 255}`;
  const host = Array.from({ length: 4 }, () => Math.floor(chance.between(0, 0x10000)).toString(16)).join(':');
  return `2001:db8:${network.toString(16)}:1:${host}`;
}

async function post(
  server: RunningServer,
  ip: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answer> {
  const sent = request(`${server.url}/white-paper`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': ip },
  });
  sent.end(new URLSearchParams(fields).toString());
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, body: await text(answer) };
}

/** Works through the posts, some at a time. @returns how often each status came. */
async function flood(count: number, one: (n: number) => Promise<Answer>): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const { status } = await one(next++);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return statuses;
}

/** One mailbox, spelled in another way each time: case and `+tag`, and at Gmail dots and its second domain. */
function spelling(mailbox: { local: string; domain: string }, n: number, chance: Chance): string {
  const isGmail = mailbox.domain === 'gmail.com';
  const letters = mailbox.local.split('').map((letter, at) => {
    const cased = chance.fraction() < 0.5 ? letter : letter.toUpperCase();
    return isGmail && at > 0 && chance.fraction() < 0.3 ? `.${cased}` : cased;
  });
  const domain = isGmail && chance.fraction() < 0.25 ? 'googlemail.com' : mailbox.domain;
  return `${letters.join('')}+${n.toString(36)}@${domain}`;
}

type Written = { readonly to: string; readonly at: number };

/** The emails that were written as files. */
function outboxOf(dataDir: string): readonly Written[] {
  const outbox = join(dataDir, 'outbox');
  return readdirSync(outbox)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => {
      const text = readFileSync(join(outbox, name), 'utf8');
      const header = (field: string) => new RegExp(`^${field}: (.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
      return { to: header('To').toLowerCase(), at: Date.parse(header('Date')) };
    });
}

function recipients(dataDir: string): readonly string[] {
  return outboxOf(dataDir).map(({ to }) => to);
}

/** The most emails within 24 hours. */
function mostInADay(emails: readonly Written[]): number {
  const during = (from: number) => emails.filter(({ at }) => at >= from && at < from + 24 * 3_600_000).length;
  return Math.max(...emails.map(({ at }) => during(at)));
}

/** The delivery emails of the ledger, by address. */
function promised(dataDir: string): readonly string[] {
  const db = new Database(join(dataDir, 'funnel.db'), { readonly: true });
  const rows = db
    .prepare<[], string>(
      "select lower(l.email) from messages m join leads l on l.id = m.lead_id where m.step = 'delivery'",
    )
    .pluck()
    .all();
  db.close();
  return rows;
}

it.each([
  { local: 'mariasilva', domain: 'gmail.com' },
  { local: 'mariasilva', domain: 'northwind.example' },
])(
  `${POSTS} posts from ${NETWORKS} networks at one mailbox at $domain: three emails a day, also over restarts, and visitors are served`,
  async (mailbox) => {
    const seed = proofSeed();
    const chance = chanceOf(seed);
    const dataDir = freshFolder();
    const belongs = (address: string) => address.startsWith('m') && /^m\.?a/.test(address);
    const statuses: Record<number, number> = {};
    const counts: number[] = [];
    const served: number[] = [];
    const begun = performance.now();
    // Lives of the server, a quarter of an hour apart, the last three on the next day; it is killed or stopped in between.
    const lives = [0, 15, 30, 45, 60, 1445, 1475, 1500];
    for (const [life, minutes] of lives.entries()) {
      const clock = new Date(Date.UTC(2026, 10, 23, 9, minutes)).toISOString();
      const env = { TRUST_PROXY: '127.0.0.1', FUNNEL_CLOCK: clock };
      const server = await startServer({ from: 'bundle', dataDir, env });
      const share = POSTS / lives.length;
      const halfway = Math.floor(share / 2);
      const told = await flood(share, async (n) => {
        if (n === halfway) {
          // In the middle of it.
          const visitor = { email: `ana-${life}@firm-${life}.example`, first_name: 'Ana' };
          served.push((await post(server, `192.0.2.${life + 1}`, visitor)).status);
        }
        const network = (life * share + n) % NETWORKS;
        return await post(server, addressIn(network, chance), {
          email: spelling(mailbox, life * POSTS + n, chance),
          first_name: 'Bot',
        });
      });
      for (const [status, times] of Object.entries(told))
        statuses[Number(status)] = (statuses[Number(status)] ?? 0) + times;
      await vi.waitUntil(() => recipients(dataDir).includes(`ana-${life}@firm-${life}.example`), {
        timeout: 10_000,
      });
      await (life % 2 === 0 ? server.kill() : server.stop());
      counts.push(promised(dataDir).filter(belongs).length);
    }
    const seconds = (performance.now() - begun) / 1000;
    const emails = outboxOf(dataDir);
    const toMailbox = emails.filter(({ to }) => belongs(to));
    console.info(
      `${mailbox.domain}: ${POSTS} posts in ${seconds.toFixed(0)} s, seed ${seed}, answers ${JSON.stringify(statuses)}; deliveries promised to the mailbox after each life: ${counts.join(', ')}; emails written to it: ${toMailbox.length}, at most ${mostInADay(toMailbox)} within 24 hours`,
    );
    expect(statuses).toEqual({ 303: POSTS });
    expect(served).toEqual(lives.map(() => 303));
    // Three a day; the sixth would be the fifth in 30 days of which nobody has pressed the button.
    expect(counts).toEqual([1, 2, 3, 3, 3, 4, 5, 5]);
    expect(toMailbox).toHaveLength(5);
    expect(mostInADay(toMailbox)).toBeLessThanOrEqual(3);
    expect(new Set(emails.map(({ to }) => to).filter((to) => to.startsWith('ana'))).size).toBe(lives.length);
  },
  240_000,
);

it('a flood of other addresses meets the limits of domain and of all; a visitor whose browser has solved the sum is served', async () => {
  const chance = chanceOf(proofSeed());
  const dataDir = freshFolder();
  const server = await startServer({ from: 'bundle', dataDir, env: { TRUST_PROXY: '127.0.0.1' } });
  const bot = (n: number, email: string) =>
    post(server, addressIn(n % NETWORKS, chance), { email, first_name: 'Bot' });
  const oneDomain = await flood(1000, (n) => bot(n, `a${n}@northwind.example`));
  expect(oneDomain).toEqual({ 303: 30, 429: 970 });
  const manyDomains = await flood(2000, (n) => bot(n, `a${n}@bot-${n}.example`));
  expect(manyDomains).toEqual({ 303: 270, 429: 1730 });

  const visitor = { email: 'ana@firm.example', first_name: 'Ana' };
  const refused = await post(server, '192.0.2.1', visitor);
  expect(refused.status).toBe(429);
  const work = await solvedSum(refused.body);
  expect((await post(server, '192.0.2.1', { ...visitor, work })).status).toBe(303);
  await vi.waitUntil(() => recipients(dataDir).includes(visitor.email), { timeout: 20_000 });
  // Her solution is of no use to anybody else, and the flood goes on as before.
  const again = await flood(50, (n) =>
    post(server, addressIn(n, chance), { email: `b${n}@bot-${n}.example`, first_name: 'Bot', work }),
  );
  expect(again).toEqual({ 429: 50 });
  expect(promised(dataDir)).toHaveLength(301);
  await server.stop();
}, 120_000);
