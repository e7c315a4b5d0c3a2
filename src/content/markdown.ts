import MarkdownIt from 'markdown-it';
import type { MarkdownIt as MarkdownParser, Token } from 'markdown-it';
import { parseTarget } from './links.ts';
import type { LinkResolver } from './links.ts';
import type { Markdown } from './text.ts';
import { plainText } from './plain-text.ts';

/** Inline CSS by the name of the tag (`p`, `h2`, `li`, `a` …), for emails, where style sheets are stripped. */
export type HtmlStyle = Readonly<Record<string, string>>;

/** HTML of a text. Whatever looks like HTML in it is shown as text; a link that leads nowhere known is shown without its link. */
export function renderHtml(markdown: Markdown, links: LinkResolver, style: HtmlStyle = {}): string {
  const tokens = markdownTokens(markdown.source);
  for (const token of tokens) {
    dress(token, style);
    if (token.children === null) continue;
    resolveLinks(token.children, links);
    for (const child of token.children) dress(child, style);
  }
  return engine.renderer.render(tokens, engine.options, {});
}

/** The text as the plain part of an email: lines of at most 72 characters, links as `words (https://…)`. */
export function renderText(markdown: Markdown, links: LinkResolver): string {
  return plainText(markdownTokens(markdown.source), links);
}

/** The parser's own pieces, with typographic quotes; `map` counts lines from 0. */
export function markdownTokens(source: string): Token[] {
  return engine.parse(source, {});
}

/** A parser as the content folder knows Markdown. */
export function createMarkdown(): MarkdownParser {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: true });
  // One gate for links, `parseTarget`: what the parser itself refused would be shown as raw brackets instead of being reported.
  markdown.validateLink = () => true;
  return markdown;
}

const engine = createMarkdown();

function dress(token: Token, style: HtmlStyle): void {
  const css = style[token.tag];
  if (css !== undefined && token.nesting >= 0) token.attrSet('style', css);
}

function resolveLinks(children: readonly Token[], links: LinkResolver): void {
  let dropped = false;
  for (const token of children) {
    if (token.type === 'link_open') {
      const target = parseTarget(String(token.attrGet('href') ?? ''));
      dropped = target === null;
      if (target === null) becomeText(token, '');
      else aim(token, links(target));
    } else if (token.type === 'link_close' && dropped) {
      becomeText(token, '');
    } else if (token.type === 'image') {
      becomeText(token, token.content);
    }
  }
}

function aim(token: Token, href: string): void {
  token.attrs = [['href', href]];
  // The page that opens must not get a handle on ours (HTML standard, link type "noopener").
  if (/^https?:/i.test(href)) token.attrSet('rel', 'noopener');
}

function becomeText(token: Token, content: string): void {
  token.type = 'text';
  token.tag = '';
  token.nesting = 0;
  token.attrs = null;
  token.content = content;
}
