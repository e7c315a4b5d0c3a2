import { fillFields } from '../content/fields.ts';
import { livingPosts } from '../content/living.ts';
import type { Content, Offer } from '../content/model.ts';
import { postView } from '../content/page-views.ts';
import { say } from '../content/phrase.ts';

/** The data of the page that follows a good form: nothing personal, so that all visitors can be sent the same bytes. */
export function checkInboxView(
  content: Content,
  offer: Offer,
  sender: string,
  consentLost: boolean,
): Readonly<Record<string, unknown>> {
  const { site } = content;
  const words = content.words.page.check_inbox;
  const from = senderParts(sender);
  const values = {
    offer: offer.shortTitle,
    ...from,
    days: site.linkDays,
    minutes: site.limits.addressGapMinutes,
  };
  return {
    offer,
    note: consentLost ? say(words.consent_note, values) : null,
    email: { name: from.name, address: from.sender, subject: subjectOf(content, offer) },
    next: words.next.map((line) => say(line, values)),
    missing: words.missing.map((line) => say(line, values)),
    posts: livingPosts(content.posts)
      .slice(0, 1)
      .map((post) => postView(content, post)),
  };
}

/** As the delivery email has it: what to look for among a hundred others. */
function subjectOf({ emails, site }: Content, offer: Offer): string {
  const fields = {
    coach: site.coach.name,
    coach_first_name: site.coach.firstName,
    site: site.name,
    offer: offer.title,
    link_days: String(site.linkDays),
  };
  return fillFields(emails.delivery.subject, fields, 'none');
}

/** `Name <address>` in its parts; both are the address when there is no name. */
function senderParts(sender: string): { readonly sender: string; readonly name: string } {
  const [, name = '', address = ''] = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(sender) ?? [];
  if (address === '') return { sender: sender.trim(), name: sender.trim() };
  return { sender: address, name: name === '' ? address : name };
}
