import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/kernel/clock.ts';
import { HIDDEN_LINK } from '../../src/kernel/special-links.ts';
import { CLICK_REASONS, WINDOW, clickJudge } from '../../src/sequence/click.ts';
import type { Caller } from '../../src/sequence/click.ts';
import type { ClickVerdict } from '../../src/sequence/click-port.ts';
import { textOf } from '../docs/documents.ts';

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1';
const T = Date.UTC(2026, 10, 25, 12);

type Request = Partial<Caller> & { readonly slug?: string; readonly at?: number };

/** A ledger of one message's clicks: each request is judged when it comes, as the store does it. */
function judged(requests: readonly Request[], sentAt: number | null = T - 60 * MINUTE) {
  const clicks: { slug: string; at: number; verdict: ClickVerdict }[] = [];
  for (const { slug = 'tides', at = T, ...caller } of requests) {
    const judge = clickJudge({ method: 'GET', userAgent: PHONE, purpose: '', ...caller });
    const known = clicks
      .filter((one) => Math.abs(one.at - at) <= judge.reach)
      .map((one) => ({ slug: one.slug, at: one.at, ...one.verdict, row: one }));
    const { verdict, unmasked } = judge.judge(
      { messageId: 'm', slug, at },
      sentAt === null ? null : at - sentAt,
      known,
    );
    for (const { click, reason } of unmasked)
      click.row.verdict = { actor: 'scanner', reason, settleAt: null };
    clicks.push({ slug, at, verdict });
  }
  return clicks;
}

const verdicts = (...list: Parameters<typeof judged>) =>
  judged(...list).map(({ verdict: { actor, reason } }) => (reason === null ? actor : `${actor}: ${reason}`));

