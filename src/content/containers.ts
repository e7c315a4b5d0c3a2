import { fenceIn } from './fences.ts';
import { markdownFrom } from './front-matter.ts';
import type { Markdown } from './text.ts';

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

/** Splits a text at its containers, which may stand inside each other. One without an end goes on to the end of the text. */
export function splitContainers(text: Markdown): readonly Segment[] {
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
    const fence = fenceIn(content, index);
    if (fence === null) continue;
    take(index);
    const { name, rest } = fence;
    if (name !== '') open.push({ name, rest, line: text.line + index, inner: [] });
    else if (open.length > 1) close(open);
  }
  take(lines.length);
  while (open.length > 1) close(open);
  return root.inner;
}

type Open = {
  readonly name: string;
  readonly rest: string;
  readonly line: number;
  readonly inner: Segment[];
};

function close(open: Open[]): void {
  const last = open.pop();
  if (last !== undefined) open.at(-1)?.inner.push({ kind: 'container', ...last });
}
