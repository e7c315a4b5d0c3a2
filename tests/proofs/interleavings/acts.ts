import fc from 'fast-check';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/kernel/clock.ts';
import { LEASE } from '../../../src/sequence/retries.ts';

/** What the provider makes of an offer. `lost` answers never reach us: a reset, a timeout, half a body. */
export type Answer =
  | 'taken'
  | 'taken, answer lost'
  | 'not taken, answer lost'
  | 'not taken, try again'
  | 'slow down'
  | 'account at fault'
  | 'rejected'
  | 'mailbox refuses'
  | 'conflict'
  | 'taken, then a bug';

export type Way = 'resend' | 'smtp';
export type Stop = 'unsubscribed' | 'found_job' | 'booked_call' | 'stopped_by_coach';

/** One thing that happens. `who` is one of two sending processes, `lead` one of two people. */
export type Act =
  /** A process makes so many calls of its way through one email; an offer gets its answer. */
  | { readonly kind: 'work'; readonly who: 0 | 1; readonly calls: number; readonly answer: Answer }
  /** A process dies, with an offer taken or not, and another takes its place. */
  | { readonly kind: 'crash'; readonly who: 0 | 1; readonly taken: boolean; readonly way: Way }
  /** Time passes until the next thing is due, and a little longer. */
  | { readonly kind: 'until due'; readonly plus: number; readonly taken: boolean }
  | { readonly kind: 'pass'; readonly ms: number; readonly taken: boolean }
  /** The machine's clock is set, without time passing. */
  | { readonly kind: 'clock set back'; readonly ms: number }
  | { readonly kind: 'clock set ahead'; readonly ms: number }
  | { readonly kind: 'sign up'; readonly lead: 0 | 1; readonly tick: boolean; readonly zone: string | null }
  | { readonly kind: 'press'; readonly lead: 0 | 1; readonly declined: boolean }
  /** `beside`: this process makes its next call in the same moment. */
  | { readonly kind: 'stop'; readonly lead: 0 | 1; readonly reason: Stop; readonly beside: 0 | 1 | null }
  | { readonly kind: 'report'; readonly lead: 0 | 1; readonly what: Report; readonly beside: 0 | 1 | null }
  | { readonly kind: 'pause'; readonly lead: 0 | 1; readonly days: number }
  | { readonly kind: 'resume'; readonly lead: 0 | 1 }
  | { readonly kind: 'fewer'; readonly lead: 0 | 1 }
  | { readonly kind: 'not me'; readonly lead: 0 | 1 }
  | { readonly kind: 'erase'; readonly lead: 0 | 1 }
  | { readonly kind: 'hold' }
  | { readonly kind: 'resume sending' }
  | { readonly kind: 'coach on a doubt'; readonly word: 'arrived' | 'send_again' };

/** What the provider's webhook tells of the newest email to a lead that it took. */
export type Report = 'delivered' | 'bounced' | 'bounced_for_now' | 'complained' | 'suppressed' | 'failed';

const who = fc.constantFrom<0 | 1>(0, 1);
const lead = fc.constantFrom<0 | 1>(0, 0, 0, 1);
const beside = fc.constantFrom<0 | 1 | null>(null, 0, 1);
const taken = fc.boolean();
const answer = fc.constantFrom<Answer>(
  'taken',
  'taken',
  'taken',
  'taken, answer lost',
  'taken, answer lost',
  'not taken, answer lost',
  'not taken, try again',
  'slow down',
  'account at fault',
  'rejected',
  'mailbox refuses',
  'conflict',
  'taken, then a bug',
);
const zone = fc.constantFrom(
  null,
  'Europe/London',
  'America/Toronto',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
);
const stretch = fc.constantFrom(
  MINUTE,
  LEASE + SECOND,
  HOUR,
  7 * HOUR,
  19 * HOUR,
  20 * HOUR,
  23 * HOUR,
  25 * HOUR,
  2 * DAY,
  8 * DAY,
  16 * DAY,
  30 * DAY,
);

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('work'), who, calls: fc.integer({ min: 1, max: 5 }), answer }),
  },
  { weight: 14, arbitrary: fc.record({ kind: fc.constant('work'), who, calls: fc.constant(9), answer }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('crash'),
      who,
      taken,
      way: fc.constantFrom<Way>('resend', 'resend', 'smtp'),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('until due'),
      plus: fc.constantFrom(0, 1, MINUTE, 3 * HOUR),
      taken,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass'), ms: stretch, taken }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock set back'),
      ms: fc.constantFrom(MINUTE, HOUR, 3 * HOUR, 11 * HOUR),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock set ahead'),
      ms: fc.constantFrom(LEASE, HOUR, DAY, 21 * DAY),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('sign up'),
      lead,
      tick: fc.constantFrom(true, true, false),
      zone,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('press'),
      lead,
      declined: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('stop'),
      lead,
      reason: fc.constantFrom<Stop>(
        'unsubscribed',
        'unsubscribed',
        'found_job',
        'booked_call',
        'stopped_by_coach',
      ),
      beside,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('report'),
      lead,
      what: fc.constantFrom<Report>(
        'delivered',
        'delivered',
        'bounced',
        'bounced_for_now',
        'bounced_for_now',
        'complained',
        'suppressed',
        'failed',
      ),
      beside,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pause'), lead, days: fc.constantFrom(1, 7, 40) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resume'), lead }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fewer'), lead }) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constant('not me'), lead }),
      fc.record({ kind: fc.constant('erase'), lead }),
      fc.record({ kind: fc.constant('hold') }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resume sending') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('coach on a doubt'),
      word: fc.constantFrom<'arrived' | 'send_again'>('arrived', 'send_again', 'send_again'),
    }),
  },
);

/** A story: what happens from the moment at which the first lead's first step is due. */
export const story: fc.Arbitrary<readonly Act[]> = fc.array(act, {
  minLength: 8,
  maxLength: 40,
  size: 'max',
});
