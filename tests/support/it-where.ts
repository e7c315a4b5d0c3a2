import { it } from 'vitest';

type Test = (name: string, run: () => void | Promise<void>, patience?: number) => void;

/**
 * `it` for a test that needs something of the machine. Where that lacks, it is skipped, and says so in capitals; under CI it fails, because
 * a check that nobody ran looks like one that passed.
 * @param lacks what is told where it is not there, such as `python3 is not installed`.
 */
export function itWhere(isThere: boolean, lacks: string, env: NodeJS.ProcessEnv = process.env): Test {
  if (isThere) return it;
  return (name, _run, patience) => {
    const told = `NOT TESTED, ${lacks}: “${name}”`;
    if (isCi(env)) {
      it(name, () => Promise.reject(new Error(`${told}. Continuous integration must have it.`)), patience);
      return;
    }
    process.stderr.write(`${told}\n`);
    it.skip(`${name} (${told})`, () => {});
  };
}

/** As everybody who sets it means it: `CI=false` is none. */
function isCi({ CI }: NodeJS.ProcessEnv): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI);
}
