import type { StateInline, Token } from 'markdown-it';
import { createMarkdown } from './markdown.ts';
import type { Inline } from './paper-model.ts';

/** The pieces of a paper's Markdown: as elsewhere, and with citations `[3]` and merge fields as pieces of their own. */
export function paperTokens(source: string): Token[] {
  return engine.parse(source, {});
}

/** The pieces of one line, whatever it begins with. */
export function inlineTokens(source: string): readonly Token[] {
  return engine.parseInline(source, {}).flatMap((token) => token.children ?? []);
}

/** The runs of one block's text. What has no counterpart in a document (line breaks, pictures) becomes a space or nothing. */
export function inlinesOf(children: readonly Token[]): readonly Inline[] {
  const runs: Inline[] = [];
  let strong = 0;
  let emphasis = 0;
  let href: string | null = null;
  const marks = () => ({
    ...(strong > 0 ? { strong: true } : {}),
    ...(emphasis > 0 ? { emphasis: true } : {}),
  });
  const link = () => (href === null ? {} : { href });
  for (const token of children) {
    if (token.type === 'strong_open' || token.type === 'strong_close') strong += token.nesting;
    else if (token.type === 'em_open' || token.type === 'em_close') emphasis += token.nesting;
    else if (token.type === 'link_open') href = String(token.attrGet('href') ?? '');
    else if (token.type === 'link_close') href = null;
    else if (token.type === 'cite') runs.push({ kind: 'cite', id: Number(token.content), ...marks() });
    else if (token.type === 'field') {
      runs.push({ kind: 'field', field: token.content, fallback: token.info, ...marks(), ...link() });
    } else {
      const text = token.type === 'softbreak' || token.type === 'hardbreak' ? ' ' : token.content;
      if (text !== '') runs.push({ kind: 'text', text, ...marks(), ...link() });
    }
  }
  return joined(runs);
}

/** Neighbours that look the same and lead to the same are one run. */
export function joined<Run extends Inline>(runs: readonly Run[]): readonly Run[] {
  const found: Run[] = [];
  for (const run of runs) {
    const last = found.at(-1);
    const same =
      last?.kind === 'text' &&
      run.kind === 'text' &&
      last.strong === run.strong &&
      last.emphasis === run.emphasis &&
      last.href === run.href;
    if (same) found[found.length - 1] = { ...last, text: last.text + run.text };
    else found.push(run);
  }
  return found;
}

const engine = createMarkdown();
// After `escape`, so that a backslash keeps brackets and braces as they are.
engine.inline.ruler.after('escape', 'cite', rule('cite', /\[(\d{1,3})\](?!\()/y));
engine.inline.ruler.after('escape', 'field', rule('field', /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/y));

function rule(type: string, pattern: RegExp) {
  return (state: StateInline, silent: boolean): boolean => {
    pattern.lastIndex = state.pos;
    const match = pattern.exec(state.src);
    if (match === null) return false;
    if (!silent) {
      const token = state.push(type, '', 0);
      token.content = (match[1] ?? '').trim();
      token.info = (match[2] ?? '').trim();
    }
    state.pos += match[0].length;
    return true;
  };
}
