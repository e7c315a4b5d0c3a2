import { LineCounter, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { Markdown } from './text.ts';
import type { Findings } from './problems.ts';

/** A YAML text that was read once, and that can still tell on which line each entry stands. */
export type YamlText = {
  readonly file: string;
  readonly value: unknown;
  /** Line (from 1) of an entry's name, or of the nearest entry around it when it does not exist. */
  lineOf(path: readonly PropertyKey[]): number;
  /** Whether the entry exists and is not empty. */
  has(path: readonly PropertyKey[]): boolean;
  /** A Markdown text that stands as an entry; a block (`|` or `>`) begins on the line after its sign. */
  markdown(path: readonly PropertyKey[]): Markdown;
};

/** Reads YAML. Null, and every mistake among the findings, when it cannot be read. `firstLine` is the line of its beginning. */
export function readYaml(
  file: string,
  source: string,
  firstLine: number,
  findings: Findings,
): YamlText | null {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line) + firstLine - 1;
  const pointers = pointersIn(document);
  // What follows a pointer confuses the parser: its own complaints are told once that is mended.
  const mistakes = pointers.length > 0 ? pointers : document.errors.map(inPlainWords);
  if (mistakes.length > 0) {
    // The parser often stumbles again over the rest of a line: the first mistake is the one to mend.
    const byLine = new Map(mistakes.toReversed().map(({ offset, ...words }) => [lineAt(offset), words]));
    for (const [line, words] of byLine) findings.problems.push({ file, line, ...words });
    return null;
  }
  const value: unknown = document.toJS();
  return {
    file,
    value,
    lineOf: (path) => lineAt(offsetOf(document, path)),
    has: (path) => (document.getIn(path) ?? null) !== null,
    markdown: (path) => {
      const node = document.getIn(path, true);
      if (!isScalar(node)) return { source: '', file, line: lineAt(offsetOf(document, path)) };
      const below = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED' ? 1 : 0;
      return { source: String(node.value), file, line: lineAt(begin(node)) + below };
    },
  };
}

/** Where the entry's name stands, or for an item of a list where the item begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = begin(node);
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) return offset;
      offset = begin(pair.key);
      node = pair.value;
    } else {
      const item: unknown = isSeq(node) && typeof key === 'number' ? node.items[key] : undefined;
      if (!isNode(item)) return offset;
      offset = begin(item);
      node = item;
    }
  }
  return offset;
}

function begin(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

type Mistake = { readonly offset: number; readonly problem: string; readonly remedy: string };

/** Text that begins with `*` or `&` is a pointer for YAML, and would silently be lost: *emphasis* at the beginning is likely. */
function pointersIn(document: Document): Mistake[] {
  const found: Mistake[] = [];
  visit(document, {
    Node: (_, node) => {
      const sign = 'source' in node && !isScalar(node) ? '*' : 'anchor' in node && node.anchor ? '&' : null;
      if (sign === null) return;
      const problem = `A text begins with \`${sign}\`, which YAML does not take as text.`;
      found.push({ offset: begin(node), problem, remedy: 'Put quotes around the text.' });
    },
  });
  return found;
}

function inPlainWords(error: YAMLError): Mistake {
  const offset = error.pos[0];
  if (error.code === 'DUPLICATE_KEY') {
    return { offset, problem: 'The same entry stands here twice.', remedy: 'Remove one of them.' };
  }
  if (error.code === 'TAB_AS_INDENT') {
    return { offset, problem: 'The line is indented with a tab.', remedy: 'Use spaces.' };
  }
  return {
    offset,
    problem: `The YAML cannot be read (${error.message.replace(/\.$/, '')}).`,
    remedy: 'Check the indentation, and put quotes around text that holds a colon or begins with a sign.',
  };
}