describe('one request by itself', () => {
  it.each<[string, Request, string]>([
    ['asks for the head only', { method: 'HEAD' }, 'scanner: head request'],
    ['fetches ahead of a press', { purpose: 'prefetch;prerender' }, 'scanner: prefetch'],
    ['fetches for a preview', { purpose: ' preview' }, 'scanner: prefetch'],
    [
      'names itself a crawler',
      { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' },
      'scanner: user agent',
    ],
    ['makes a link preview', { userAgent: 'Slackbot-LinkExpanding 1.0' }, 'scanner: user agent'],
    ['is a browser without a window', { userAgent: 'Mozilla/5.0 HeadlessChrome/156' }, 'scanner: user agent'],
    ['is a script', { userAgent: 'python-requests/2.33' }, 'scanner: user agent'],
    ['follows the link that no person sees', { slug: HIDDEN_LINK }, 'scanner: hidden link'],
    ['has no name', { userAgent: undefined }, 'unsure: no browser'],
    ['has a name that no browser has', { userAgent: 'Reader/1.0' }, 'unsure: no browser'],
    ['is a browser', {}, 'unsure'],
    ['is a telephone called Cubot', { userAgent: 'Mozilla/5.0 (Linux; Cubot X50) Chrome/156' }, 'unsure'],
  ])('that %s', (_what, request, verdict) => {
    expect(verdicts([request])).toEqual([verdict]);
  });

  it('from a browser stays open for its window and nothing else does', () => {
    const [open, closed] = judged([{}, { method: 'HEAD', at: T + MINUTE }]);
    expect(open?.verdict.settleAt).toBe(T + WINDOW);
    expect(closed?.verdict.settleAt).toBeNull();
  });

  it.each([
    [-2 * MINUTE, 'unsure'],
    [-5 * SECOND, 'unsure: just sent'],
    [0, 'unsure: just sent'],
    [10 * SECOND - 1, 'unsure: just sent'],
    [10 * SECOND, 'unsure'],
  ])('from a browser, %i ms after sending', (sinceSent, verdict) => {
    expect(verdicts([{}], T - sinceSent)).toEqual([verdict]);
    expect(judged([{}], T - sinceSent)[0]?.verdict.settleAt).toBe(verdict === 'unsure' ? T + WINDOW : null);
  });

  it('of a machine right after sending is the machine’s, and an unknown time of sending tells nothing', () => {
    expect(verdicts([{ method: 'HEAD' }], T)).toEqual(['scanner: head request']);
    expect(verdicts([{}], null)).toEqual(['unsure']);
  });
});

describe('the neighbours of a click', () => {
  const at = (slug: string, seconds: number): Request => ({ slug, at: T + seconds * SECOND });

  it('three different links within two seconds are a machine’s, the earlier ones too', () => {
    expect(verdicts([at('a', 0), at('b', 1.5), at('c', 2)])).toEqual(Array(3).fill('scanner: burst'));
    expect(verdicts([at('a', 0), at('b', 1.001), at('c', 2.002)])).toEqual(['unsure', 'unsure', 'unsure']);
  });

  it('two different links within one second are, as an email may have no more', () => {
    expect(verdicts([at('a', 0), at('talk:', 1)])).toEqual(['scanner: burst', 'scanner: burst']);
    expect(verdicts([at('a', 0), at('talk:', 1.001)])).toEqual(['unsure', 'unsure']);
  });

  it('one link pressed several times is a hand’s', () => {
    expect(verdicts([at('a', 0), at('a', 0.3), at('a', 0.6), at('b', 1.7)])).toEqual(Array(4).fill('unsure'));
  });

  it('a burst that goes on takes every click of it, and none beside it', () => {
    const slugs = ['a', 'b', 'c', 'd', 'e', 'f'];
    const burst = slugs.map((slug, index) => at(slug, index * 0.9));
    expect(verdicts([at('a', -5), ...burst, at('a', 9)])).toEqual([
      'unsure',
      ...slugs.map(() => 'scanner: burst'),
      'unsure',
    ]);
  });

  it('what names itself a machine counts for a burst', () => {
    expect(
      verdicts([{ ...at('a', 0), method: 'HEAD' }, { ...at('b', 0), method: 'HEAD' }, at('c', 2)]),
    ).toEqual(['scanner: head request', 'scanner: head request', 'scanner: burst']);
  });

  it('within ten seconds of the hidden link every click is a machine’s, before and after it', () => {
    expect(
      verdicts([at('a', -10.001), at('a', -10), at(HIDDEN_LINK, 0), at('b', 10), at('b', 10.001)]),
    ).toEqual([
      'unsure',
      'scanner: beside the hidden link',
      'scanner: hidden link',
      'scanner: beside the hidden link',
      'unsure',
    ]);
  });

  it('take back a verdict that had become a person’s, should the clock have been set between', () => {
    const judge = clickJudge({ method: 'GET', userAgent: PHONE, purpose: '' });
    const person = { slug: 'a', at: T, actor: 'person', reason: null } as const;
    const click = { messageId: 'm', slug: HIDDEN_LINK, at: T + SECOND };
    expect(judge.judge(click, null, [person]).unmasked).toEqual([
      { click: person, reason: 'beside the hidden link' },
    ]);
  });
});

describe('any clicks in any order', () => {
  const requests = fc.array(
    fc.record({
      slug: fc.constantFrom('a', 'b', 'c', 'd', 'talk:', HIDDEN_LINK),
      at: fc.integer({ min: 0, max: 60 }).map((halves) => T + halves * (SECOND / 2)),
      method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD'),
      userAgent: fc.constantFrom(PHONE, PHONE, PHONE, 'curl/8', ''),
    }),
    { maxLength: 12 },
  );
  const ofRequests = requests.chain((list) =>
    fc.record({
      list: fc.constant(list),
      order: fc.shuffledSubarray([...list.keys()], { minLength: list.length }),
    }),
  );

  it('end with the same verdicts whatever the order of their arrival', () => {
    fc.assert(
      fc.property(ofRequests, ({ list, order }) => {
        // Some of them come right after sending.
        const sentAt = T + 5 * SECOND;
        const straight = judged(list, sentAt).map(({ verdict }) => verdict);
        const mixed = judged(
          order.map((index) => list[index] ?? {}),
          sentAt,
        );
        expect(straight.map((_, index) => mixed[order.indexOf(index)]?.verdict)).toEqual(straight);
      }),
      { seed: 20261125, numRuns: 2000 },
    );
  });

  it('are a machine’s exactly where the rules say so, reckoned the slow way', () => {
    fc.assert(
      fc.property(requests, (list) => {
        const clicks = judged(list);
        for (const [index, one] of clicks.entries()) {
          const { method, userAgent } = list[index] ?? {};
          const isOwn = one.slug === HIDDEN_LINK || method === 'HEAD' || userAgent === 'curl/8';
          const isBeside = clicks.some(
            ({ slug, at }) => slug === HIDDEN_LINK && Math.abs(at - one.at) <= 10 * SECOND,
          );
          const isBurst = clicks.some(({ at: from }) =>
            [2, 1].some((seconds) => {
              const inside = clicks.filter(({ at }) => at >= from && at <= from + seconds * SECOND);
              return inside.includes(one) && new Set(inside.map(({ slug }) => slug)).size > seconds;
            }),
          );
          expect(one.verdict.actor === 'scanner').toBe(isOwn || isBeside || isBurst);
        }
      }),
      { seed: 20261126, numRuns: 2000 },
    );
  });
});

it('gives no reason that the documents do not explain', () => {
  const text = textOf('docs/operating.md');
  expect(CLICK_REASONS.filter((reason) => !text.includes(`\`${reason}\``))).toEqual([]);
});
