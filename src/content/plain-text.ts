import type { Token } from 'markdown-it';
import { parseTarget } from './links.ts';
import type { LinkResolver } from './links.ts';
import { pieces } from './tokens.ts';

/** The parser's pieces as plain text: paragraphs, headings and lists, wrapped at 72 characters, one empty line between them. */
export function plainText(tokens: readonly Token[], links: LinkResolver): string {
  return joined(blocksOf(tokens, links, 72), false).join('\n');
}

/** Each block as its lines. `width` is what indents have left of a line. */
function blocksOf(tokens: readonly Token[], links: LinkResolver, width: number): Lines[] {
  const blocks: Lines[] = [];
  for (const { open, inner } of pieces(tokens)) {
    switch (open.type) {
      case 'heading_open':
        blocks.push(underlined(wrap(words(inner, links), width)));
        break;
      case 'blockquote_open':
        blocks.push(joined(blocksOf(inner, links, width - 2), false).map((line) => `> ${line}`.trimEnd()));
        break;
      case 'bullet_list_open':
      case 'ordered_list_open':
        blocks.push(list(inner, links, width));
        break;
      case 'table_open':
        blocks.push(table(inner, links));
        break;
      case 'fence':
      case 'code_block':
        blocks.push(open.content.trimEnd().split('\n'));
        break;
      case 'hr':
        blocks.push(['* * *']);
        break;
      default:
        blocks.push(wrap(words(inner, links), width));
    }
  }
  return blocks;
}

type Lines = readonly string[];

function list(tokens: readonly Token[], links: LinkResolver, width: number): Lines {
  // Where no empty line stands between the items, the parser marks their paragraphs as hidden.
  const tight = tokens.some((token) => token.type === 'paragraph_open' && token.hidden);
  const items = pieces(tokens).map(({ open, inner }) => {
    const sign = open.info === '' ? '- ' : `${open.info}. `;
    const lines = joined(blocksOf(inner, links, width - sign.length), tight);
    return lines.map((line, index) => ((index === 0 ? sign : ' '.repeat(sign.length)) + line).trimEnd());
  });
  return joined(items, tight);
}

function table(tokens: readonly Token[], links: LinkResolver): Lines {
  return pieces(tokens).flatMap(({ inner }) =>
    pieces(inner).map((row) =>
      pieces(row.inner)
        .map((cell) => words(cell.inner, links))
        .join(' | '),
    ),
  );
}

function joined(blocks: readonly Lines[], tight: boolean): Lines {
  return blocks.flatMap((lines, index) => (index === 0 || tight ? lines : ['', ...lines]));
}

/** Never breaks inside a word, so that addresses stay whole. */
function wrap(text: string, width: number): Lines {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ').filter((part) => part !== '')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}

function underlined(lines: Lines): Lines {
  return [...lines, '-'.repeat(Math.max(3, ...lines.map((line) => line.length)))];
}

function words(tokens: readonly Token[], links: LinkResolver): string {
  let text = '';
  let link: { readonly href: string; readonly from: number } | null = null;
  for (const token of tokens.flatMap((each) => each.children ?? [])) {
    if (token.type === 'softbreak') text += ' ';
    else if (token.type === 'hardbreak') text += '\n';
    else if (token.type === 'link_open') {
      const target = parseTarget(String(token.attrGet('href') ?? ''));
      link = target === null ? null : { href: links(target), from: text.length };
    } else if (token.type === 'link_close') {
      if (link !== null) text = withAddress(text, link.from, link.href);
      link = null;
    } else text += token.content;
  }
  return text;
}

function withAddress(text: string, from: number, href: string): string {
  const linked = text.slice(from).trim();
  const address = readable(href);
  if (linked === href || linked === address || linked === '') return text.slice(0, from) + address;
  return `${text} (${address})`;
}

/** Of a `mailto:` address, what somebody would type: without the subject that a press fills in. */
function readable(href: string): string {
  return /^mailto:/i.test(href) ? href.replace(/^mailto:/i, '').replace(/\?.*$/s, '') : href;
}
