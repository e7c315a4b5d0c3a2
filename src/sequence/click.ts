import { MINUTE, SECOND } from '../kernel/clock.ts';
import { isRobot } from '../kernel/robots.ts';
import { HIDDEN_LINK } from '../kernel/special-links.ts';
import type { Click, ClickJudge, ClickVerdict, KnownClick } from './click-port.ts';

/** What a request tells of its sender. */
export type Caller = {
  readonly method: string;
  readonly userAgent: string | undefined;
  /** `Sec-Purpose` or one of its elders: a browser that fetches ahead of a press. */
  readonly purpose: string | undefined;
};

/** Every reason that a verdict can have; `docs/operating.md` explains them. */
export const CLICK_REASONS = [
  'head request',
  'prefetch',
  'user agent',
  'hidden link',
  'beside the hidden link',
  'burst',
  'no browser',
  'just sent',
] as const;
type Reason = (typeof CLICK_REASONS)[number];

/**
 * How long a browser's click stays open. Six times as long as any rule below looks, because requests that wait for a busy server
 * carry its time and clocks are set; and scanners do most of their work within a minute of sending (craft-campaign#546). The
 * price, a number that is a minute late, is none: the next email is days away.
 */
export const WINDOW = MINUTE;
/** Whoever follows the hidden link is a machine, and so are the clicks this close to it (mautic#9798). */
const HIDDEN_REACH = 10 * SECOND;
/**
 * So many different links of one email within so short a time are opened by no hand: scanners open all of them in less than a second
 * (craft-campaign#546). Two are enough for the short span, since many an email has no more than an article and the coach's calendar.
 */
const BURSTS = [
  { links: 3, span: 2 * SECOND },
  { links: 2, span: SECOND },
] as const;
/** Nobody has got, opened and read an email this soon; but some programs of people fetch a link at once to show it. */
const TOO_SOON = 10 * SECOND;
/** The provider may hand an email over before its submission is written down here. Longer before, clocks differ and tell nothing. */
const BEFORE_OUR_MARK = MINUTE;

/**
 * Judges one request. What a click shows by itself comes first, then what its neighbours show: whatever the order in which they
 * arrive, the same clicks end with the same verdicts, since a verdict is only ever changed towards the stronger evidence.
 */
export function clickJudge(caller: Caller): ClickJudge {
  return {
    reach: HIDDEN_REACH,
    judge: <Known extends KnownClick>(click: Click, sinceSent: number | null, known: readonly Known[]) => {
      const own = machineBy(caller, click.slug);
      const all: readonly (Known | Click)[] = [...known, click];
      const bursts = burstsOf(all);
      const company = (one: Known | Click): Reason | null =>
        isBesideHiddenLink(one, all) ? 'beside the hidden link' : bursts.has(one) ? 'burst' : null;
      return {
        verdict: verdictOf(own ?? company(click), caller, click.at, sinceSent),
        unmasked: known.flatMap((one) => {
          const reason = company(one);
          return reason !== null && weight(reason) > weightOf(one) ? [{ click: one, reason }] : [];
        }),
      };
    },
  };
}

function verdictOf(
  machine: Reason | null,
  { userAgent }: Caller,
  at: number,
  sinceSent: number | null,
): ClickVerdict {
  if (machine !== null) return { actor: 'scanner', reason: machine, settleAt: null };
  if (!isBrowser(userAgent)) return { actor: 'unsure', reason: 'no browser', settleAt: null };
  const isTooSoon = sinceSent !== null && sinceSent > -BEFORE_OUR_MARK && sinceSent < TOO_SOON;
  if (isTooSoon) return { actor: 'unsure', reason: 'just sent', settleAt: null };
  return { actor: 'unsure', reason: null, settleAt: at + WINDOW };
}

/** What the request alone shows to be a machine's. */
function machineBy({ method, userAgent, purpose }: Caller, slug: string): Reason | null {
  if (slug === HIDDEN_LINK) return 'hidden link';
  if (method === 'HEAD') return 'head request';
  if (/prefetch|preview|prerender/i.test(purpose ?? '')) return 'prefetch';
  return isRobot(userAgent) ? 'user agent' : null;
}

/** Every browser, and every program that shows pages inside an app, has begun its name so since 1995. */
function isBrowser(userAgent: string | undefined): boolean {
  return /^(?:Mozilla|Opera)\//.test(userAgent ?? '');
}

type Place = Pick<Click, 'slug' | 'at'>;

function isBesideHiddenLink(click: Place, all: readonly Place[]): boolean {
  return all.some(({ slug, at }) => slug === HIDDEN_LINK && Math.abs(at - click.at) <= HIDDEN_REACH);
}

/** All clicks that belong to some burst. */
function burstsOf<One extends Place>(all: readonly One[]): ReadonlySet<One> {
  const sorted = all.toSorted((one, other) => one.at - other.at);
  const found = new Set<One>();
  for (const { links, span } of BURSTS) {
    for (const [start, first] of sorted.entries()) {
      const after = sorted.slice(start);
      const end = after.findIndex(({ at }) => at > first.at + span);
      const together = end === -1 ? after : after.slice(0, end);
      if (new Set(together.map(({ slug }) => slug)).size >= links) for (const one of together) found.add(one);
    }
  }
  return found;
}

/** How much a reason proves; a verdict that proves as much or more stays. */
function weight(reason: string): number {
  if (reason === 'burst') return 1;
  return reason === 'beside the hidden link' ? 2 : 3;
}

function weightOf({ actor, reason }: KnownClick): number {
  return actor === 'scanner' ? weight(reason ?? '') : 0;
}
