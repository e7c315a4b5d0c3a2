import type { Token } from 'markdown-it';

/** One topmost piece of a text: its opening token, and the tokens between it and its close. */
export type Piece = { readonly open: Token; readonly inner: readonly Token[] };

/** The topmost pieces of a stretch of tokens. */
export function pieces(tokens: readonly Token[]): readonly Piece[] {
  const found: Piece[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const open = tokens[at];
    if (open === undefined || open.nesting < 0) continue;
    const end =
      open.nesting === 0
        ? at
        : tokens.findIndex((token, i) => i > at && token.nesting < 0 && token.level === open.level);
    found.push({ open, inner: tokens.slice(at + 1, end) });
    at = end;
  }
  return found;
}
