import type { Random } from './random.ts';

/**
 * Does something at a moment that nobody can foretell, at most `within` milliseconds from now. Only for what may as well not happen:
 * a process that ends meanwhile does not wait for it.
 */
export function soon(act: () => void, random: Random, within: number): () => void {
  return () => void setTimeout(act, random.fraction() * within).unref();
}
