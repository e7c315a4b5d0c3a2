import { fillFields } from '../content/fields.ts';
import type { LinkTarget } from '../content/links.ts';
import { postAddress } from '../content/living.ts';
import type { EmailKey } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import type { Letter, LetterDraft } from './letter.ts';
import { commonFields, dayFor, imprint, passage } from './passage.ts';

/**
 * An email that somebody asked for: text, one button, text. Transactional, so without any promotion, and without the typed
 * name: until the press nobody knows whose address this is.
 */
export function askedLetter(draft: LetterDraft, key: EmailKey): Letter {
  const { content, style } = draft;
  const words = content.words.email;
  const asked = content.emails[key];
  const fields = commonFields(draft);
  const link = (target: LinkTarget) => askedLink(draft, target);
  const { sender, addressLines } = imprint(draft);
  return {
    subject: fillFields(asked.subject, fields, 'none'),
    preheader: fillFields(asked.preheader, fields, 'none'),
    before: passage(asked.before, fields, link, style),
    button: { text: asked.button, url: buttonUrl(draft, key), fallback: words.button_fallback },
    after: passage(asked.after, fields, link, style),
    cardsHeading: '',
    cards: [],
    footer: { lines: [sender, why(draft, key)], addressLines, links: footerLinks(draft, key) },
    headers: {},
    hiddenUrl: null,
  };
}

function buttonUrl(draft: LetterDraft, key: EmailKey): string {
  switch (key) {
    case 'delivery':
    case 'reminder':
    case 'renewal':
      return draft.links.download(signupOf(draft).signupId);
    case 'data':
    case 'erase':
      return draft.links.personal(key);
  }
}

function footerLinks(draft: LetterDraft, key: EmailKey): Letter['footer']['links'] {
  if (key === 'data' || key === 'erase') return [];
  return [{ text: draft.content.words.email.not_me, url: draft.links.notMe(signupOf(draft).signupId) }];
}

function why(draft: LetterDraft, key: EmailKey): string {
  const { site, words } = draft.content;
  if (key === 'data' || key === 'erase') return say(words.email[`why_${key}`], { site: site.name });
  const offer = commonFields(draft)['offer'] ?? '';
  const date = dayFor(draft, signupOf(draft).createdAt);
  return say(words.email[`why_${key}`], { offer, site: site.name, date });
}

/** Clicks in these emails are not counted: links go straight to their page. */
function askedLink({ content, links }: LetterDraft, target: LinkTarget): string {
  switch (target.kind) {
    case 'post':
      return links.absolute(
        postAddress(
          content,
          content.posts.find((post) => post.slug === target.slug),
        ),
      );
    case 'offer':
      return links.offer(target.key);
    case 'talk':
      return links.absolute(content.site.talk.url);
    case 'url':
      return target.url;
  }
}

function signupOf({ order }: LetterDraft) {
  if (order.signup === null) throw new Error(`An email of the kind ${order.kind} needs its signup.`);
  return order.signup;
}
