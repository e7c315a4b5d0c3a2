import { markdownFrom } from './front-matter.ts';
import type { Markdown } from './model.ts';
import type { Findings } from './problems.ts';

/** A stretch of a paper's text: ordinary Markdown, or a container `:::name rest` … `:::` with what stands inside. */
export type Segment =
  | { readonly kind: 'markdown'; readonly markdown: Markdown }
  | {
      readonly kind: 'container';
      readonly name: string;
      readonly rest: string;
      readonly line: number;
      readonly inner: readonly Segment[];
    };

/** Splits a text at its containers, which may stand inside each other. */
export function splitContainers(text: Markdown, findings: Findings): readonly Segment[] {
  const lines = text.source.split('\n');
  const root: Open = { name: '', rest: '', line: text.line, inner: [] };
  const open = [root];
  let from = 0;
  const take = (until: number) => {
    const markdown = markdownFrom(text.file, lines.slice(from, until), text.line + from);
    if (markdown.source !== '') open.at(-1)?.inner.push({ kind: 'markdown', markdown });
    from = until + 1;
  };
  for (const [index, content] of lines.entries()) {
    const fence = /^ {0,3}:{3,}\s*(\S*)\s*(.*)$/.exec(content);
    if (fence === null) continue;
    take(index);
    const [, name = '', rest = ''] = fence;
    const line = text.line + index;
    if (name !== '') open.push({ name, rest: rest.trim(), line, inner: [] });
    else if (open.length > 1) close(open);
    else {
      const remedy = 'Remove the line, or write the `:::name` line that it closes.';
      findings.problems.push({ file: text.file, line, problem: 'This `:::` closes nothing.', remedy });
    }
  }
  take(lines.length);
  while (open.length > 1) {
    const { name, line } = close(open);
    const remedy = 'Write a line `:::` where it ends.';
    findings.problems.push({ file: text.file, line, problem: `\`:::${name}\` is never closed.`, remedy });
  }
  return root.inner;
}

type Open = {
  readonly name: string;
  readonly rest: string;
  readonly line: number;
  readonly inner: Segment[];
};

function close(open: Open[]): Open {
  const last = open.pop();
  if (last === undefined) throw new Error('No container is open.');
  open.at(-1)?.inner.push({ kind: 'container', ...last });
  return last;
}
