import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createSetup } from '../../src/desk/setup.ts';
import { createFunnel } from '../../src/funnel.ts';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import type { Email, Submission } from '../../src/mail/email.ts';
import { testClock } from './clock.ts';

const NAMES = ['Ana', 'Bo', 'Cyrus', 'Dagny', 'Efua', 'Farid', 'Greta', 'Hal', 'Ines', 'Jonas', 'Kofi'];
const ZONES = ['Europe/London', 'America/Toronto'];
const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Firefox/130.0';
const SCANNER = 'python-requests/2.32';
const ENTERED: Submission = { kind: 'submitted', providerId: null };

/**
 * Fills a data folder with five weeks of people whose emails went out and were clicked, by themselves and by machines. The last
 * emails to Ana and Bo came into doubt three hours ago; Lena's were stopped as stale.
 * @param now UTC milliseconds: the end of the story.
 */
export async function tellHistory(dataDir: string, now: number): Promise<void> {
  const read = readConfig({ DATA_DIR: dataDir }, () => '');
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const clock = testClock(new Date(now - 35 * DAY).toISOString());
  const inbox: Email[] = [];
  let answer = ENTERED;
  const outcome = await createFunnel(read.config, {
    clock,
    transport: {
      name: 'outbox',
      live: false,
      honoursKeys: true,
      patience: 15_000,
      submit: async (email) => {
        if (answer.kind === 'submitted') inbox.push(email);
        return answer;
      },
    },
  });
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  const { funnel } = outcome;
  const { server, close } = await createApp(funnel, {
    setup: createSetup({ store: funnel.store, clock, random: systemRandom }),
  });
  const post = (url: string, fields: Readonly<Record<string, string>>) =>
    server.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  const sendAll = async () => {
    while ((await funnel.sender.sendNextDue()) !== null);
  };
  const signUp = async (name: string, timezone: string) => {
    await post('/white-paper', {
      email: `${name}@example.com`,
      first_name: name,
      follow_up: 'yes',
      timezone,
    });
    await sendAll();
    clock.advance(HOUR);
    await post(linkIn(inbox.at(-1), '/download/'), {});
  };
  await signUp('Lena', 'Europe/London');
  // The server was off: what Lena waits for is too old when it comes back.
  clock.set(new Date(now - 12 * DAY).toISOString());
  for (const [i, name] of NAMES.entries()) await signUp(name, ZONES[i % 2] ?? '');
  for (; clock.now() < now - 6 * HOUR; clock.advance(6 * HOUR)) {
    const before = inbox.length;
    await sendAll();
    for (const [i, email] of inbox.slice(before).entries()) {
      if (!email.text.includes('/read/')) continue;
      for (const agent of i % 2 === 0 ? [SCANNER, PERSON] : [SCANNER])
        await server.inject({ url: linkIn(email, '/read/'), headers: { 'user-agent': agent } });
    }
  }
  clock.set(new Date(now - 3 * HOUR).toISOString());
  answer = { kind: 'in_doubt', reason: 'application_error, given up' };
  for (const name of ['Ana', 'Bo'])
    await post('/infographic', { email: `${name}@example.com`, first_name: name });
  await sendAll();
  clock.set(new Date(now - MINUTE).toISOString());
  await close();
  await funnel.close();
}

function linkIn(email: Email | undefined, path: string): string {
  const link = new RegExp(`${path}[\\w.-]+`).exec(email?.text ?? '')?.[0];
  if (link === undefined) throw new Error(`No link to ${path}.`);
  return link;
}
