import type { Check, Fault } from '../check.ts';
import { textOf } from '../file.ts';
import type { PdfFile } from '../file.ts';

/** What the document says of itself as a whole. */
export const document: Check = {
  answers: [
    '01-007',
    '06-001',
    '06-002',
    '06-003',
    '07-001',
    '07-002',
    '11-001',
    '11-002',
    '11-003',
    '11-004',
    '11-006',
    // There are no forms, so no names of fields in an unknown language, no XFA; nothing is optional or encrypted.
    '11-005',
    '20-001',
    '20-002',
    '20-003',
    '25-001',
    '26-001',
    '26-002',
  ],
  *faults(file) {
    const { catalog, trailer } = file;
    const marked = file.dict(catalog['/MarkInfo']);
    if (marked['/Marked'] !== true) yield { condition: '01-005', where: 'MarkInfo does not say Marked' };
    if (marked['/Suspects'] === true) yield { condition: '01-007', where: 'MarkInfo' };
    const shows = file.dict(catalog['/ViewerPreferences'])['/DisplayDocTitle'];
    if (shows === undefined) yield { condition: '07-001', where: 'ViewerPreferences' };
    else if (shows !== true) yield { condition: '07-002', where: 'ViewerPreferences' };
    // With a language for all of it, every text has one; elements may only change it to another.
    if (!isLanguage(textOf(catalog['/Lang']))) yield { condition: '11-001', where: 'Lang of the catalog' };
    for (const [ref, dict] of file.dicts)
      if ('/Lang' in dict && !isLanguage(textOf(dict['/Lang'])))
        yield { condition: '11-002', where: `Lang of ${ref}` };
    if ('/OCProperties' in catalog) yield { condition: '20-001', where: 'there is optional content' };
    if ('/AcroForm' in catalog) yield { condition: '25-001', where: 'there is a form' };
    if ('/Encrypt' in trailer) yield { condition: '26-001', where: 'the file is encrypted' };
    if (!Array.isArray(trailer['/ID'])) yield { condition: 'identifier', where: 'the file has none' };
    yield* metadata(file);
  },
};

function* metadata(file: PdfFile): Generator<Fault> {
  const stream = file.catalog['/Metadata'];
  const { '/Type': type, '/Subtype': subtype } = file.dict(stream);
  const xmp = file.bytes(stream).toString('utf8');
  if (type !== '/Metadata' || subtype !== '/XML' || xmp === '')
    yield { condition: '06-001', where: 'catalog' };
  if (!isWellFormed(xmp)) yield { condition: '06-001', where: 'the metadata are no XML' };
  if (within(xmp, 'pdfuaid:part') !== '1') yield { condition: '06-002', where: 'metadata' };
  const info = file.dict(file.trailer['/Info']);
  const told = (key: string) => textOf(file.at(info[key]));
  if ((within(xmp, 'dc:title') ?? '') === '') yield { condition: '06-003', where: 'metadata' };
  const pairs = [
    ['/Title', 'dc:title'],
    ['/Author', 'dc:creator'],
    ['/Subject', 'dc:description'],
    ['/Edition', 'xmpMM:VersionID'],
  ] as const;
  for (const [key, name] of pairs)
    if (told(key) === null || told(key) !== within(xmp, name))
      yield { condition: 'two titles', where: `${key} and ${name} differ` };
  if (within(xmp, 'dc:language') !== textOf(file.catalog['/Lang']))
    yield { condition: '11-006', where: 'dc:language' };
  const day = told('/CreationDate')?.slice(2, 16);
  const stamps = ['xmp:CreateDate', 'xmp:ModifyDate'].map((name) =>
    within(xmp, name)?.replace(/[-:TZ]/g, ''),
  );
  if (told('/ModDate')?.slice(2, 16) !== day || stamps.some((stamp) => stamp !== day))
    yield { condition: 'dates', where: 'dates of the file and of its metadata differ' };
}

/** BCP 47, as far as the shape goes. */
function isLanguage(value: string | null): boolean {
  return value !== null && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value);
}

/** The text of the first element of that name, or of the first item in it. */
function within(xmp: string, name: string): string | null {
  const [, inner] = new RegExp(`<${name}>([^]*?)</${name}>`).exec(xmp) ?? [];
  if (inner === undefined) return null;
  const [, item = inner] = /<rdf:li[^>]*>([^]*?)<\/rdf:li>/.exec(inner) ?? [];
  return item.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

/** Tags close in the order in which they were opened, and no bare `&` or `<` stands in a text. */
function isWellFormed(xmp: string): boolean {
  const open: string[] = [];
  const rest = xmp
    .replace(/<\?[^]*?\?>/g, '')
    .replace(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>/g, (_, end, name, __, alone) => {
      if (alone === '/') return '';
      if (end === '') open.push(name as string);
      else if (open.pop() !== name) open.push('!');
      return '';
    });
  return open.length === 0 && !/<|&(?!#\d+;|amp;|lt;|gt;|quot;|apos;)/.test(rest);
}
