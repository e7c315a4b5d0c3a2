import type { SubjectCount, SubjectNumbers } from './numbers-port.ts';

/** What the clicks say of a step's two subjects. */
export type SubjectVerdict =
  /** No answer yet. `why`: too few emails to reckon with, or a difference that chance makes easily. */
  | {
      readonly kind: 'too_few';
      readonly why: 'small' | 'chance';
      readonly z: number | null;
      readonly words: string;
    }
  | { readonly kind: 'better'; readonly subject: 'a' | 'b'; readonly z: number; readonly words: string };

/** |z| beyond which a difference is no chance at 95 %, both sides: the 97.5th percentile of the normal distribution. */
export const Z_95 = 1.959964;

/**
 * Below this many expected clicks, or expected emails without one, in either group, the normal approximation is not to be trusted.
 * The square of z is the chi-squared of the two-by-two table, for which W. G. Cochran asks for 5 in every cell ("Some Methods for
 * Strengthening the Common χ² Tests", Biometrics 10, 1954).
 */
export const LEAST_EXPECTED = 5;

/**
 * Whether one subject brings more readers to an article than the other: a two-proportion z-test with pooled variance, two-sided at 95 %
 * (NIST/SEMATECH e-Handbook of Statistical Methods 7.3.3). Counts are of emails, one a lead, by clicks of persons only: opens are
 * fiction, and machines press everything. Who looks every day finds a difference where there is none more often than once in
 * twenty tests; the words say what was reckoned, and no machine acts on them.
 */
export function judgeSubjects({ a, b }: Pick<SubjectNumbers, 'a' | 'b'>): SubjectVerdict {
  const sent = a.submitted + b.submitted;
  const pooled = sent === 0 ? 0 : (a.clicked + b.clicked) / sent;
  const least = Math.min(
    ...[a, b].flatMap(({ submitted }) => [submitted * pooled, submitted * (1 - pooled)]),
  );
  const shares = `${shareOf(a)} clicked after the first, ${shareOf(b)} after the second`;
  if (least < LEAST_EXPECTED) {
    return { kind: 'too_few', why: 'small', z: null, words: `Too few to tell: ${shares}.` };
  }
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.submitted + 1 / b.submitted));
  const z = (a.clicked / a.submitted - b.clicked / b.submitted) / error;
  if (Math.abs(z) < Z_95) {
    const words = `Too few to tell: ${shares}, and chance alone makes such a difference easily.`;
    return { kind: 'too_few', why: 'chance', z, words };
  }
  const subject = z > 0 ? 'a' : 'b';
  const name = subject === 'a' ? 'first' : 'second';
  const words = `The ${name} subject brings more readers: ${shares}. ${CARE}`;
  return { kind: 'better', subject, z, words };
}

/** What 95 % means for somebody who looks often. */
const CARE = 'Chance alone shows so large a difference less than once in twenty tests.';

/** `12 of 100 (12.0%)`. */
function shareOf({ clicked, submitted }: SubjectCount): string {
  if (submitted === 0) return '0 of 0';
  return `${clicked} of ${submitted} (${((100 * clicked) / submitted).toFixed(1)}%)`;
}
