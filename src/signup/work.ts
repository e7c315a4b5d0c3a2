import { createHmac } from 'node:crypto';
import { MINUTE } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { readWork } from './work-form.ts';

/** A sum that was solved, and whose solution is good once. */
export type Work = {
  /** Names the sum; never used twice. */
  readonly id: string;
  /** UTC milliseconds. */
  readonly until: number;
};

/** A sum as the page hands it to the browser, with the most that it can have to try. */
export type Sum = { readonly challenge: string; readonly most: number };

/**
 * Proof of work (ALTCHA, version 2): beyond the overall limit a browser has to calculate for a moment before its form is taken. It
 * costs a visitor a second that she hardly notices, and somebody who wants to send thousands of forms an hour of a machine.
 */
export interface WorkCheck {
  /** A new sum for one form, good for ten minutes. */
  ask(form: string, now: number): Promise<Sum>;
  /** What a form's field `work` is worth: null unless it solves a sum that we set for this form and that is still good. */
  check(text: string, form: string, now: number): Promise<Work | null>;
}

const LIFETIME = 10 * MINUTE;
/** Rounds of PBKDF2 a try. Few enough that setting a sum (one try) is cheap, many enough that calling it costs a browser little beside. */
const COST = 1000;
/**
 * Tries at most; on average half. 1.5 million rounds are some 0.4 s on a desktop's core and 1 to 2 s on a phone's
 * (`tests/browser/limited.test.ts` prints what it takes where it runs).
 */
const MOST = 3000;

/** @param secrets at least one; the first signs, all verify. */
export function createWorkCheck(secrets: readonly string[], random: Random): WorkCheck {
  const keys = secrets.map(keysOf);
  const [signer] = keys;
  if (signer === undefined) throw new Error('Proofs of work need at least one secret.');
  return {
    ask: async (form, now) => {
      const { createChallenge, deriveKey } = await altcha();
      const { parameters, signature } = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: COST,
        counter: 1 + Math.floor(random.fraction() * MOST),
        // Ours, and not ALTCHA's `expiresAt`: the library compares that with the machine's clock, which rehearsals do not follow.
        data: { form, until: now + LIFETIME },
        deriveKey,
        ...signer,
      });
      return { challenge: JSON.stringify({ parameters, signature }), most: MOST };
    },

    check: async (text, form, now) => {
      const payload = readWork(text);
      if (payload === null) return null;
      const { challenge, solution } = payload;
      const { data } = challenge.parameters;
      if (data.form !== form || data.until <= now) return null;
      const { verifySolution, deriveKey } = await altcha();
      for (const key of keys) {
        const { verified } = await verifySolution({ challenge, solution, deriveKey, ...key });
        if (verified) return { id: challenge.signature, until: data.until };
      }
      return null;
    },
  };
}

/** Derived, so that the same secret may serve other ends. The second key lets a solution be checked without solving it again. */
function keysOf(secret: string) {
  const derived = (end: string) =>
    createHmac('sha256', secret).update(`proof of work, ${end}, version 1`).digest('hex');
  return { hmacSignatureSecret: derived('sums'), hmacKeySignatureSecret: derived('solutions') };
}

/** Loaded when the first form meets the limit: most servers never need it. */
async function altcha() {
  const [{ createChallenge, verifySolution }, { deriveKey }] = await Promise.all([
    import('altcha-lib'),
    import('altcha-lib/algorithms/pbkdf2'),
  ]);
  return { createChallenge, verifySolution, deriveKey };
}
