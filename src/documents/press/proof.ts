import { setImmediate as breathe } from 'node:timers/promises';
import type { Content, ContentProblem, Offer } from '../../content/model.ts';
import type { LayoutProblem, Sheets } from '../layout/shapes.ts';
import type { Variant } from '../model.ts';
import { layoutProblems } from './layout-problems.ts';
import { lostProblems } from './lost-problems.ts';
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
  const found: { readonly problem: LayoutProblem; readonly variant: Variant }[] = [];
  const lost: { readonly one: Lost; readonly offer: string }[] = [];
  for (const variant of variantsOf(content)) {
    const tried = await set(variant);
    found.push(...tried.problems.map((problem) => ({ problem, variant })));
    lost.push(...tried.lost.map((one) => ({ one, offer: variant.offer })));
    // Whoever waits for a document gets it in between.
    await breathe();
  }
  const all = content.offers.flatMap((offer) => {
    const file = fileOf(offer);
    const isOf = (key: string) => key === offer.key;
    const missing = lost.filter((each) => isOf(each.offer)).map(({ one }) => one);
    return [
      ...layoutProblems(
        found.filter(({ variant }) => isOf(variant.offer)),
        file,
      ),
      ...lostProblems(missing, linesFor(file, content), file),
    ];
  });
  return inOrder(all, content);
}

function linesFor(file: string, { rareLines }: Content) {
  return {
    own: rareLines.filter((line) => line.file === file),
    others: rareLines.filter((line) => !DOCUMENT.test(line.file)),
  };
}

/** What several documents print from one file is told once. */
function inOrder(problems: readonly ContentProblem[], { offers }: Content): readonly ContentProblem[] {
  const files = offers.map(fileOf);
  const place = ({ file }: ContentProblem) => (files.includes(file) ? files.indexOf(file) : files.length);
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].toSorted(
    (one, other) =>
      place(one) - place(other) || one.file.localeCompare(other.file) || (one.line ?? 0) - (other.line ?? 0),
  );
}

const DOCUMENT = /(^|[/\\])offers[/\\][^/\\]+[/\\]document\.[a-z]+$/;

/** As messages name it: a file that the desk keeps with its whole path. */
function fileOf({ document }: Offer): string {
  return document.kind === 'paper' ? document.summary.file : document.file;
}
