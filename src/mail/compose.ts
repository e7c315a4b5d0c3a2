import { contentOf, isSpoken } from '../content/languages.ts';
import type { EmailKey } from '../content/model.ts';
import { askedLetter } from './asked-letter.ts';
import type { Email } from './email.ts';
import { htmlPart } from './html-part.ts';
import type { Letter, LetterDraft } from './letter.ts';
import { createEmailLinks } from './links.ts';
import { notSpoken } from './not-spoken.ts';
import { oneLine } from './one-line.ts';
import type { Choices, Composer, Composition, EmailContent, EmailOrder, Stationery } from './order.ts';
import { choosePosts } from './posts-that-fit.ts';
import { stepLetter } from './step-letter.ts';
import { markdownStyle } from './style.ts';
import { chooseSubject, subjectFor } from './subject-test.ts';
import { textPart } from './text-part.ts';

/** Gmail clips an email at 102 KB, and the link that stops the emails with it; this leaves room for the provider's changes. */
export const HTML_LIMIT = 60 * 1024;

/** The one place where emails are written: of the sequence, and those that somebody asked for. */
export function createComposer(stationery: Stationery): Composer {
  const style = markdownStyle(stationery.look);
  return (order, at) => {
    const { language, offer: lastOffer } = order.lead;
    const content = contentOf(stationery.content(), { offer: order.signup?.offer ?? lastOffer, language });
    const links = createEmailLinks(stationery, order, at, content.site.linkDays);
    const offer = content.offers.find(({ key }) => key === order.signup?.offer) ?? null;
    const written = writeLetter({ order, content, links, offer, style });
    if (typeof written === 'string') return { kind: 'impossible', reason: written };
    return composed(stationery, order, content, written, at);
  };
}

type Written = { readonly letter: Letter; readonly choices: Choices };

/** A string tells why there is nothing to write. */
function writeLetter(draft: LetterDraft): Written | string {
  const { order, content, offer } = draft;
  if (order.kind === 'step') {
    // What somebody asked for is written in the main language then; what nobody waits for had better not come in a foreign one.
    if (!isSpoken(content, order.lead.language)) return notSpoken(order.lead.language);
    const step = content.sequence.find(({ key }) => key === order.step);
    if (step === undefined) return 'the step is no longer in the content';
    const choice = chooseSubject(step, order.lead.leadId);
    const posts = choosePosts(step, content.posts, order.reading);
    const subject = subjectFor(step, choice);
    return {
      letter: stepLetter(draft, step, subject, posts),
      choices: { subject: choice, posts, stepVersion: step.version },
    };
  }
  const key: EmailKey = order.kind;
  if (order.signup !== null && offer === null) return 'the offer is no longer in the content';
  return { letter: askedLetter(draft, key), choices: { subject: null, posts: [], stepVersion: null } };
}

function composed(
  stationery: Stationery,
  order: EmailOrder,
  { site, words }: EmailContent,
  { letter, choices }: Written,
  at: number,
): Composition {
  const subject = oneLine(letter.subject);
  const html = htmlPart(stationery, site, { ...letter, subject });
  const size = Buffer.byteLength(html);
  if (size >= HTML_LIMIT) {
    throw new Error(`The email ${order.step} has ${size} bytes of HTML: ${HTML_LIMIT} is the limit.`);
  }
  const email: Email = {
    messageId: order.messageId,
    from: oneLine(stationery.from ?? site.mail.from),
    // The address of this very signup: a lead's own is written only by the press.
    to: strictLine(order.kind === 'step' ? order.lead.email : (order.signup?.email ?? order.lead.email)),
    replyTo: oneLine(stationery.replyTo ?? site.mail.replyTo),
    subject,
    html,
    text: textPart({ site, words }, letter),
    headers: { ...letter.headers, 'Auto-Submitted': 'auto-generated' },
    tags: [
      { name: 'message', value: order.messageId },
      { name: 'step', value: order.step },
    ],
    composedAt: at,
  };
  for (const value of Object.values(email.headers)) strictLine(value);
  return { kind: 'composed', email, choices };
}

/** Header injection: what comes from a form or makes a header must be one line already; repairing it would hide a bug. */
function strictLine(value: string): string {
  if (oneLine(value) !== value)
    throw new Error('A header or address of an email holds a line break or control character.');
  return value;
}
