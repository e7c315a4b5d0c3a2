import { holdsBraces, noBraces, titleOf } from './box-parts.ts';
import type { Container } from './box-parts.ts';
import { paperTokens } from './inline.ts';
import type { Block, Inline } from './paper-model.ts';
import { listItems, tell } from './text-blocks.ts';
import type { Item, Reading } from './text-blocks.ts';
import { pieces } from './tokens.ts';

/** `:::plan Title`: a numbered list, each item a title in bold and a text. */
export function planBlock(container: Container, reading: Reading): readonly Block[] {
  const { line, inner } = container;
  const title = titleOf(container, reading);
  const [first] = inner;
  const found = first?.kind === 'markdown' ? pieces(paperTokens(first.markdown.source)) : [];
  const [list] = found;
  if (
    first?.kind !== 'markdown' ||
    list?.open.type !== 'ordered_list_open' ||
    inner.length + found.length > 2
  ) {
    tell(reading, line, '`:::plan` does not hold one numbered list and nothing else.', WISH);
    return [];
  }
  const items = listItems(list.inner, first.markdown.line, reading);
  if (items.length > MOST_MOVES) {
    tell(
      reading,
      line,
      `The plan has ${items.length} moves.`,
      `Keep the ${MOST_MOVES} that matter most this week.`,
    );
  }
  return [{ kind: 'plan', title, moves: items.flatMap((item) => moveOf(item, reading)), line }];
}

const WISH = 'Write each move as an item: 1. **What to do.** How to do it.';
/** More than this does not fit on a page with room to write. */
const MOST_MOVES = 5;

function moveOf({ text, line }: Item, reading: Reading) {
  const end = text.findIndex((inline) => inline.strong !== true);
  const head = text.slice(0, Math.max(0, end));
  const rest = text.slice(head.length);
  if (head.length === 0) {
    tell(reading, line, 'A move does not begin with a title in bold, and a text behind it.', WISH);
    return [];
  }
  if (head.some((inline) => inline.kind === 'cite' || inline.href !== undefined)) {
    const remedy = 'Put it behind the title, into the text of the move.';
    tell(reading, line, 'A reference or a link stands in the title of a move.', remedy);
  }
  if (head.some((inline) => inline.kind === 'text' && holdsBraces(inline.text))) noBraces(line, reading);
  return [{ title: head.map(sourceOf).join('').trim(), text: withoutBlank(rest) }];
}

/** Fields are filled when the title is set. */
function sourceOf(inline: Inline): string {
  if (inline.kind === 'field') return `{{${inline.field}|${inline.fallback}}}`;
  return inline.kind === 'text' ? inline.text : '';
}

function withoutBlank([first, ...rest]: readonly Inline[]): readonly Inline[] {
  if (first === undefined) return [];
  return [first.kind === 'text' ? { ...first, text: first.text.trimStart() } : first, ...rest];
}
