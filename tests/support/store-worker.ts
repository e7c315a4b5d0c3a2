import { writeSync } from 'node:fs';
import { systemRandom } from '../../src/kernel/random.ts';
import { openStore } from '../../src/store/sqlite/store.ts';

// A process of its own for tests: claims what is due until nothing is, or writes signups until it is killed.
const [task, dataDir = '', start = '0', migrations = ''] = process.argv.slice(2);
const store = openStore({ dataDir, migrations });
const at = Number(start);
const tell = (line: string) => void writeSync(1, `${line}\n`);

if (task === 'claim') await claimAll();
else await Promise.all(Array.from({ length: 10 }, signUpForEver));

async function claimAll(): Promise<void> {
  const timetable = {
    next: () => null,
    notBefore: (_enrollment: unknown, _step: unknown, instant: number) => instant,
    judge: () => ({ kind: 'go' }) as const,
  };
  for (;;) {
    const leaseToken = systemRandom.uuid();
    const claim = await store.claimNextDue({ now: at, leaseMs: 600_000, leaseToken, timetable });
    if (claim === null) break;
    if (claim.kind === 'claimed') tell(claim.message.messageId);
  }
  await store.close();
}

async function signUpForEver(): Promise<never> {
  const unlimited = 1e9;
  for (;;) {
    const signupId = systemRandom.uuid();
    await store.recordSignup(
      {
        signupId,
        leadId: systemRandom.uuid(),
        offer: 'white-paper',
        language: 'en',
        email: `${signupId}@example.com`,
        firstName: 'Maria',
        consent: null,
        place: '/white-paper',
        timezone: null,
        network: 'unknown',
        attribution: {
          source: null,
          medium: null,
          campaign: null,
          term: null,
          content: null,
          referrer: null,
        },
        throwaway: false,
        work: null,
        held: false,
        at,
      },
      {
        networkPerHour: unlimited,
        domainPerHour: unlimited,
        largeDomainPerHour: unlimited,
        overallPerHour: unlimited,
        overallWithWorkPerHour: unlimited,
        addressGapMinutes: 10,
        addressPerDay: 3,
        addressUnconfirmedPerMonth: 5,
      },
      { messageId: systemRandom.uuid() },
    );
    tell(signupId);
  }
}
