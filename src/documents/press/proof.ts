import { setImmediate as breathe } from 'node:timers/promises';
import type { Content, ContentProblem, Offer } from '../../content/model.ts';
import type { Sheets } from '../layout/shapes.ts';
import type { Variant } from '../model.ts';
import { layoutProblems } from './layout-problems.ts';
import type { Found } from './layout-problems.ts';
import { lostProblems } from './lost-problems.ts';
import type { LostIn } from './lost-problems.ts';
import type { Lost } from './lost.ts';
import { variantsOf } from './variants.ts';

/** A variant as it was set, and what of the coach's words is missing in it. */
export type Tried = Pick<Sheets, 'problems'> & { readonly lost: readonly Lost[] };

/**
 * The mistakes that show when a content's documents are set, each once: those of the offers' own files, in the order of lines, then those
 * of files that all of them print from.
 * @param set sets one variant of that content.
 */
export async function proofOf(
  content: Content,
  set: (variant: Variant) => Promise<Tried>,
): Promise<readonly ContentProblem[]> {
  const files = new Map(content.offers.map((offer) => [offer.key, fileOf(offer)]));
  const found: Found[] = [];
  const lost: LostIn[] = [];
  for (const variant of variantsOf(content)) {
    const tried = await set(variant);
    found.push(...tried.problems.map((problem) => ({ problem, variant })));
    lost.push(...tried.lost.map((one) => ({ one, file: files.get(variant.offer) ?? '' })));
    // Whoever waits for a document gets it in between.
    await breathe();
  }
  const layout = [...files].flatMap(([key, file]) =>
    layoutProblems(
      found.filter(({ variant }) => variant.offer === key),
      file,
    ),
  );
  return inOrder([...layout, ...lostProblems(lost, content.rareLines)], [...files.values()]);
}

/** Of these files first, in their order; then of the others. */
function inOrder(problems: readonly ContentProblem[], files: readonly string[]): readonly ContentProblem[] {
  const place = ({ file }: ContentProblem) => (files.includes(file) ? files.indexOf(file) : files.length);
  return problems.toSorted(
    (one, other) =>
      place(one) - place(other) || one.file.localeCompare(other.file) || (one.line ?? 0) - (other.line ?? 0),
  );
}

/** As messages name it: a file that the desk keeps with its whole path. */
function fileOf({ document }: Offer): string {
  return document.kind === 'paper' ? document.summary.file : document.file;
}
