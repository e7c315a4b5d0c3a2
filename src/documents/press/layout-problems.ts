import type { ContentProblem } from '../../content/model.ts';
import type { LayoutProblem } from '../layout/shapes.ts';
import type { Paper, Variant } from '../model.ts';

/** A mistake, and a variant in which it showed. */
export type Found = { readonly problem: LayoutProblem; readonly variant: Variant };

/** What showed when one document was set, in the order of lines. What shows on one paper only says so: the coach may look at the other. */
export function layoutProblems(all: readonly Found[], file: string): readonly ContentProblem[] {
  const alike = Map.groupBy(countedOnce(all), ({ problem }) => JSON.stringify(problem));
  return [...alike.values()]
    .flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const { line, problem, remedy } = first.problem;
      const isGeneral = others.some(({ variant }) => variant.paper !== first.variant.paper);
      const told = isGeneral ? problem : `${problem} (${ONLY[first.variant.paper]})`;
      return [{ file, line, problem: told, remedy }];
    })
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

const ONLY: Readonly<Record<Paper, string>> = { a4: 'On A4 only.', letter: 'On US Letter only.' };

/**
 * Too many pages are told for the longest variant alone, and not at all where a part is longer than its page: that makes the count, and is
 * what has to be mended first.
 */
function countedOnce(all: readonly Found[]): readonly Found[] {
  const counts = all.filter(({ problem }) => pagesIn(problem) > 0);
  const others = all.filter(({ problem }) => pagesIn(problem) === 0);
  if (counts.length === 0 || others.some(({ problem }) => problem.excess === 'page')) return others;
  const most = Math.max(...counts.map(({ problem }) => pagesIn(problem)));
  const longest = counts.find(({ problem }) => pagesIn(problem) === most);
  if (longest === undefined) return others;
  const { situation } = longest.variant;
  const words = longest.problem.problem.replace(/\.$/, '');
  const where = situation === null ? '' : ` with the situation “${situation}”`;
  const problem = { ...longest.problem, problem: `${words}${where}.` };
  // On which papers there are too many says whether it is the paper's fault.
  return [...others, ...counts.map(({ variant }) => ({ problem, variant }))];
}

function pagesIn({ excess }: LayoutProblem): number {
  return typeof excess === 'object' ? excess.pages : 0;
}
