import { beforeAll, describe, expect, test } from 'vitest';
import { make, VARIANTS } from '../variants.ts';
import { faultsIn } from './check.ts';
import { fileOf, objectsOf } from './file.ts';
import type { Objects } from './file.ts';

let clean: Objects;
beforeAll(async () => {
  const variant = VARIANTS.find(({ offer, situation }) => offer === 'white-paper' && situation !== null);
  if (variant === undefined) throw new Error('There is no white paper for a situation.');
  clean = objectsOf(await make(variant, 'Ann'));
});

/** A fault to plant, told as a change of the file's objects, and the condition under which it must be found. */
type Planted = readonly [what: string, condition: string, plant: (planting: Planting) => void];

const PLANTED: readonly Planted[] = [
  ['a text without a tag', '01-005', ({ content }) => content(/\/P <<\/MCID 0>> BDC/, '/P BMC')],
  [
    'a drawing that is neither tagged nor an artifact',
    '01-005',
    ({ content }) => content(/^/, '0 0 m 9 9 l S '),
  ],
  ['content that is never closed', '01-005', ({ content }) => content(/EMC/, '')],
  [
    'an artifact within content',
    '01-003',
    ({ content }) => content(/(\/P <<\/MCID 0>> BDC)/, '$1 /Artifact BMC EMC'),
  ],
  [
    'content within an artifact',
    '01-004',
    ({ content }) => content(/(\/Artifact[^\n]* BDC)/, '$1 /P <</MCID 900>> BDC EMC'),
  ],
  [
    'a footer that is decoration',
    '18-001',
    ({ content }) => content(/\/Type \/Pagination/, '/Type /Layout', 1),
  ],
  ['a footer that does not say so', '18-002', ({ content }) => content(/\/Subtype \/Footer/, '', 1)],
  [
    'content that the structure does not know',
    '01-005',
    ({ element }) => element('P', (p) => (p['/K'] = [])),
  ],
  [
    'content that is in the structure only',
    'lost content',
    ({ element }) => element('P', (p) => (p['/K'] = [0, 900])),
  ],
  ['suspects', '01-007', ({ of }) => (of('/Marked')['/Suspects'] = true)],
  ['a type nobody knows', '02-001', ({ element }) => element('P', (p) => (p['/S'] = '/Paragraph'))],
  ['types that are mapped', '02-001', ({ of }) => (of('/ParentTree')['/RoleMap'] = { '/P': '/H1' })],
  ['no metadata', '06-001', ({ of }) => delete of('/MarkInfo')['/Metadata']],
  ['metadata that are no XML', '06-001', ({ metadata }) => metadata('</dc:title>', '')],
  [
    'a bare ampersand in the metadata',
    '06-001',
    ({ metadata }) => metadata('<pdf:Producer>', '<pdf:Producer>& '),
  ],
  ['no mark of PDF/UA', '06-002', ({ metadata }) => metadata('pdfuaid:part', 'pdfuaid:parts')],
  ['no title in the metadata', '06-003', ({ metadata }) => metadata('dc:title', 'dc:titles')],
  ['a title that is not shown', '07-001', ({ of }) => delete of('/DisplayDocTitle')['/DisplayDocTitle']],
  [
    'a title that shall not be shown',
    '07-002',
    ({ of }) => (of('/DisplayDocTitle')['/DisplayDocTitle'] = false),
  ],
  [
    'another title in one place than in the other',
    'two titles',
    ({ metadata }) => metadata(/(x-default">)/, '$1The '),
  ],
  [
    'another date in one place than in the other',
    'dates',
    ({ metadata }) => metadata(/<xmp:ModifyDate>..../, '<xmp:ModifyDate>1999'),
  ],
  ['an item outside a list', '09-005', ({ element }) => element('L', (l) => (l['/S'] = '/Div'))],
  ['a paragraph in a list', '09-005', ({ element }) => element('LI', (li) => (li['/S'] = '/P'))],
  [
    'a line of the contents outside of it',
    '09-006',
    ({ element }) => element('TOC', (toc) => (toc['/S'] = '/Div')),
  ],
  [
    'an element that names another parent',
    'parents',
    ({ element }) => element('P', (p) => (p['/P'] = '1 0 R')),
  ],
  ['an element with nothing in it', 'empty element', ({ element }) => element('P', (p) => delete p['/K'])],
  [
    'a character without a meaning',
    '10-001',
    ({ stream, of }) => stream(of('/ToUnicode')['/ToUnicode'], /<0041>|<0061>/g, '<>'),
  ],
  ['no language', '11-001', ({ of }) => delete of('/MarkInfo')['/Lang']],
  ['no language of this world', '11-001', ({ of }) => (of('/MarkInfo')['/Lang'] = 'u:English (British)')],
  [
    'another language in the metadata',
    '11-006',
    ({ metadata }) => metadata('<rdf:Bag><rdf:li>en', '<rdf:Bag><rdf:li>fr'),
  ],
  ['a figure without words', '13-004', ({ element }) => element('Figure', (figure) => delete figure['/Alt'])],
  [
    'a figure without a box',
    'box of a figure',
    ({ element }) => element('Figure', (figure) => delete figure['/A']),
  ],
  ['a first heading of the second level', '14-002', ({ element }) => element('H1', (h) => (h['/S'] = '/H2'))],
  ['a level that is left out', '14-003', ({ element }) => element('H2', (h) => (h['/S'] = '/H3'))],
  ['a heading of no level', '14-007', ({ element }) => element('H2', (h) => (h['/S'] = '/H'))],
  [
    'a counted list that does not say so',
    '16-001',
    ({ element }) =>
      element(
        'L',
        (l) => delete l['/A'],
        (l) => '/A' in l,
      ),
  ],
  [
    'a counted list that says it has dots',
    '16-002',
    ({ element }) =>
      element(
        'L',
        (l) => (l['/A'] = { '/O': '/List', '/ListNumbering': '/Disc' }),
        (l) => '/A' in l,
      ),
  ],
  [
    'an attached file',
    '21-001',
    ({ of }) => (of('/MarkInfo')['/Names'] = { '/EmbeddedFiles': { '/F': { '/Type': '/Filespec' } } }),
  ],
  ['a form', '25-001', ({ of }) => (of('/MarkInfo')['/AcroForm'] = { '/XFA': 'u:x' })],
  ['optional content', '20-001', ({ of }) => (of('/MarkInfo')['/OCProperties'] = {})],
  ['a note that is no link', '28-002', ({ of }) => (of('/Contents', '/Annot')['/Subtype'] = '/Text')],
  ['a page with links and no order of tabs', '28-008', ({ of }) => delete of('/Annots')['/Tabs']],
  ['a page whose tabs go by rows', '28-009', ({ of }) => (of('/Annots')['/Tabs'] = '/R')],
  [
    'a link outside of any Link',
    '28-011',
    ({ element }) => element('Link', (link) => (link['/S'] = '/Span')),
  ],
  ['a link without words', '28-012', ({ of }) => delete of('/Contents', '/Annot')['/Contents']],
  ['a link that leads nowhere', 'goal of a link', ({ of }) => (of('/D')['/D'] = 'u:nowhere')],
  [
    'a link that another element claims',
    'tree of parents',
    ({ of }) => (of('/Contents', '/Annot')['/StructParent'] = 0),
  ],
  [
    'a link said to be on another page',
    'page of a link',
    ({ element, pages }) =>
      element('Link', (link) => ((link['/K'] as { '/Pg'?: unknown }[]).at(-1)!['/Pg'] = pages[0])),
  ],
  ['a form with numbered content', '30-002', ({ form }) => form(/BT/, '/P <</MCID 901>> BDC EMC BT')],
  ['a drawing of another file', '30-001', ({ of }) => (of('/BBox', '/XObject')['/Ref'] = {})],
  ['a picture', 'drawing from outside', ({ of }) => (of('/BBox', '/XObject')['/Subtype'] = '/Image')],
  ['a form with a text that says nothing', '31-030', ({ form }) => form(/<..../, '<0000')],
  ['a font that is not embedded', '31-009', ({ of }) => delete of('/FontFile2')['/FontFile2']],
  ['a font that says nothing of its characters', '31-027', ({ of }) => delete of('/ToUnicode')['/ToUnicode']],
  [
    'a font with characters that mean nothing',
    '31-028',
    ({ stream, of }) => stream(of('/ToUnicode')['/ToUnicode'], /<00(41|61|65)>/, '<0000>'),
  ],
  ['a font with widths of its own', '31-016', ({ of }) => (of('/W')['/W'] = [0, 900, 2000])],
  ['a missing glyph', '31-030', ({ content }) => content(/(\[<)[0-9a-f]{4}/, '$10000')],
  [
    'a script',
    'safety',
    ({ of }) => (of('/MarkInfo')['/OpenAction'] = { '/S': '/JavaScript', '/JS': 'u:app.alert(1)' }),
  ],
  ['a link that starts a program', 'safety', ({ of }) => (of('/URI')['/S'] = '/Launch')],
  ['bookmarks that are not counted', 'outline', ({ of }) => delete of('/Outlines')['/Outlines']],
  [
    'places in the order of a language',
    'places',
    ({ of }) => (of('/Dests')['/Dests'] as { '/Names': unknown[] })['/Names'].reverse(),
  ],
];

describe('the checker', () => {
  test('finds nothing in a document as it is made', () => {
    expect(faultsIn(fileOf(clean))).toEqual([]);
  });

  test.each(PLANTED)('finds %s', (_, condition, plant) => {
    const planted = structuredClone(clean) as Loose;
    plant(plantingIn(planted));
    const found = faultsIn(fileOf(planted as Objects)).map((fault) => fault.slice(0, condition.length));
    expect(found).toContain(condition);
  });
});

/** The same objects, open to change. */
type Loose = Record<string, { value?: unknown; stream?: { dict: LooseDict; data: string } }>;
type LooseDict = Record<string, unknown>;

type Planting = ReturnType<typeof plantingIn>;

function plantingIn(objects: Loose) {
  const { pages } = fileOf(objects as Objects);
  const all = Object.values(objects).flatMap(({ value, stream }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [value as LooseDict]
      : stream === undefined
        ? []
        : [stream.dict],
  );
  const forms = Object.keys(objects).flatMap((name) =>
    objects[name]?.stream?.dict['/Subtype'] === '/Form' ? [name.slice('obj:'.length)] : [],
  );
  const stream = (ref: unknown, from: RegExp | string, to: string): void => {
    const found = objects[`obj:${String(ref)}`]?.stream;
    const before = Buffer.from(found?.data ?? '', 'base64').toString('latin1');
    const after = typeof from === 'string' ? before.replaceAll(from, to) : before.replace(from, to);
    if (found === undefined || after === before) throw new Error(`There is no ${String(from)}.`);
    found.data = Buffer.from(after, 'latin1').toString('base64');
  };
  return {
    pages: pages.map(([ref]) => ref),
    stream,
    /** Changes the content of a page. */
    content: (from: RegExp, to: string, page = 0) => stream(pages[page]?.[1]['/Contents'], from, to),
    /** Changes the content of the first personal line. */
    form: (from: RegExp, to: string) => stream(forms[0], from, to),
    metadata: (from: RegExp | string, to: string) =>
      stream(all.find((dict) => '/MarkInfo' in dict)?.['/Metadata'], from, to),
    /** The first dictionary with that entry, and of that type. */
    of: (key: string, type?: string): LooseDict => {
      const found = all.find((dict) => key in dict && (type === undefined || dict['/Type'] === type));
      if (found === undefined) throw new Error(`Nothing has ${key}.`);
      return found;
    },
    /** Changes the first element of a type for which `which` holds. */
    element: (
      type: string,
      change: (element: LooseDict) => unknown,
      which: (element: LooseDict) => boolean = () => true,
    ) => {
      const found = all.find(
        (dict) => dict['/S'] === `/${type}` && dict['/Type'] === '/StructElem' && which(dict),
      );
      if (found === undefined) throw new Error(`There is no ${type}.`);
      change(found);
    },
  };
}
