import { fillFields } from '../content/fields.ts';
import type { LinkResolver } from '../content/links.ts';
import { renderHtml, renderText } from '../content/markdown.ts';
import type { Markdown } from '../content/text.ts';
import { dayInWords } from '../kernel/day-words.ts';
import { say } from '../content/phrase.ts';
import type { LetterDraft, Passage } from './letter.ts';

/** The values of the merge fields that any email may have. */
export function commonFields({
  content: { site },
  offer,
  order,
}: LetterDraft): Record<string, string | null> {
  return {
    coach: site.coach.name,
    coach_first_name: site.coach.firstName,
    link_days: String(site.linkDays),
    site: site.name,
    // An offer that was taken out of the content must not stop a sequence that is under way. Its key is in the language of this
    // email: a step in a language that is gone is not written.
    offer: offer?.title ?? order.signup?.offer.replaceAll('-', ' ') ?? site.name,
  };
}

/** A text of the content, once for each part of the email. */
export function passage(
  markdown: Markdown,
  fields: Readonly<Record<string, string | null>>,
  links: LinkResolver,
  style: LetterDraft['style'],
): Passage {
  const filled = { ...markdown, source: fillFields(markdown.source, fields, 'markdown') };
  return { html: renderHtml(filled, links, style), text: renderText(filled, links) };
}

/** A day in the site's own language and time zone, for people. */
export function dayFor({ content: { site } }: LetterDraft, at: number): string {
  return dayInWords(at, site.locale, site.timeZone);
}

/** Who writes and from where: every email says so (CAN-SPAM, CASL). */
export function imprint({ content: { site, words } }: LetterDraft): {
  readonly sender: string;
  readonly addressLines: readonly string[];
} {
  const { name, role } = site.coach;
  return {
    sender: say(words.email.sender, { coach: name, role, site: site.name }),
    addressLines: site.postalAddress.split('\n').filter((line) => line.trim() !== ''),
  };
}
