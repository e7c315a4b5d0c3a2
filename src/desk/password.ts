import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP ASVS 5.0, appendix C: argon2id with one pass over 46 MiB; about 50 ms. */
const COST = { memory: 47_104, passes: 1, parallelism: 1, tagLength: 32 } as const;

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 256;

/** What is wrong with a new password, in words; null when it is good. Length is what counts (ASVS 6.2.1, 6.2.5). */
export function passwordProblem(password: string): string | null {
  const length = Array.from(password).length;
  if (length < SHORTEST_PASSWORD) {
    return `The password needs ${SHORTEST_PASSWORD} characters or more. Four or five unrelated words are easy to remember.`;
  }
  if (length > LONGEST_PASSWORD) return `The password may have ${LONGEST_PASSWORD} characters at most.`;
  if (new Set(password.toLowerCase()).size < 5) {
    return 'The password repeats the same few characters. Choose one with more variety.';
  }
  return null;
}

/** Hashes a password as a PHC string that carries its own parameters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive('argon2id', { message: password.normalize('NFC'), nonce: salt, ...COST });
  const cost = `m=${COST.memory},t=${COST.passes},p=${COST.parallelism}`;
  return `$argon2id$v=19$${cost}$${unpadded(salt)}$${unpadded(tag)}`;
}

/**
 * Compares in constant time. Without a stored hash the same work is done against a dummy, so that the time taken
 * does not tell which accounts exist (ASVS 6.3.8).
 */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const parts = PHC.exec(stored ?? DUMMY);
  if (parts === null) throw new Error('The stored password hash has an unknown form.');
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts;
  const expected = Buffer.from(tag, 'base64');
  const actual = await derive('argon2id', {
    message: password.slice(0, 4 * LONGEST_PASSWORD).normalize('NFC'),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected) && stored !== null;
}

/** Base64 of the usual alphabet without padding, as the PHC string format asks, so that other programs can read the hashes. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z\d+/]+)\$([A-Za-z\d+/]+)$/;
const DUMMY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
