import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../src/config/config.ts';
import { createFunnel } from '../src/funnel.ts';
import type { Funnel } from '../src/funnel.ts';
import { systemRandom } from '../src/kernel/random.ts';
import type { Transport } from '../src/mail/email.ts';
import type { NewSignup, SignupLimits } from '../src/signup/port.ts';
import { comparedRates } from './finding.ts';
import { withFolder } from './folder.ts';
import { tell } from './part.ts';
import { openRawSending } from './yardsticks/raw-sending.ts';

/** As large as a delivery email of the sample content. */
const PAYLOAD = Buffer.alloc(12_000, 'x');

const NO_OP: Transport = {
  name: 'resend',
  live: false,
  honoursKeys: true,
  patience: 15_000,
  submit: async () => ({ kind: 'submitted', providerId: null }),
};

const NO_LIMITS: SignupLimits = {
  networkPerHour: 1e9,
  domainPerHour: 1e9,
  largeDomainPerHour: 1e9,
  overallPerHour: 1e9,
  overallWithWorkPerHour: 1e9,
  addressGapMinutes: 0,
  addressPerDay: 1e9,
  addressUnconfirmedPerMonth: 1e9,
};

// Emails a second through the real sender (claim, compose, keep, offer, settle) to a provider that takes each at once, against
// the bare cycle of the store's calls without composing, and against the same rows in three raw transactions an email.
await tell(async ({ rounds, seconds }) =>
  withFolder(async (folder) => {
    const emails = 120 * seconds;
    const [real, cycle, raw]: [number[], number[], number[]] = [[], [], []];
    for (let round = -1; round < rounds; round++) {
      const place = (name: string) => join(folder, `${name}-${round}`);
      const results = [
        await timeOf(place('real'), emails, sendByFunnel),
        await timeOf(place('cycle'), emails, sendByStore),
        await timeOf(place('raw'), emails, async (_funnel, dataDir) => sendRaw(dataDir)),
      ] as const;
      if (round < 0) continue;
      real.push(results[0]);
      cycle.push(results[1]);
      raw.push(results[2]);
    }
    const note = `${emails} emails a round`;
    return [
      comparedRates('emails through the sender', real, '/s bare claim, begin, settle', cycle, 0.3, note),
      comparedRates('emails through the sender', real, '/s three raw transactions', raw, 0.15, note),
      comparedRates('bare claim, begin, settle', cycle, '/s three raw transactions', raw, 0.3, note),
    ];
  }),
);

/** Emails a second of a way to send them. Each way gets a folder of its own with as many delivery emails due. */
async function timeOf(
  dataDir: string,
  emails: number,
  send: (funnel: Funnel, dataDir: string) => Promise<number>,
): Promise<number> {
  mkdirSync(dataDir, { recursive: true });
  const read = readConfig({ DATA_DIR: dataDir, PUBLIC_URL: 'http://funnel.test' }, () => '');
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const outcome = await createFunnel(read.config, { transport: NO_OP });
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  const { funnel } = outcome;
  try {
    const at = Date.now() - 1000;
    await Promise.all(
      Array.from({ length: emails }, (_, n) =>
        funnel.store.recordSignup(reader(n, at), NO_LIMITS, { messageId: systemRandom.uuid() }),
      ),
    );
    const begun = performance.now();
    const sent = await send(funnel, dataDir);
    if (sent !== emails) throw new Error(`${sent} of ${emails} emails were sent.`);
    return sent / ((performance.now() - begun) / 1000);
  } finally {
    await funnel.close();
  }
}

function reader(n: number, at: number): NewSignup {
  const nowhere = { source: null, medium: null, campaign: null, term: null, content: null, referrer: null };
  return {
    signupId: systemRandom.uuid(),
    leadId: systemRandom.uuid(),
    offer: 'white-paper',
    language: 'en',
    email: `reader-${n}@bench.example`,
    firstName: 'Ada',
    consent: null,
    place: '/white-paper',
    timezone: null,
    network: '127.0.0.1',
    attribution: nowhere,
    throwaway: false,
    work: null,
    held: false,
    at,
  };
}

async function sendByFunnel({ sender }: Funnel): Promise<number> {
  let sent = 0;
  while ((await sender.sendNextDue()) !== null) sent++;
  return sent;
}

async function sendByStore({ store, timetable }: Funnel): Promise<number> {
  for (let sent = 0; ; sent++) {
    const now = Date.now();
    const leaseToken = `bench:${systemRandom.uuid()}`;
    const claim = await store.claimNextDue({ now, leaseMs: 60_000, leaseToken, timetable: timetable() });
    if (claim?.kind !== 'claimed') return sent;
    const { messageId } = claim.message;
    const tryNumber = await store.beginTry({
      messageId,
      leaseToken,
      payload: PAYLOAD,
      subject: 'Your document',
      transport: 'resend',
      choices: null,
      at: now,
    });
    await store.settle({
      messageId,
      leaseToken,
      tryNumber,
      outcome: { kind: 'submitted', providerId: null },
      at: now,
      timetable: timetable(),
      reminder: { messageId: systemRandom.uuid(), dueAt: now + 86_400_000 },
    });
  }
}

function sendRaw(dataDir: string): number {
  const send = openRawSending(dataDir);
  let sent = 0;
  while (send(PAYLOAD)) sent++;
  return sent;
}
