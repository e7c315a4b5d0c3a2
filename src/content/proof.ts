import type { Log } from '../kernel/log.ts';
import type { Content, ContentProblem } from './model.ts';

/**
 * Tries out what only shows when documents are made of a content, and tells their mistakes. Null: it could not be tried, for a reason that
 * is no mistake of the coach's. It takes seconds; `signal` says that nobody waits for it any more.
 */
export type Proof = (content: Content, signal: AbortSignal) => Promise<readonly ContentProblem[] | null>;

/** A proof by something that may fail: that is no mistake of the coach's, and no reason to keep her words back. */
export function fallible(find: (content: Content) => Promise<readonly ContentProblem[]>, log: Log): Proof {
  return async (content, signal) => {
    try {
      return await find(content);
    } catch (error) {
      if (!signal.aborted)
        log.error({ err: error }, 'the documents could not be tried out; the content is used all the same');
      return null;
    }
  };
}

/** The content in force, and what is known against the folders that it was read from. */
export type InForce = {
  readonly content: Content;
  /** Its documents have been tried out, and have no mistake. */
  readonly proofed: boolean;
  /** What was wrong with the folders when they were last read and tried out. */
  readonly problems: readonly ContentProblem[];
  /** Because of these problems the folders' version is not the one in force. */
  readonly isBehind: boolean;
  /** The folders' version has not been tried out yet; until then the one before it is in force. */
  readonly isPending: boolean;
  /** The last version whose documents had mistakes, and which they were: it is known at the next start. */
  readonly faulty: Faulty | null;
};

export type Faulty = { readonly version: string; readonly problems: readonly ContentProblem[] };

/**
 * What is in force once the folders' version has been tried out: with mistakes, the one before it. A version that is in force already stays
 * so whatever is found, since there is none to go back to.
 */
export async function tryOut(
  next: Content,
  before: InForce,
  proof: Proof,
  signal: AbortSignal,
): Promise<InForce> {
  const isNew = next.version !== before.content.version;
  const clean = { content: next, isBehind: false, isPending: false };
  if (!isNew && before.proofed) return { ...clean, proofed: true, problems: [], faulty: null };
  const found = await proof(next, signal);
  const problems = found ?? [];
  const faulty = problems.length === 0 ? null : { version: next.version, problems };
  if (isNew && faulty !== null) return { ...before, problems, isBehind: true, isPending: false, faulty };
  return { ...clean, proofed: found?.length === 0, problems, faulty };
}
