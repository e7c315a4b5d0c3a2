import { solveChallenge } from 'altcha-lib';
import type { Challenge } from 'altcha-lib/types';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

/** Solves the sum on a page as a browser does. @returns the field `work`; throws when the page sets none. */
export async function solvedSum(page: string): Promise<string> {
  const found = / data-challenge="([^"]+)"/.exec(page)?.[1];
  if (found === undefined) throw new Error('The page sets no sum.');
  const challenge = JSON.parse(found.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Challenge;
  const solved = await solveChallenge({ challenge, deriveKey });
  const solution = { counter: solved?.counter, derivedKey: solved?.derivedKey };
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}
