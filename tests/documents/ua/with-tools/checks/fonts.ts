import type { Check, Fault } from '../check.ts';
import { told } from '../file.ts';
import type { Dict, PdfFile } from '../file.ts';
import { contentsOf, unicodeOf } from '../texts.ts';

/** Fonts that bring all their glyphs, as wide as they say, and tell what each means. */
export const fonts: Check = {
  answers: [
    '10-001',
    // All fonts are of one kind: Type 0 with Identity-H over TrueType, embedded. What concerns other kinds cannot be.
    ...Array.from({ length: 30 }, (_, index) => `31-${String(index + 1).padStart(3, '0')}`),
  ],
  *faults(file) {
    for (const [ref, dict] of file.dicts)
      if (dict['/Type'] === '/Font' && !KINDS.has(told(dict['/Subtype'])))
        yield { condition: '31-009', where: `${ref} is ${told(dict['/Subtype'])}` };
    for (const [ref, codes] of usedCodes(file)) yield* faultsOfFont(ref, codes, file);
  },
};

const KINDS = new Set(['/Type0', '/CIDFontType2']);

function usedCodes(file: PdfFile): ReadonlyMap<string, ReadonlySet<number>> {
  const used = new Map<string, Set<number>>();
  for (const { content } of contentsOf(file)) {
    for (const { font, codes } of content.shown) {
      const known = used.get(font) ?? new Set();
      used.set(font, known);
      for (const code of codes) known.add(code);
    }
  }
  return used;
}

function* faultsOfFont(ref: string, codes: ReadonlySet<number>, file: PdfFile): Generator<Fault> {
  const font = file.dict(ref);
  const where = `${told(font['/BaseFont'])} ${ref}`;
  const inner = file.dict(file.list(font['/DescendantFonts'])[0]);
  if (font['/Subtype'] !== '/Type0' || inner['/Subtype'] !== '/CIDFontType2')
    yield { condition: '31-009', where: `${where} is of another kind` };
  if (font['/Encoding'] !== '/Identity-H') yield { condition: '31-006', where };
  if (inner['/CIDToGIDMap'] !== '/Identity') yield { condition: '31-004', where };
  const descriptor = file.dict(inner['/FontDescriptor']);
  const program = file.bytes(descriptor['/FontFile2']);
  if (program.length === 0) {
    yield { condition: '31-009', where };
    return;
  }
  if ('/CIDSet' in descriptor) yield { condition: '31-014', where };
  if (font['/ToUnicode'] === undefined) yield { condition: '31-027', where };
  const unicode = unicodeOf(ref, file);
  for (const [code, text] of unicode) {
    if (code > 0 && /\0/.test(text)) yield { condition: '31-028', where: `${where}: ${code}` };
    if (/[\ufeff\ufffe]/.test(text)) yield { condition: '31-029', where: `${where}: ${code}` };
  }
  const said = widthsOf(inner, file);
  const drawn = advancesIn(program);
  for (const code of codes) {
    if (code === 0) yield { condition: '31-030', where };
    else if ((unicode.get(code) ?? '') === '') yield { condition: '10-001', where: `${where}: ${code}` };
    const width = drawn[code];
    if (width === undefined) yield { condition: '31-011', where: `${where}: ${code}` };
    else if (Math.abs(width - (said.get(code) ?? Number(inner['/DW'] ?? 1000))) > 1)
      yield { condition: '31-016', where: `${where}: ${code}` };
  }
}

/** Widths as the font's dictionary tells them, in thousandths: `first [w w w]` or `first last w`. */
function widthsOf(inner: Dict, file: PdfFile): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const entries = file.list(inner['/W']);
  for (let index = 0; index < entries.length;) {
    const first = Number(entries[index]);
    const second = entries[index + 1];
    if (Array.isArray(file.at(second))) {
      file.list(second).forEach((width, at) => widths.set(first + at, Number(width)));
      index += 2;
    } else {
      for (let code = first; code <= Number(second); code++) widths.set(code, Number(entries[index + 2]));
      index += 3;
    }
  }
  return widths;
}

/** Advances of all glyphs in a TrueType program, in thousandths of an em (OpenType: head, hhea, maxp, hmtx). */
function advancesIn(program: Buffer): readonly number[] {
  const table = (tag: string): Buffer => {
    for (let index = 0; index < program.readUInt16BE(4); index++) {
      const at = 12 + index * 16;
      if (program.toString('latin1', at, at + 4) === tag)
        return program.subarray(program.readUInt32BE(at + 8));
    }
    throw new Error(`The font has no ${tag}.`);
  };
  const perEm = table('head').readUInt16BE(18);
  const measured = table('hhea').readUInt16BE(34);
  const advances = table('hmtx');
  return Array.from(
    { length: table('maxp').readUInt16BE(4) },
    (_, glyph) => (advances.readUInt16BE(Math.min(glyph, measured - 1) * 4) / perEm) * 1000,
  );
}
