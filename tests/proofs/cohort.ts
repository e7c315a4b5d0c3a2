import { readConfig } from '../../src/config/config.ts';
import { createFunnel } from '../../src/funnel.ts';
import type { Funnel } from '../../src/funnel.ts';
import { CONSENT, NO_LIMITS, newSignup, uuid } from '../support/store.ts';

type Environment = Readonly<Record<string, string>>;

/** A funnel on a data folder within this process, for the time of some work. */
export async function withFunnelOn<T>(env: Environment, work: (funnel: Funnel) => Promise<T>): Promise<T> {
  const read = readConfig(env, () => '');
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const outcome = await createFunnel(read.config);
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  try {
    return await work(outcome.funnel);
  } finally {
    await outcome.funnel.close();
  }
}

/**
 * Leads who sign up with their tick and, if asked for, press the button at once: the real content decides which emails they get.
 * @returns `address step` for each email that is promised to them.
 */
export async function addLeads(
  env: Environment,
  leads: {
    readonly count: number;
    readonly at: number;
    readonly pressed: boolean;
    readonly name: string;
    readonly domain?: string;
  },
): Promise<readonly string[]> {
  return await withFunnelOn(env, async ({ store, timetable, content }) => {
    const { count, at, pressed, name, domain = 'example.com' } = leads;
    const emails = Array.from({ length: count }, (_, n) => `${name}-${n}@${domain}`);
    await Promise.all(
      emails.map(async (email) => {
        const signup = newSignup({ email, at, consent: CONSENT, timezone: 'Europe/London' });
        await store.recordSignup(signup, NO_LIMITS, { messageId: uuid() });
        if (!pressed) return;
        await store.confirm(signup.signupId, {
          firstName: null,
          situation: null,
          targetRole: null,
          declined: false,
          enrollmentId: uuid(),
          place: '/download',
          at,
          timetable: timetable(),
        });
      }),
    );
    const steps = ['delivery', ...(pressed ? content.current().sequence.map(({ key }) => key) : [])];
    return emails.flatMap((email) => steps.map((step) => `${email} ${step}`));
  });
}
