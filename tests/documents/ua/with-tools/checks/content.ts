import type { Check, Fault } from '../check.ts';
import { mcidOf } from '../content.ts';
import type { PdfFile } from '../file.ts';
import { contentsOf } from '../texts.ts';
import type { FollowedPage } from '../texts.ts';
import { elementsOf, parentsOf } from '../tree.ts';

/** What is drawn is either in the structure, once, or an artifact. */
export const content: Check = {
  answers: ['01-003', '01-004', '01-005', '18-001', '18-002', '30-001', '30-002'],
  *faults(file) {
    for (const [ref, dict] of file.dicts) {
      if ('/Ref' in dict) yield { condition: '30-001', where: ref };
      // Personal lines are forms, and nothing else is drawn from outside the page.
      if (dict['/Type'] === '/XObject' && dict['/Subtype'] !== '/Form')
        yield { condition: 'drawing from outside', where: ref };
    }
    const owners = ownersOf(file);
    const parents = parentsOf(file);
    for (const [index, page] of contentsOf(file).entries()) {
      yield* marked(page, `page ${index + 1}`);
      yield* footer(page, `page ${index + 1}`);
      yield* owned(
        page,
        `page ${index + 1}`,
        owners,
        file.list(parents.get(Number(page.page['/StructParents'])) ?? null),
      );
    }
    const there = new Set(
      contentsOf(file).flatMap(({ ref, content: { opened } }) =>
        opened.map(({ mark }) => `${ref} ${mcidOf(mark)}`),
      ),
    );
    for (const key of owners.keys())
      if (!there.has(key))
        yield { condition: 'lost content', where: `${key} is in the structure and not on the page` };
  },
};

/** Which elements hold each marked content. */
function ownersOf(file: PdfFile): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, readonly string[]>();
  for (const { ref, marks } of elementsOf(file))
    for (const { page, mcid } of marks)
      owners.set(`${page} ${mcid}`, [...(owners.get(`${page} ${mcid}`) ?? []), ref]);
  return owners;
}

function* marked({ content: { drawn, opened, balanced } }: FollowedPage, where: string): Generator<Fault> {
  if (!balanced) yield { condition: '01-005', where: `${where}: marks are not closed in pairs` };
  for (const { operator, marks } of drawn)
    if (!marks.some((mark) => mark.tag === '/Artifact' || mcidOf(mark) !== null))
      yield { condition: '01-005', where: `${where}: ${operator}` };
  for (const { mark, around, inForm } of opened) {
    if (inForm && mcidOf(mark) !== null) yield { condition: '30-002', where };
    const artifact = mark.tag === '/Artifact';
    if (artifact && around.some((one) => mcidOf(one) !== null)) yield { condition: '01-003', where };
    if (!artifact && around.some(({ tag }) => tag === '/Artifact')) yield { condition: '01-004', where };
    if (![mark, ...around].some((one) => one.tag === '/Artifact' || mcidOf(one) !== null))
      yield { condition: '01-005', where: `${where}: ${mark.tag} has no number` };
  }
}

/** A text that is an artifact is a running footer, and says so. */
function* footer({ content: { shown } }: FollowedPage, where: string): Generator<Fault> {
  for (const { marks } of shown) {
    const artifact = marks.find(({ tag }) => tag === '/Artifact');
    if (artifact === undefined) continue;
    if (!artifact.properties.includes('/Type /Pagination')) yield { condition: '18-001', where };
    else if (!artifact.properties.includes('/Subtype /Footer')) yield { condition: '18-002', where };
  }
}

function* owned(
  { ref, content: { opened } }: FollowedPage,
  where: string,
  owners: ReadonlyMap<string, readonly string[]>,
  parents: readonly unknown[],
): Generator<Fault> {
  const numbers = opened.map(({ mark }) => mcidOf(mark)).filter((mcid) => mcid !== null);
  if (new Set(numbers).size !== numbers.length)
    yield { condition: '01-005', where: `${where}: a number twice` };
  for (const mcid of numbers) {
    const [owner, other] = owners.get(`${ref} ${mcid}`) ?? [];
    if (owner === undefined)
      yield { condition: '01-005', where: `${where}: ${mcid} is not in the structure` };
    if (other !== undefined)
      yield { condition: '01-005', where: `${where}: ${mcid} is in the structure twice` };
    if (parents[mcid] !== owner) yield { condition: 'tree of parents', where: `${where}: ${mcid}` };
  }
  if (parents.length !== numbers.length)
    yield { condition: 'tree of parents', where: `${where} has ${parents.length} entries` };
}
