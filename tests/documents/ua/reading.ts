import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A node of the structure as pdf.js gives it, page by page. */
type Node = {
  readonly role?: string;
  readonly alt?: string;
  readonly bbox?: readonly number[];
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly Node[];
};

type Part = {
  readonly type?: string;
  readonly id?: string | null;
  readonly tag?: string;
  readonly str?: string;
};

type Annotation = {
  readonly id: string;
  readonly subtype: string;
  readonly url?: string;
  readonly dest?: unknown;
  readonly contentsObj?: { readonly str: string };
};

type Bookmark = { readonly title: string; readonly dest: unknown; readonly items: readonly Bookmark[] };

/** What a program that reads the document aloud would stumble over. Needs npm only; `with-tools/` looks deeper. */
export async function stumbles(pdf: Uint8Array): Promise<readonly string[]> {
  const task = getDocument({ data: Uint8Array.from(pdf), verbosity: 0 });
  try {
    const document = await task.promise;
    const found: string[] = [];
    let level = 0;
    const places = await document.getDestinations();
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const tree = (await page.getStructTree()) as Node | null;
      const nodes = tree === null ? [] : [...below(tree)];
      const { items } = await page.getTextContent({ includeMarkedContent: true });
      const annotations = (await page.getAnnotations()) as readonly Annotation[];
      const stumble = (what: string) => found.push(`page ${number}: ${what}`);
      for (const what of [...order(nodes, items), ...figures(nodes), ...links(nodes, annotations, places)])
        stumble(what);
      for (const { role } of nodes) {
        const [, deep] = /^H(\d)$/.exec(role ?? '') ?? [];
        if (deep === undefined) continue;
        if (Number(deep) > level + 1) stumble(`${role} after ${level === 0 ? 'nothing' : `H${level}`}`);
        level = Number(deep);
      }
    }
    const outline = (await document.getOutline()) as readonly Bookmark[] | null;
    if (outline === null) found.push('no bookmarks');
    for (const { title, dest } of (outline ?? []).flatMap((each) => [each, ...each.items]))
      if (title.trim() === '' || !Array.isArray(dest)) found.push(`bookmark “${title}”`);
    return [...found, ...(await told(document))];
  } finally {
    await task.destroy();
  }
}

function* below(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* below(child);
}

/** Every text stands in the structure or is an artifact, and both orders are one. */
function* order(nodes: readonly Node[], parts: readonly Part[]): Generator<string> {
  const read = nodes.flatMap(({ type, id }) => (type === 'content' && id !== undefined ? [id] : []));
  const drawn: string[] = [];
  const open: { id: string | null; artifact: boolean }[] = [];
  for (const { type, id = null, tag, str = '' } of parts) {
    if (type === 'endMarkedContent') open.pop();
    else if (type !== undefined) {
      open.push({ id, artifact: tag === 'Artifact' });
      if (id !== null) drawn.push(id);
    } else if (str.trim() !== '') {
      const owner = open.findLast((each) => each.id !== null)?.id;
      if (open.some(({ artifact }) => artifact)) continue;
      if (owner === undefined || owner === null || !read.includes(owner)) yield `“${str}” has no tag`;
    }
  }
  if (read.join() !== drawn.join()) yield 'the structure has another order than the page';
}

function* figures(nodes: readonly Node[]): Generator<string> {
  for (const { role, alt = '' } of nodes)
    if (role === 'Figure' && alt.trim() === '') yield 'a figure without words';
}

function* links(
  nodes: readonly Node[],
  annotations: readonly Annotation[],
  places: ReadonlyMap<string, unknown>,
): Generator<string> {
  const inLinks = nodes
    .filter(({ role }) => role === 'Link')
    .flatMap(({ children = [] }) => children.map(({ id }) => id));
  for (const { id, subtype, url, dest, contentsObj } of annotations) {
    const says = contentsObj?.str ?? '';
    if (subtype !== 'Link') yield `an annotation that is no link: ${subtype}`;
    if (says.trim() === '') yield `a link without words to ${url ?? String(dest)}`;
    if (!inLinks.some((held) => held?.includes(id) === true)) yield `the link “${says}” stands in no Link`;
    if (url === undefined && !(typeof dest === 'string' && places.has(dest)))
      yield `the link “${says}” leads nowhere`;
  }
}

type Pdf = Awaited<ReturnType<typeof getDocument>['promise']>;

/** Language, title, and that the file does nothing by itself. */
async function told(document: Pdf): Promise<readonly string[]> {
  const { info, metadata } = await document.getMetadata();
  const { Language, Title, IsXFAPresent, IsAcroFormPresent } = info as Readonly<Record<string, unknown>>;
  const preferences = (await document.getViewerPreferences()) as ReadonlyMap<string, unknown> | null;
  const faults: readonly (readonly [boolean, string])[] = [
    [typeof Language !== 'string' || Language === '', 'no language'],
    [typeof Title !== 'string' || Title === '', 'no title'],
    [metadata?.get('dc:title') !== Title, 'the metadata have another title'],
    [metadata?.get('pdfuaid:part') !== '1', 'no mark of PDF/UA'],
    [preferences?.get('DisplayDocTitle') !== true, 'the title is not shown'],
    [IsXFAPresent === true || IsAcroFormPresent === true, 'a form'],
    [(await document.getJSActions()) !== null, 'scripts'],
    [(await document.getOpenAction()) !== null, 'an action at opening'],
    [(await document.getAttachments()) !== null, 'attached files'],
  ];
  return faults.flatMap(([wrong, what]) => (wrong ? [what] : []));
}
