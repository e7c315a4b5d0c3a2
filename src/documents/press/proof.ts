import { setImmediate as breathe } from 'node:timers/promises';
import type { Content, ContentProblem, Offer } from '../../content/model.ts';
import type { LayoutProblem, Sheets } from '../layout/shapes.ts';
import type { Paper, Variant } from '../model.ts';
import { variantsOf } from './variants.ts';

/**
 * The mistakes that show when a content's documents are set, in the order of files and lines, each once.
 * @param set sets one variant of that content.
 */
export async function proofOf(
  content: Content,
  set: (variant: Variant) => Promise<Pick<Sheets, 'problems'>>,
): Promise<readonly ContentProblem[]> {
  const found: Found[] = [];
  for (const variant of variantsOf(content)) {
    const { problems } = await set(variant);
    found.push(...problems.map((problem) => ({ problem, ...variant })));
    // Whoever waits for a document gets it in between.
    await breathe();
  }
  return content.offers.flatMap((offer) =>
    told(
      found.filter((one) => one.offer === offer.key),
      fileOf(offer),
    ),
  );
}

type Found = { readonly problem: LayoutProblem; readonly offer: string; readonly paper: Paper };

/** What shows on one paper only says so: the coach may look at the other. */
function told(found: readonly Found[], file: string): readonly ContentProblem[] {
  const alike = Map.groupBy(found, ({ problem }) => JSON.stringify(problem));
  return [...alike.values()]
    .flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const { line, problem, remedy } = first.problem;
      const isGeneral = others.some(({ paper }) => paper !== first.paper);
      return [{ file, line, problem: isGeneral ? problem : `${problem} (${ONLY[first.paper]})`, remedy }];
    })
    .toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

const ONLY: Readonly<Record<Paper, string>> = { a4: 'On A4 only.', letter: 'On US Letter only.' };

/** As messages name it: a file that the desk keeps with its whole path. */
function fileOf({ key, document }: Offer): string {
  return document.kind === 'paper' ? document.summary.file : `offers/${key}/document.yaml`;
}
