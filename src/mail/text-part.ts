import { say } from '../content/phrase.ts';
import type { Letter } from './letter.ts';
import type { EmailContent } from './order.ts';

/** The plain text of an email: the same words, links and footer as the HTML, without what is hidden there. */
export function textPart(
  { site, words }: Pick<EmailContent, 'site' | 'words'>,
  { before, button, after, cardsHeading, cards, footer }: Letter,
): string {
  const linked = (link: { readonly text: string; readonly url: string }): string =>
    `${say(words.email.link_line, { words: link.text })}\n${link.url}`;
  const blocks = [
    before.text,
    ...(button === null ? [] : [linked(button)]),
    ...(after === null ? [] : [after.text]),
    ...(cards.length === 0 ? [] : [`${cardsHeading}\n${'-'.repeat(cardsHeading.length)}`]),
    ...cards.map((card) => [card.title, wrap(card.description), card.minutes, card.url].join('\n')),
    RULE,
    ...footer.lines.map(wrap),
    [site.name, ...footer.addressLines].map(wrap).join('\n'),
    ...footer.links.map(linked),
  ];
  return `${blocks.map((block) => block.trim()).join('\n\n')}\n`;
}

const WIDTH = 72;
const RULE = '-'.repeat(WIDTH);

/** Never breaks inside a word, so that addresses stay whole, nor at a no-break space. */
function wrap(text: string): string {
  const lines: string[] = [];
  for (const word of text.trim().split(/[ \t\r\n]+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}
