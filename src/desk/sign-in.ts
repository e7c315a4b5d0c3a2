import { createHash } from 'node:crypto';
import { MINUTE } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import { networkOf } from '../kernel/network.ts';
import type { Random } from '../kernel/random.ts';
import { passwordMatches } from './password.ts';
import type { Account, DeskStore } from './port.ts';

export type SignInParts = { readonly store: DeskStore; readonly clock: Clock; readonly random: Random };

export type SignIn =
  /** `token` belongs into the cookie; the store keeps only its hash. */
  { readonly kind: 'signed_in'; readonly token: string } | Exclude<PasswordTry, { readonly kind: 'right' }>;

export type PasswordTry =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too_many'; readonly retryAt: number };

const WINDOW = 15 * MINUTE;
/** Wrong passwords in the window that shut the door for a network. */
const NETWORK_TRIES = 10;
/** And for an account, from wherever they come. More, so that one stranger cannot keep the coach out; far too few to guess twelve characters. */
const ACCOUNT_TRIES = 100;

/** Checks a password. Wrong account and wrong password are told alike and take alike long. */
export async function signIn(
  parts: SignInParts,
  input: { readonly password: string; readonly email: string; readonly ip: string },
): Promise<SignIn> {
  const { store, clock, random } = parts;
  const now = clock.now();
  const account = meantAccount(await store.accounts(), input.email.trim());
  const outcome = await tryPassword(parts, account, input);
  if (outcome.kind !== 'right') return outcome;
  // Without an account no password is right.
  if (account === undefined) return { kind: 'wrong' };
  const token = random.token(32);
  await store.startSession({ tokenHash: tokenHash(token), accountId: account.accountId, at: now });
  return { kind: 'signed_in', token };
}

/**
 * Compares a password with an account's, and counts it when it is wrong. Every page that takes the password asks here: one that
 * did not count would be the door for guessing.
 */
export async function tryPassword(
  { store, clock }: Pick<SignInParts, 'store' | 'clock'>,
  account: Account | undefined,
  input: { readonly password: string; readonly ip: string },
): Promise<PasswordTry> {
  const now = clock.now();
  const doors = [
    { key: `network:${tokenHash(networkOf(input.ip))}`, tries: NETWORK_TRIES },
    { key: accountKey(account?.accountId ?? 'none'), tries: ACCOUNT_TRIES },
  ];
  const shut = await shutUntil(store, doors, now);
  if (shut !== null) return { kind: 'too_many', retryAt: shut };
  // Written down before the slow comparison and looked at again: a thousand guesses at one moment would otherwise all find the door open.
  for (const { key } of doors) await store.recordWrongPassword(key, now);
  const shutNow = await shutUntil(
    store,
    doors.map(({ key, tries }) => ({ key, tries: tries + 1 })),
    now,
  );
  if (shutNow !== null) return { kind: 'too_many', retryAt: shutNow };
  const matches = await passwordMatches(input.password, account?.passwordHash ?? null);
  if (!matches) return { kind: 'wrong' };
  for (const { key } of doors) await store.clearWrongPasswords(key);
  return { kind: 'right' };
}

/** Under which name the wrong passwords of an account are counted. */
export function accountKey(accountId: string): string {
  return `account:${accountId}`;
}

/** How a random token is kept: a stolen database opens no session. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The address may be empty while there is one account, and is not compared while that one has none. */
function meantAccount(accounts: readonly Account[], email: string): Account | undefined {
  const [only, ...others] = accounts;
  if (others.length === 0 && (email === '' || only?.email === null)) return only;
  return accounts.find(
    (account) => account.email !== null && account.email.toLowerCase() === email.toLowerCase(),
  );
}

async function shutUntil(
  store: DeskStore,
  doors: readonly { readonly key: string; readonly tries: number }[],
  now: number,
): Promise<number | null> {
  for (const { key, tries } of doors) {
    const wrong = await store.wrongPasswords(key, now - WINDOW);
    if (wrong.count >= tries) return (wrong.oldest ?? now) + WINDOW;
  }
  return null;
}
