import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request, Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ROOT } from '../src/root.ts';
import { addLeads, withFunnelOn } from '../tests/proofs/cohort.ts';
import { startServer } from '../tests/support/server.ts';
import type { Finding } from './finding.ts';
import { LIMITS, withFolder } from './folder.ts';
import { tell } from './part.ts';
import { median, quantile, rankSum } from './statistics.ts';

const HOUR = 3_600_000;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** What may be known of an address that somebody tries out. `new` is the yardstick. */
const KINDS = ['new', 'unconfirmed', 'confirmed', 'unsubscribed', 'bounced', 'out of share'] as const;
type Kind = (typeof KINDS)[number];
type Times = Record<Kind, number[]>;

/** Between two tries: what the one before has set going (an email, as a rule) is over. */
const REST = 25;

// Whether the time of an answer tells what is known of an address: the form posted over HTTP, one kind after the other in random order, each address
// once. And the same for a page asked for right after the answer, which waits for what the signup has set going.
await tell(async ({ rounds, seconds }) =>
  withFolder(async (folder) => {
    const count = rounds === 1 ? 40 : 100 * seconds * 2;
    const dataDir = join(folder, 'data');
    mkdirSync(join(dataDir, 'content'), { recursive: true });
    const site = readFileSync(join(ROOT, 'assets/content/site.yaml'), 'utf8');
    writeFileSync(join(dataDir, 'content/site.yaml'), site + LIMITS);
    await seed(dataDir, count);
    // Emails become files: they are written at once, and a provider's pause would push what a try sets going into the next ones.
    const server = await startServer({ from: 'bundle', dataDir });
    try {
      const [answers, shadows] = [noTimes(), noTimes()];
      for (let n = 0; n < 50; n++) await post(server.url, `warm-${n}@bench.example`);
      for (let n = 0; n < count; n++) {
        for (const kind of shuffled(KINDS)) {
          await wait(REST);
          answers[kind].push(await post(server.url, addressOf(kind, n)));
          shadows[kind].push(await get(`${server.url}/healthz`));
        }
      }
      return [...compared('answer to the form', answers), ...compared('a page right after it', shadows)];
    } finally {
      await server.stop();
    }
  }),
);

function addressOf(kind: Kind, n: number): string {
  return `${kind.replaceAll(' ', '-')}-${n}@bench.example`;
}

/** Addresses of every kind; their last email was long ago, but for those that have had their share. */
async function seed(dataDir: string, count: number): Promise<void> {
  const env = { DATA_DIR: dataDir };
  const old = Date.now() - 48 * HOUR;
  const add = (kind: Kind, pressed: boolean, at: number) =>
    addLeads(env, { count, at, pressed, name: kind.replaceAll(' ', '-'), domain: 'bench.example' });
  await add('unconfirmed', false, old);
  await add('confirmed', true, old);
  await add('unsubscribed', true, old);
  await add('bounced', false, old);
  await add('out of share', false, Date.now() - 60_000);
  await withFunnelOn(env, async ({ store, timetable }) => {
    for (let n = 0; n < count; n++) {
      const lead = await store.findLeadByEmail(addressOf('unsubscribed', n));
      const change = { kind: 'stop', reason: 'unsubscribed' } as const;
      const at = { at: old + HOUR, place: '/unsubscribe', timetable: timetable() };
      await store.changePreferences(lead?.leadId ?? '', change, at);
    }
  });
  const db = new Database(join(dataDir, 'funnel.db'));
  db.prepare("update leads set status = 'bounced' where email like 'bounced-%'").run();
  // What was promised to them is not the subject here.
  db.prepare("update messages set state = 'cancelled', ended_at = due_at where state = 'planned'").run();
  db.close();
}

function noTimes(): Times {
  return Object.fromEntries(KINDS.map((kind) => [kind, []])) as unknown as Times;
}

function shuffled<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

function compared(what: string, times: Times): readonly Finding[] {
  const theirs = median(times.new);
  return KINDS.filter((kind) => kind !== 'new').map((kind) => {
    const ours = median(times[kind]);
    const p = rankSum(times[kind], times.new);
    return {
      what: `${what}, ${kind} address`,
      value: ours,
      unit: 'ms',
      yardstick: { name: 'ms new address', value: theirs },
      ratio: ours / theirs,
      // Ten comparisons a run: one in a hundred would be called different now and then by chance alone.
      aim: { text: 'not told apart (p over 0.001)', met: p > 0.001 },
      note: `p = ${p.toFixed(3)}, ${times.new.length} tries each, middle half ${quantile(times[kind], 0.25).toFixed(2)} to ${quantile(times[kind], 0.75).toFixed(2)} ms`,
    };
  });
}

/** Milliseconds from the request to the end of its answer. */
async function post(url: string, email: string): Promise<number> {
  const body = new URLSearchParams({ email, first_name: 'Ada', follow_up: 'yes', website: '' }).toString();
  return await timed(`${url}/white-paper`, 303, 'POST', body);
}

async function get(url: string): Promise<number> {
  return await timed(url, 200, 'GET', '');
}

async function timed(url: string, status: number, method: string, body: string): Promise<number> {
  const headers = body === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const asked = performance.now();
  const sent = request(url, { method, agent, headers });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  const took = performance.now() - asked;
  if (answer.statusCode !== status) throw new Error(`${method} was answered ${answer.statusCode}.`);
  return took;
}
