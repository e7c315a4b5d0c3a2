import type { Markdown } from './text.ts';

/** A line that begins a container (`:::name rest`) or, without a name, ends one. `index` counts the text's lines from 0. */
export type Fence = { readonly index: number; readonly name: string; readonly rest: string };

/** Containers without an end, and ends without a beginning. */
export type Unpaired = {
  readonly mistakes: readonly { readonly line: number; readonly problem: string; readonly remedy: string }[];
  /** The line from which on nobody can tell what belongs to what. */
  readonly from: number;
};

export function fenceIn(line: string, index: number): Fence | null {
  const [found, name = '', rest = ''] = /^ {0,3}:{3,}\s*(\S*)\s*(.*)$/.exec(line) ?? [];
  return found === undefined ? null : { index, name, rest: rest.trim() };
}

/** Null: every container is closed, and every `:::` closes one. */
export function unpairedIn(text: Markdown): Unpaired | null {
  const lines = text.source.split('\n');
  const { strays, unclosed } = paired(lines, () => false);
  if (strays.length + unclosed.length === 0) return null;
  // A box that would hold what no box holds is likely the one whose end was forgotten, rather than one further out.
  const likely = unclosed.length === 0 ? [] : paired(lines, cannotHold).unclosed;
  const at = (index: number) => text.line + index;
  return {
    from: at(Math.min(...strays.map(({ from }) => from), ...likely.map(({ fence }) => fence.index))),
    mistakes: [
      ...strays.map(({ index }) => ({
        line: at(index),
        problem: 'This `:::` closes nothing.',
        remedy: 'Remove the line, or write the `:::name` line that it closes.',
      })),
      // As many as there are: more would be guessed.
      ...likely.slice(0, unclosed.length).map(({ fence, before }) => ({
        line: at(fence.index),
        problem: `\`:::${fence.name}\` is never closed.`,
        remedy: `Write a line \`:::\` where it ends${before === null ? '' : `, before line ${at(before)}`}.`,
      })),
    ],
  };
}

type Paired = {
  /** `from`: where the last container outside all others began before it. */
  readonly strays: readonly { readonly index: number; readonly from: number }[];
  /** `before`: the line by which it should have ended, if one tells. */
  readonly unclosed: readonly { readonly fence: Fence; readonly before: number | null }[];
};

/** @param ends whether a line cannot stand in a container of this name, and so ends it. */
function paired(lines: readonly string[], ends: (name: string, line: string) => boolean): Paired {
  const open: Fence[] = [];
  const strays: { index: number; from: number }[] = [];
  const unclosed: { fence: Fence; before: number | null }[] = [];
  let outermost: number | null = null;
  for (const [index, line] of lines.entries()) {
    for (let last = open.at(-1); last !== undefined && ends(last.name, line); last = open.at(-1))
      unclosed.push({ fence: open.pop() ?? last, before: index });
    const fence = fenceIn(line, index);
    if (fence === null) continue;
    if (fence.name !== '') {
      if (open.length === 0) outermost = index;
      open.push(fence);
    } else if (open.pop() === undefined) strays.push({ index, from: outermost ?? index });
  }
  return { strays, unclosed: [...unclosed, ...open.map((fence) => ({ fence, before: null }))] };
}

/** A box holds no heading and no container; a chapter for one situation no other one, and no references. */
function cannotHold(name: string, line: string): boolean {
  const inner = fenceIn(line, 0)?.name ?? '';
  if (name === 'only') return inner === 'only' || inner === 'references';
  return inner !== '' || /^ {0,3}#{1,6} /.test(line);
}
