import { follow, mcidOf } from './content.ts';
import type { Followed, Resources } from './content.ts';
import { told } from './file.ts';
import type { Dict, PdfFile } from './file.ts';

export type FollowedPage = { readonly ref: string; readonly page: Dict; readonly content: Followed };

/** The pages with their content followed; worked out once for each file. */
export function contentsOf(file: PdfFile): readonly FollowedPage[] {
  return remembered(CONTENTS, file, () =>
    file.pages.map(([ref, page]) => {
      const streams =
        typeof page['/Contents'] === 'string' ? [page['/Contents']] : file.list(page['/Contents']);
      const content = streams.map((stream) => file.bytes(stream).toString('latin1')).join('\n');
      return { ref, page, content: follow(content, resourcesOf(page, file)) };
    }),
  );
}

/** What each marked content says, by page and number. */
export function textsOf(file: PdfFile): ReadonlyMap<string, string> {
  return remembered(TEXTS, file, () => {
    const texts = new Map<string, string>();
    for (const { ref, content } of contentsOf(file)) {
      for (const { font, codes, marks } of content.shown) {
        const unicode = unicodeOf(font, file);
        const number = marks.map(mcidOf).find((mcid) => mcid !== null);
        const key = `${ref} ${number}`;
        texts.set(key, (texts.get(key) ?? '') + codes.map((code) => unicode.get(code) ?? '\ufffd').join(''));
      }
    }
    return texts;
  });
}

function resourcesOf(owner: Dict, file: PdfFile): Resources {
  const resources = file.dict(owner['/Resources']);
  const named = (kind: string, name: string) => file.dict(resources[kind])[name];
  return {
    font: (name) => told(named('/Font', name)),
    form: (name) => {
      const ref = named('/XObject', name);
      const form = file.dict(ref);
      if (form['/Subtype'] !== '/Form') return null;
      return { content: file.bytes(ref).toString('latin1'), resources: resourcesOf(form, file) };
    },
  };
}

/** What the characters of a font mean, from its `ToUnicode`. */
export function unicodeOf(font: string, file: PdfFile): ReadonlyMap<number, string> {
  const known = MAPS.get(file) ?? new Map<string, ReadonlyMap<number, string>>();
  MAPS.set(file, known);
  const map = known.get(font) ?? readMap(file.bytes(file.dict(font)['/ToUnicode']).toString('latin1'));
  known.set(font, map);
  return map;
}

const CONTENTS = new WeakMap<PdfFile, readonly FollowedPage[]>();
const TEXTS = new WeakMap<PdfFile, ReadonlyMap<string, string>>();
const MAPS = new WeakMap<PdfFile, Map<string, ReadonlyMap<number, string>>>();

function remembered<Found>(known: WeakMap<PdfFile, Found>, file: PdfFile, find: () => Found): Found {
  const found = known.get(file) ?? find();
  known.set(file, found);
  return found;
}

/** pdfkit writes ranges with a list: `<0000> <00ff> [<0000> <0041> …]`. */
function readMap(cmap: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>();
  const say = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex').swap16().toString('utf16le');
  for (const [, body = ''] of cmap.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, from = '', , list, single] of body.matchAll(
      /<(\w+)>\s*<(\w+)>\s*(?:\[([^\]]*)\]|<(\w+)>)/g,
    )) {
      if (single !== undefined) throw new Error('A range of characters without a list.');
      (list?.match(/<[^>]*>/g) ?? []).forEach((one, index) =>
        map.set(Number.parseInt(from, 16) + index, say(one.slice(1, -1))),
      );
    }
  }
  for (const [, body = ''] of cmap.matchAll(/beginbfchar([^]*?)endbfchar/g))
    for (const [, from = '', to = ''] of body.matchAll(/<(\w+)>\s*<([^>]*)>/g))
      map.set(Number.parseInt(from, 16), say(to));
  return map;
}
