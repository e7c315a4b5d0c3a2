import { folderProblem, readFiles } from './files.ts';
import { loadContent } from './load.ts';
import type { LoadedContent } from './load.ts';
import type { Content, ContentProblem } from './model.ts';

/** The content in force, which may change while the server runs. */
export interface ContentSource {
  current(): Content;
  /** Reads the folders again. With problems the version in force stays. */
  reload(): Promise<readonly ContentProblem[]>;
  /** What was wrong with the folders when they were last read; empty when the version in force is theirs. */
  problems(): readonly ContentProblem[];
  /** What the server published last, whatever lies in the folders by now; null: none ever did. */
  published(): Promise<Content | null>;
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
export type KeptContent = { readonly build: string | null; readonly content: Content };

/** Where that version is kept over a restart. */
export interface ContentShelf {
  take(): Promise<KeptContent | null>;
  put(kept: KeptContent): Promise<void>;
}

/**
 * Reads the content. When the folders have a mistake, the last valid version (if one is kept) is used instead, so that
 * links in emails keep working while the coach mends the text. A first folder that is not there is no such mistake: the setting
 * is wrong, and old words would hide it.
 * @param build names this very program; null when it runs from its sources, which may change under it.
 */
export async function openContent(
  dirs: readonly string[],
  shelf: ContentShelf,
  build: string | null,
  use: ContentUse,
): Promise<OpenedContent> {
  const misplaced = await folderProblem(dirs[0] ?? '');
  if (misplaced !== null) return { ok: false, problems: [misplaced] };
  const kept = await shelf.take();
  const first: LoadedContent =
    use === 'send' && kept !== null ? { ok: true, content: kept.content } : await readAnew(dirs, kept, build);
  const start = first.ok ? first.content : (kept?.content ?? null);
  if (start === null) return { ok: false, problems: first.ok ? [] : first.problems };
  const keep = async (content: Content) => {
    if (use === 'publish') await shelf.put({ build, content });
  };
  if (first.ok && start !== kept?.content) await keep(start);
  let content = start;
  let problems = first.ok ? [] : first.problems;
  return {
    ok: true,
    source: {
      current: () => content,
      problems: () => problems,
      published: async () => (await shelf.take())?.content ?? null,
      reload: async () => {
        const next = await loadContent(dirs);
        problems = next.ok ? [] : next.problems;
        if (next.ok) {
          content = next.content;
          await keep(content);
        }
        return problems;
      },
    },
  };
}

/** A problem as one line for a terminal: file, line, what is wrong, what would be right. */
export function tellProblem(problem: ContentProblem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  return `${place}: ${problem.problem} ${problem.remedy}`;
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
