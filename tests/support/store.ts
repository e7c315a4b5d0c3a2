import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DAY, MINUTE } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import type { EnrollmentView, Timetable } from '../../src/leads/timetable.ts';
import type { Confirmation, NewSignup, SignupLimits } from '../../src/signup/port.ts';
import type { Store } from '../../src/store/port.ts';
import { openStore } from '../../src/store/sqlite/store.ts';

/** The instant at which most stories begin. */
export const START = Date.UTC(2026, 10, 23, 9);

export const NO_LIMITS: SignupLimits = {
  networkPerHour: 1e9,
  domainPerHour: 1e9,
  largeDomainPerHour: 1e9,
  overallPerHour: 1e9,
  overallWithWorkPerHour: 1e9,
  addressGapMinutes: 0,
  addressPerDay: 1e9,
  addressUnconfirmedPerMonth: 1e9,
};

export const LIMITS: SignupLimits = {
  networkPerHour: 10,
  domainPerHour: 30,
  largeDomainPerHour: 300,
  overallPerHour: 300,
  overallWithWorkPerHour: 600,
  addressGapMinutes: 10,
  addressPerDay: 3,
  addressUnconfirmedPerMonth: 5,
};

export const CONSENT = { version: 'abcdef012345', wording: 'Yes, also send me related advice.' };

/** An empty data folder that is removed after the test. */
export function freshFolder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'funnel-store-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

/** A store on an empty data folder, closed after the test. */
export function freshStore(dataDir: string = freshFolder()): {
  readonly store: Store;
  readonly dataDir: string;
} {
  const store = openStore({ dataDir });
  onTestFinished(() => store.close().catch(() => {}));
  return { store, dataDir };
}

/** A calendar for tests: each step `days` after the one before, at any hour. */
export function fakeTimetable(steps: readonly string[] = ['one', 'two', 'three'], days = 2): Timetable {
  return {
    next: (enrollment: EnrollmentView, at: number) => {
      const step = steps.find((key) => !enrollment.doneSteps.includes(key));
      const gap = days * (enrollment.pace === 'fewer' ? 2 : 1) * DAY;
      return step === undefined ? null : { messageId: systemRandom.uuid(), step, dueAt: at + gap };
    },
    notBefore: (_enrollment, _step, at) => at,
    judge: (_enrollment, step) =>
      steps.includes(step)
        ? { kind: 'go' }
        : { kind: 'skip', reason: 'the step is no longer in the content' },
  };
}

export const uuid = (): string => systemRandom.uuid();

export function newSignup(change: Partial<NewSignup> = {}): NewSignup {
  return {
    signupId: uuid(),
    leadId: uuid(),
    offer: 'white-paper',
    language: 'en',
    email: 'maria@example.com',
    firstName: 'Maria',
    consent: CONSENT,
    place: '/white-paper',
    timezone: 'America/Toronto',
    network: '192.0.2.7',
    attribution: {
      source: 'article',
      medium: null,
      campaign: 'weak-ties',
      term: null,
      content: null,
      referrer: null,
    },
    throwaway: false,
    work: null,
    held: false,
    at: START,
    ...change,
  };
}

export function press(at: number, change: Partial<Confirmation> = {}): Confirmation {
  return {
    firstName: null,
    situation: null,
    targetRole: null,
    declined: false,
    enrollmentId: uuid(),
    place: '/download',
    at,
    timetable: fakeTimetable(),
    ...change,
  };
}

/** A signup with its tick, without limits. @returns it, as it was recorded. */
export async function signUp(store: Store, change: Partial<NewSignup> = {}): Promise<NewSignup> {
  const signup = newSignup(change);
  await store.recordSignup(signup, NO_LIMITS, { messageId: uuid() });
  return signup;
}

/** A lead that has signed up and pressed the button a minute later: her sequence is under way. */
export async function confirmedLead(store: Store, change: Partial<NewSignup> = {}): Promise<NewSignup> {
  const signup = await signUp(store, change);
  await store.confirm(signup.signupId, press(signup.at + MINUTE));
  return signup;
}

/** Claims what is due and submits it, until nothing is. @returns steps in the order of sending, with what became of them. */
export async function sendAllDue(
  store: Store,
  now: number,
  timetable: Timetable = fakeTimetable(),
): Promise<readonly string[]> {
  const sent: string[] = [];
  for (;;) {
    const leaseToken = uuid();
    const claim = await store.claimNextDue({ now, leaseMs: MINUTE, leaseToken, timetable });
    if (claim === null) return sent;
    if (claim.kind !== 'claimed') {
      sent.push(`${claim.step} ${claim.kind}`);
      continue;
    }
    const { messageId, step, kind } = claim.message;
    const payload = new TextEncoder().encode(`${step} for ${claim.message.lead.leadId}`);
    const tryNumber = await store.beginTry({
      messageId,
      leaseToken,
      payload,
      subject: step,
      transport: 'resend',
      choices: null,
      at: now,
    });
    if (tryNumber === null) {
      sent.push(`${step} stopped`);
      continue;
    }
    const reminder = kind === 'delivery' ? { messageId: uuid(), dueAt: now + DAY } : null;
    const outcome = { kind: 'submitted', providerId: null } as const;
    await store.settle({ messageId, leaseToken, tryNumber, outcome, at: now, timetable, reminder });
    sent.push(step);
  }
}
