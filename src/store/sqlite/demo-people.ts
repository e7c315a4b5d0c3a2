import { DAY, HOUR, MINUTE } from '../../kernel/clock.ts';
import type { ExitReason } from '../../kernel/words.ts';
import type { DemoIngredients } from '../port.ts';

/** The made-up history of one lead. Instants are UTC milliseconds; nothing lies after the end of the history. */
export type DemoLife = {
  readonly email: string;
  readonly firstName: string;
  readonly timezone: string;
  readonly offer: string;
  readonly situation: string | null;
  readonly touch: {
    readonly source: string | null;
    readonly medium: string | null;
    readonly campaign: string | null;
  };
  readonly createdAt: number;
  readonly followUp: boolean;
  readonly confirmedAt: number | null;
  readonly steps: readonly { readonly step: string; readonly at: number; readonly clicked: string | null }[];
  readonly next: { readonly step: string; readonly at: number } | null;
  readonly exit: {
    readonly reason: ExitReason & ('unsubscribed' | 'found_job' | 'booked_call');
    readonly at: number;
  } | null;
};

/** A repeatable source of chance from 0 up to 1 (mulberry32): a million draws in a few milliseconds. */
export function drawer(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The usual days between emails; only the look of the history depends on it. */
const DAYS_BETWEEN = 5;
const NAMES = [
  'Maria',
  'James',
  'Aisha',
  'Wei',
  'Olga',
  'Tomás',
  'Ingrid',
  'Samuel',
  'Priya',
  'Łukasz',
  'Chloé',
  'Nikos',
  'Hannah',
  'Omar',
];
const SURNAMES = [
  'Silva',
  'Brown',
  'Khan',
  'Chen',
  'Ivanova',
  'Ruiz',
  'Berg',
  'Osei',
  'Nair',
  'Nowak',
  'Martin',
  'Kyriakou',
  'Weiss',
  'Haddad',
];
const DOMAINS = ['mail.example', 'post.example', 'office.example', 'firm.example', 'home.example'];
const ZONES = [
  'America/Toronto',
  'America/New_York',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Singapore',
  'Australia/Sydney',
];
const TOUCHES = [
  { source: 'article', medium: null, campaign: 'weak-ties' },
  { source: 'linkedin', medium: 'social', campaign: 'autumn' },
  { source: 'newsletter', medium: 'email', campaign: 'november' },
  { source: 'google', medium: 'cpc', campaign: 'hidden-jobs' },
  { source: null, medium: null, campaign: null },
] as const;

export function demoLife(
  n: number,
  createdAt: number,
  draw: () => number,
  { now, ...keys }: DemoIngredients,
): DemoLife {
  const firstName = pick(NAMES, draw);
  const confirmedAt = draw() < 0.7 ? before(now, createdAt + (2 + 600 * draw() ** 3) * MINUTE) : null;
  const followUp = draw() < 0.6;
  const way =
    confirmedAt === null || !followUp ? NO_WAY : wayThroughSequence(confirmedAt, draw, { now, ...keys });
  return {
    email: `${plain(firstName)}.${plain(pick(SURNAMES, draw))}.${n}@${pick(DOMAINS, draw)}`,
    firstName,
    timezone: pick(ZONES, draw),
    offer: pick(keys.offers, draw),
    situation:
      confirmedAt !== null && keys.situations.length > 0 && draw() < 0.6 ? pick(keys.situations, draw) : null,
    touch: pick(TOUCHES, draw),
    createdAt,
    followUp,
    confirmedAt,
    ...way,
  };
}

const NO_WAY = { steps: [], next: null, exit: null } as const;

function wayThroughSequence(
  confirmedAt: number,
  draw: () => number,
  { now, steps: keys, posts }: DemoIngredients,
): Pick<DemoLife, 'steps' | 'next' | 'exit'> {
  const steps: { step: string; at: number; clicked: string | null }[] = [];
  let at = confirmedAt;
  for (const step of keys) {
    at += DAYS_BETWEEN * DAY + Math.floor(draw() * 3 * HOUR);
    if (at > now) return { steps, next: { step, at }, exit: null };
    steps.push({ step, at, clicked: posts.length > 0 && draw() < 0.3 ? pick(posts, draw) : null });
    const leaving = draw();
    const exitAt = at + Math.floor(draw() * DAY);
    if (leaving < 0.05 && exitAt <= now) {
      const reason = leaving < 0.03 ? 'unsubscribed' : leaving < 0.04 ? 'found_job' : 'booked_call';
      return { steps, next: null, exit: { reason, at: exitAt } };
    }
  }
  return { steps, next: null, exit: null };
}

function before(now: number, instant: number): number | null {
  return instant <= now ? Math.floor(instant) : null;
}

function pick<T>(from: readonly T[], draw: () => number): T {
  const chosen = from[Math.floor(draw() * from.length)];
  if (chosen === undefined)
    throw new Error('Made-up leads need at least one of everything that is picked from.');
  return chosen;
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}
