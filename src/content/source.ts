import { folderProblem, readFiles } from './files.ts';
import { loadContent } from './load.ts';
import type { LoadedContent } from './load.ts';
import type { Content, ContentProblem } from './model.ts';
import { tryOut } from './proof.ts';
import type { Faulty, InForce, Proof } from './proof.ts';

/** The content in force, which may change while the server runs. */
export interface ContentSource {
  current(): Content;
  /** Reads the folders again and tries out their documents. With problems the version in force stays. */
  reload(): Promise<readonly ContentProblem[]>;
  /** Tries out the documents of the version in force, unless that has been done. It stays, whatever is found. */
  prove(): Promise<readonly ContentProblem[]>;
  /** What was wrong with the folders when they were last read; empty when the version in force is theirs and has no mistake. */
  problems(): readonly ContentProblem[];
  /** Because of these problems an earlier version is in force. */
  isBehind(): boolean;
  /** The folders hold a version that is not tried out yet, and an earlier one is in force until `reload` has done it. */
  isPending(): boolean;
  /** What the server published last, whatever lies in the folders by now; null: none ever did. */
  published(): Promise<Content | null>;
  /** Breaks off what is being tried out; afterwards nothing is published or kept. */
  close(): Promise<void>;
}

/**
 * What a program wants the content for. Only the server publishes what it reads: an edit must not come into force because somebody
 * looked at the numbers. What sends emails beside it sends what is in force; everything else reads the folders, and keeps nothing.
 */
export type ContentUse = 'publish' | 'send' | 'look';

export type OpenedContent =
  | { readonly ok: true; readonly source: ContentSource }
  | { readonly ok: false; readonly problems: readonly ContentProblem[] };

/** The last version that was published, which had no mistake, with the build of the program that had read it. */
export type KeptContent = {
  readonly build: string | null;
  readonly content: Content;
  /** That build has also tried out its documents, and found no mistake. */
  readonly proofed: boolean;
  /** The last version of the folders whose documents it found mistakes in: this one, or a later one that it did not publish. */
  readonly faulty: Faulty | null;
};

/** Where that version is kept over a restart. */
export interface ContentShelf {
  take(): Promise<KeptContent | null>;
  put(kept: KeptContent): Promise<void>;
}

export type ContentParts = {
  readonly dirs: readonly string[];
  readonly shelf: ContentShelf;
  /** Names this very program; null when it runs from its sources, which may change under it. */
  readonly build: string | null;
  readonly use: ContentUse;
  /** Asked before a new version is published. */
  readonly proof: Proof;
};

/**
 * Reads the content. When the folders have a mistake, the last valid version (if one is kept) is used instead, so that
 * links in emails keep working while the coach mends the text. A first folder that is not there is no such mistake: the setting
 * is wrong, and old words would hide it.
 */
export async function openContent(parts: ContentParts): Promise<OpenedContent> {
  const { dirs, shelf, build, use, proof } = parts;
  const misplaced = await folderProblem(dirs[0] ?? '');
  if (misplaced !== null) return { ok: false, problems: [misplaced] };
  const kept = await shelf.take();
  const first: LoadedContent =
    use === 'send' && kept !== null ? { ok: true, content: kept.content } : await readAnew(dirs, kept, build);
  const closing = new AbortController();
  const begun = begin(first, kept, parts);
  if (begun === null) return { ok: false, problems: first.ok ? [] : first.problems };
  let now: InForce = begun;
  const keep = async () => {
    if (use !== 'publish' || closing.signal.aborted) return;
    const { content, proofed, faulty } = now;
    await shelf.put({ build, content, proofed, faulty });
  };
  if (now.content !== kept?.content) await keep();
  const inTurn = oneAfterTheOther();
  const change = (next: () => Promise<InForce>) =>
    inTurn(async () => {
      // Many may wait in turn when the program is told to end.
      if (closing.signal.aborted) return now.problems;
      const changed = await next();
      if (closing.signal.aborted) return now.problems;
      now = changed;
      await keep();
      return now.problems;
    });
  return {
    ok: true,
    source: {
      current: () => now.content,
      problems: () => now.problems,
      isBehind: () => now.isBehind,
      isPending: () => now.isPending,
      published: async () => (await shelf.take())?.content ?? null,
      reload: () =>
        change(async () => {
          const next = await loadContent(dirs);
          if (!next.ok) return { ...now, problems: next.problems, isBehind: true, isPending: false };
          return await tryOut(next.content, now, use === 'publish' ? proof : noProof, closing.signal);
        }),
      prove: () =>
        change(async () =>
          now.isBehind || now.isPending ? now : await tryOut(now.content, now, proof, closing.signal),
        ),
      close: async () => {
        closing.abort();
        await inTurn(async () => {});
      },
    },
  };
}

/** A problem as one line for a terminal: file, line, what is wrong, what would be right. */
export function tellProblem(problem: ContentProblem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  return `${place}: ${problem.problem} ${problem.remedy}`;
}

/**
 * What a program begins with; null: nothing can be used. A new version has to wait until it is tried out if there is an earlier one to go
 * on with, for nobody's link may wait for that; without one it is used, and `prove` tries it out later.
 */
function begin(first: LoadedContent, kept: KeptContent | null, { build, use }: ContentParts): InForce | null {
  const isOurs = kept !== null && build !== null && kept.build === build;
  const before = kept && {
    content: kept.content,
    proofed: isOurs && kept.proofed,
    // Known until they are tried out again. What only looks has not read this version, and does not speak for it.
    problems: use === 'publish' && kept.faulty?.version === kept.content.version ? kept.faulty.problems : [],
    isBehind: false,
    isPending: false,
    faulty: isOurs ? kept.faulty : null,
  };
  if (!first.ok) return before && { ...before, problems: first.problems, isBehind: true };
  const { content } = first;
  if (before?.content.version === content.version) return { ...before, content };
  if (before === null || use !== 'publish')
    return { content, proofed: false, problems: [], isBehind: false, isPending: false, faulty: null };
  if (before.faulty?.version === content.version)
    return { ...before, problems: before.faulty.problems, isBehind: true };
  return { ...before, isPending: true };
}

/** The same files were read by the same program before: parsing and checking them again would double the time to start. */
async function readAnew(
  dirs: readonly string[],
  kept: KeptContent | null,
  build: string | null,
): Promise<LoadedContent> {
  if (kept !== null && build !== null && kept.build === build) {
    const { version, problems } = await readFiles(dirs);
    if (problems.length === 0 && version === kept.content.version) return { ok: true, content: kept.content };
  }
  return await loadContent(dirs);
}

const noProof: Proof = async () => null;

/** Work that must not overlap: each call begins when those before it have ended, well or not. */
function oneAfterTheOther() {
  let last: Promise<unknown> = Promise.resolve();
  return async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return await mine;
  };
}
