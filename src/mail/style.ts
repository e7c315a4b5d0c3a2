import type { HtmlStyle } from '../content/markdown.ts';
import type { Look } from '../kernel/look.ts';

/** System fonts only: embedded ones are stripped by most programs. Names without quotes, to stand inside `style="…"`. */
export const SERIF = 'Cambria, Charter, Georgia, serif';
export const SANS = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif';

const BODY = `font-family:${SANS};font-size:16px;line-height:26px`;

/** Inline CSS for the coach's Markdown, in px: rem and shorthand fonts fail in Outlook. */
export function markdownStyle({ colors: { light } }: Look): HtmlStyle {
  const heading = `margin:28px 0 12px;font-family:${SERIF};font-weight:bold;color:${light.ink}`;
  return {
    p: `margin:0 0 16px;${BODY};color:${light.text}`,
    h1: `${heading};font-size:24px;line-height:30px`,
    h2: `${heading};font-size:20px;line-height:28px`,
    h3: `${heading};font-size:17px;line-height:26px`,
    ul: 'margin:0 0 16px;padding:0 0 0 22px',
    ol: 'margin:0 0 16px;padding:0 0 0 22px',
    li: `margin:0 0 8px;${BODY};color:${light.text}`,
    a: `color:${light.accent};text-decoration:underline`,
    blockquote: `margin:0 0 16px;padding:0 0 0 18px;border-left:2px solid ${light.accent}`,
    hr: `margin:24px 0;border:0;border-top:1px solid ${light.line}`,
  };
}
