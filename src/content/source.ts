import { loadContent } from './load.ts';
import type { Content, ContentProblem } from './model.ts';

/** The content in force, which may change while the server runs. */
export interface ContentSource {
  current(): Content;
  /** Reads the folders again. With problems the version in force stays. */
  reload(): Promise<readonly ContentProblem[]>;
  /** What was wrong with the folders when they were last read; empty when the version in force is theirs. */
  problems(): readonly ContentProblem[];
}

export type OpenedContent =
  | { readonly ok: true; readonly source: ContentSource }
  | { readonly ok: false; readonly problems: readonly ContentProblem[] };

/**
 * Reads the content. When the folders have a mistake, the last valid version (if one is kept) is used instead, so that
 * links in emails keep working while the coach mends the text.
 * @param keep called with each version that was read without a mistake.
 */
export async function openContent(
  dirs: readonly string[],
  lastValid: () => Promise<Content | null>,
  keep: (content: Content) => Promise<void>,
): Promise<OpenedContent> {
  const first = await loadContent(dirs);
  const start = first.ok ? first.content : await lastValid();
  if (start === null) return { ok: false, problems: first.ok ? [] : first.problems };
  if (first.ok) await keep(first.content);
  let content = start;
  let problems = first.ok ? [] : first.problems;
  return {
    ok: true,
    source: {
      current: () => content,
      problems: () => problems,
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
