/** What stands around a drawing operation: the marked content it is in, outermost first. */
export type Mark = { readonly tag: string; readonly properties: string };
export type Drawn = { readonly operator: string; readonly marks: readonly Mark[] };

/** Marked content, what is around it, and whether it was opened within a form. */
type Opened = { readonly mark: Mark; readonly around: readonly Mark[]; readonly inForm: boolean };

/** What the names in a content stand for. */
export type Resources = {
  font(name: string): string;
  /** The content of a form, and what the names in it stand for; null where the name is that of something else. */
  form(name: string): { readonly content: string; readonly resources: Resources } | null;
};

/** A page's content, followed from operator to operator and through the forms that it draws. */
export type Followed = {
  readonly drawn: readonly Drawn[];
  /** Every marked content that was opened, with those around it. */
  readonly opened: readonly Opened[];
  /** Character codes that were shown, and the reference of their font. */
  readonly shown: readonly {
    readonly font: string;
    readonly codes: readonly number[];
    readonly marks: readonly Mark[];
  }[];
  /** Opened and closed in pairs. */
  readonly balanced: boolean;
};

/** Operators that put something on the page (ISO 32000-1, table 51). */
const PAINTING = new Set([
  'Tj',
  'TJ',
  "'",
  '"',
  'S',
  's',
  'f',
  'F',
  'f*',
  'B',
  'B*',
  'b',
  'b*',
  'sh',
  'Do',
  'BI',
]);

export function follow(content: string, resources: Resources, outer: readonly Mark[] = []): Followed {
  const drawn: Drawn[] = [];
  const opened: Opened[] = [];
  const shown: { font: string; codes: readonly number[]; marks: readonly Mark[] }[] = [];
  let marks = outer;
  let operands: string[] = [];
  let font = '';
  let balanced = true;
  for (const token of tokensOf(content)) {
    if (!isOperator(token)) {
      operands.push(token);
      continue;
    }
    if (token === 'BDC' || token === 'BMC') {
      const mark = { tag: operands[0] ?? '', properties: operands.slice(1).join(' ') };
      opened.push({ mark, around: marks, inForm: false });
      marks = [...marks, mark];
    }
    if (token === 'EMC') {
      balanced &&= marks.length > outer.length;
      marks = marks.slice(0, -1);
    }
    if (token === 'Tf') font = resources.font(operands[0] ?? '');
    if (token === 'Tj' || token === 'TJ') shown.push({ font, codes: operands.flatMap(codesIn), marks });
    const form = token === 'Do' ? resources.form(operands[0] ?? '') : null;
    if (form !== null) {
      const inside = follow(form.content, form.resources, marks);
      shown.push(...inside.shown);
      opened.push(...inside.opened.map((one) => ({ ...one, inForm: true })));
      balanced &&= inside.balanced;
    }
    if (PAINTING.has(token)) drawn.push({ operator: token, marks });
    operands = [];
  }
  return { drawn, opened, shown, balanced: balanced && marks.length === outer.length };
}

/** The number under which the structure knows a marked content; null for an artifact. */
export function mcidOf({ properties }: Mark): number | null {
  const [, number] = /\/MCID (\d+)/.exec(properties) ?? [];
  return number === undefined ? null : Number(number);
}

function tokensOf(content: string): readonly string[] {
  // Names, hexadecimal strings, dictionaries' ends, brackets, strings in parentheses (none nested here), and words.
  return (
    content.match(/\/[^\s/<>()[\]]*|<<|>>|<[0-9a-fA-F\s]*>|[[\]]|\((?:\\.|[^\\)])*\)|[^\s/<>()[\]]+/gs) ?? []
  );
}

function isOperator(token: string): boolean {
  return /^[A-Za-z'"][A-Za-z0-9*'"]*$/.test(token) && !['true', 'false', 'null'].includes(token);
}

/** All fonts here have codes of two bytes (Identity-H). */
function codesIn(token: string): readonly number[] {
  if (!/^<[^<]/.test(token)) return [];
  return (token.match(/[0-9a-fA-F]{4}/g) ?? []).map((code) => Number.parseInt(code, 16));
}
