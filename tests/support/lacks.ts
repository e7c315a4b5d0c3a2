/**
 * For `it.skipIf`: whether this machine lacks what a test needs. Where it does, that is said in capitals; under CI it is an error, because a
 * check that nobody ran looks like one that passed.
 * @param told such as `python3 is not installed`.
 */
export function lacks(isThere: boolean, told: string, env: NodeJS.ProcessEnv = process.env): boolean {
  if (isThere) return false;
  if (isCi(env)) throw new Error(`Continuous integration must run every test, and ${told}.`);
  process.stderr.write(`NOT TESTED HERE, SINCE ${told.toUpperCase()}.\n`);
  return true;
}

/** As those who set it mean it: `CI=false` is none. */
function isCi({ CI }: NodeJS.ProcessEnv): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI);
}
