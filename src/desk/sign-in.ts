import { createHash } from 'node:crypto';
import { MINUTE } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { passwordMatches } from './password.ts';
import type { DeskStore } from './port.ts';

export type SignInParts = { readonly store: DeskStore; readonly clock: Clock; readonly random: Random };

export type SignIn =
  /** `token` belongs into the cookie; the store keeps only its hash. */
  | { readonly kind: 'signed_in'; readonly token: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too_many'; readonly retryAt: number };

/** Ten wrong passwords in 15 minutes shut the door for a network, and for the account from wherever they come. */
const TRIES = 10;
const WINDOW = 15 * MINUTE;

/** Checks a password. Wrong account and wrong password are told alike and take alike long. */
export async function signIn(
  parts: SignInParts,
  input: { readonly password: string; readonly email: string; readonly network: string },
): Promise<SignIn> {
  const { store, clock, random } = parts;
  const now = clock.now();
  const accounts = await store.accounts();
  const account =
    input.email === '' && accounts.length === 1
      ? accounts[0]
      : accounts.find(({ email }) => email !== null && email.toLowerCase() === input.email.toLowerCase());
  const keys = [`network:${tokenHash(input.network)}`, `account:${account?.accountId ?? 'none'}`];
  for (const key of keys) {
    const wrong = await store.wrongPasswords(key, now - WINDOW);
    if (wrong.count >= TRIES) return { kind: 'too_many', retryAt: (wrong.oldest ?? now) + WINDOW };
  }
  if (!(await passwordMatches(input.password, account?.passwordHash ?? null)) || account === undefined) {
    for (const key of keys) await store.recordWrongPassword(key, now);
    return { kind: 'wrong' };
  }
  for (const key of keys) await store.clearWrongPasswords(key);
  const token = random.token(32);
  await store.startSession({ tokenHash: tokenHash(token), accountId: account.accountId, at: now });
  return { kind: 'signed_in', token };
}

/** How a random token is kept: a stolen database opens no session. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
