import type { Token } from 'markdown-it';
import { fieldProblems } from './fields.ts';
import type { FieldPlace } from './fields.ts';
import { parseTarget } from './links.ts';
import { markdownTokens } from './markdown.ts';
import type { Markdown } from './text.ts';
import type { Findings } from './problems.ts';
import { decoded } from './slug.ts';

/** Checks the merge fields, the links and the look of a Markdown text. Links to posts and offers are kept for later. */
export function checkMarkdown(markdown: Markdown, place: FieldPlace, findings: Findings): void {
  checkFields(markdown, place, findings);
  for (const token of markdownTokens(markdown.source)) {
    if (token.type !== 'inline') continue;
    checkInline(token.children ?? [], markdown.file, markdown.line + (token.map?.[0] ?? 0), findings);
  }
}

/** Checks only the merge fields. */
export function checkFields(markdown: Markdown, place: FieldPlace, findings: Findings): void {
  const { source, file } = markdown;
  for (const { index, problem, remedy } of fieldProblems(source, place)) {
    const line = markdown.line + source.slice(0, index).split('\n').length - 1;
    findings.problems.push({ file, line, problem: `The text ${problem}.`, remedy });
  }
}

/**
 * Checks links and pictures of one block's text, which begins on `firstLine`. `crossing` is told of links to a heading of
 * the same text; without it there are none.
 */
export function checkInline(
  children: readonly Token[],
  file: string,
  firstLine: number,
  findings: Findings,
  crossing?: (slug: string, line: number) => void,
): void {
  let line = firstLine;
  for (const token of children) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') line += 1;
    else if (token.type === 'link_open') {
      const href = String(token.attrGet('href') ?? '');
      if (crossing !== undefined && href.startsWith('#')) crossing(decoded(href) ?? href.slice(1), line);
      else checkLink(href, file, line, findings);
    } else if (token.type === 'image') {
      const remedy = 'Describe it in words, or link to it without the exclamation mark.';
      findings.problems.push({ file, line, problem: 'A picture cannot stand in a text.', remedy });
    } else if (token.type === 'text' && /\]\(/.test(token.content)) {
      const remedy = 'Write [words](https://…) without spaces in the address.';
      findings.problems.push({ file, line, problem: 'This looks like a link and is none.', remedy });
    }
  }
}

function checkLink(href: string, file: string, line: number, findings: Findings): void {
  const where = 'The link';
  // What the parser makes of `{{` in an address.
  if (/\{\{|%7B%7B/i.test(href)) {
    const remedy = 'Write the address without double braces.';
    findings.problems.push({ file, line, problem: 'A merge field cannot stand in an address.', remedy });
    return;
  }
  const target = parseTarget(href);
  if (target === null) {
    const remedy = 'Link to https://…, mailto:…, post:<slug>, offer:<key> or talk:.';
    findings.problems.push({ file, line, problem: `The link leads nowhere: “${href}”.`, remedy });
  } else if (target.kind === 'post') {
    findings.mentions.push({ kind: 'post', key: target.slug, file, line, where });
  } else if (target.kind === 'offer') {
    findings.mentions.push({ kind: 'offer', key: target.key, file, line, where });
  }
}
