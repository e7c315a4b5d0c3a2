import { fillFields } from '../content/fields.ts';
import type { LinkTarget } from '../content/links.ts';
import type { Step } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import { GOAL_LINK, HIDDEN_LINK } from '../kernel/special-links.ts';
import type { Card, Letter, LetterDraft } from './letter.ts';
import { commonFields, dayFor, imprint, passage } from './passage.ts';

/** One email of the sequence: the text, the related posts as cards, and everything that a commercial email must carry. */
export function stepLetter(
  draft: LetterDraft,
  step: Step,
  subject: string,
  posts: readonly string[],
): Letter {
  const { content, links, order, style } = draft;
  const words = content.words.email;
  const fields = { ...commonFields(draft), first_name: order.lead.firstName };
  const { sender, addressLines } = imprint(draft);
  const unsubscribe = links.unsubscribe();
  return {
    subject: fillFields(subject, fields, 'none'),
    preheader: fillFields(step.preheader, fields, 'none'),
    before: passage(step.body, fields, (target) => stepLink(draft, target), style),
    button: null,
    after: null,
    cardsHeading: words.read_next,
    cards: posts.flatMap((slug) => card(draft, slug)),
    footer: {
      lines: [sender, why(draft)],
      addressLines,
      links: [
        { text: words.unsubscribe, url: unsubscribe },
        { text: words.preferences, url: links.preferences() },
      ],
    },
    // RFC 8058: one https address, no mailto; both headers must be signed by the provider.
    headers: {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    hiddenUrl: content.site.hiddenLink ? links.read(HIDDEN_LINK) : null,
  };
}

function stepLink({ content, links }: LetterDraft, target: LinkTarget): string {
  switch (target.kind) {
    case 'post':
      return links.read(target.slug);
    case 'offer':
      return links.offer(target.key);
    case 'talk':
      return content.site.talk.goal ? links.read(GOAL_LINK) : links.absolute(content.site.talk.url);
    case 'url':
      return target.url;
  }
}

function card({ content, links }: LetterDraft, slug: string): Card[] {
  const words = content.words.email;
  const post = content.posts.find((candidate) => candidate.slug === slug);
  if (post === undefined) return [];
  return [
    {
      title: post.title,
      description: post.description,
      minutes: say(words.minutes, { minutes: post.minutes }),
      read: words.read,
      url: links.read(slug),
    },
  ];
}

function why(draft: LetterDraft): string {
  const { site, words } = draft.content;
  const asked = draft.order.signup;
  if (asked === null) throw new Error('A step without the signup that began it cannot say why it comes.');
  const offer = commonFields(draft)['offer'] ?? '';
  return say(words.email.why_step, { offer, site: site.name, date: dayFor(draft, asked.createdAt) });
}
