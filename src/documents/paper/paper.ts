import type { PaperSource } from '../../content/paper-model.ts';
import { FIRST_PASS } from '../layout/pass.ts';
import type { Pass } from '../layout/pass.ts';
import type { Setting } from '../layout/setting.ts';
import { tag } from '../layout/shapes.ts';
import type { LayoutProblem, Page, Sheets } from '../layout/shapes.ts';
import { withFooter } from '../layout/footer.ts';
import { contentsPages } from './contents.ts';
import { coverPage } from './cover.ts';
import { crossings, figuresIn } from './crossings.ts';
import { groupsOf, partsOf } from './parts.ts';
import type { Part } from './parts.ts';
import { setGroup } from './sections.ts';

/**
 * Sets a white paper: cover, contents, summary, the reader's own chapter and plan, chapters and sources, the coach's page. It is
 * set again until the page numbers in its text and the places of its pull quotes are settled.
 */
export function setPaper(source: PaperSource, setting: Setting): Sheets {
  const parts = partsOf(source, setting.situation, setting.content);
  let pass: Pass = { ...FIRST_PASS, figures: figuresIn(parts, setting.situation) };
  let done = setOnce(source, parts, { ...setting, pass });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const inColumn = new Set([...pass.inColumn, ...done.homeless]);
    pass = { ...pass, inColumn, within: crossings(parts, done.numbers) };
    const before = done;
    done = setOnce(source, parts, { ...setting, pass });
    if (done.homeless.length === 0 && sameNumbers(before.numbers, done.numbers)) break;
  }
  return sheetsOf(source, done, setting);
}

/** Numbers may move a line, and a line a page; it settles in two or three rounds. */
const MOST_ROUNDS = 6;
/** More is no longer read in one sitting. */
const MOST_PAGES = 16;

type Done = {
  readonly pages: readonly Page[];
  readonly homeless: readonly number[];
  /** Page numbers by the names of places. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly problems: readonly LayoutProblem[];
};

function setOnce(source: PaperSource, parts: readonly Part[], first: Setting): Done {
  const problems: LayoutProblem[] = [];
  const setting = {
    ...first,
    pass: { ...first.pass, report: (problem: LayoutProblem) => problems.push(problem) },
  };
  const root = tag('Document', null);
  const groups = groupsOf(parts).map((group) => setGroup(group, source, root, setting));
  const body = groups.flatMap(({ pages }) => pages);
  // Set once to learn how many pages come before the text, and once more with the true numbers.
  const before = 1 + contentsPages(parts, () => 0, root, setting).length;
  const numbers = new Map(
    body.flatMap((page, index) => page.places.map(({ name }) => [name, before + index + 1] as const)),
  );
  const contents = contentsPages(parts, (name) => numbers.get(name) ?? 0, root, setting);
  const pages = [coverPage(source, root, setting), ...contents, ...body];
  if (pages.length > MOST_PAGES) {
    const problem = `The paper has ${pages.length} pages.`;
    const remedy = `Shorten it to ${MOST_PAGES} at most.`;
    problems.push({ line: null, problem, remedy, excess: { pages: pages.length } });
  }
  return { pages, numbers, problems, homeless: groups.flatMap(({ homeless }) => homeless) };
}

function sameNumbers(some: Done['numbers'], others: Done['numbers']): boolean {
  return some.size === others.size && [...some].every(([name, page]) => others.get(name) === page);
}

function sheetsOf(source: PaperSource, { pages, problems }: Done, setting: Setting): Sheets {
  const { content, grid } = setting;
  return {
    width: grid.width,
    height: grid.height,
    pages: pages.map((page, index) =>
      index === 0 ? page : withFooter(page, source.title, index + 1, pages.length, setting),
    ),
    title: source.title,
    author: source.author,
    subject: source.subtitle,
    language: content.site.language,
    edition: content.version,
    date: content.site.updated,
    problems: problems.filter((one, index) => problems.findIndex((other) => isSame(one, other)) === index),
  };
}

function isSame(one: LayoutProblem, other: LayoutProblem): boolean {
  return one.line === other.line && one.problem === other.problem;
}
