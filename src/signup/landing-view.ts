import { findFields, fillFields } from '../content/fields.ts';
import { livingPosts } from '../content/living.ts';
import { renderHtml } from '../content/markdown.ts';
import type { Content, Offer } from '../content/model.ts';
import { pageLinks, postView } from '../content/page-views.ts';
import { say } from '../content/phrase.ts';
import type { DocumentFacts } from '../documents/facts.ts';
import { emailField } from './form.ts';
import type { EmailQuestion, FormError } from './form.ts';

/** What a form that comes back shows and carries again. */
export type TypedValues = {
  readonly firstName: string;
  readonly email: string;
  readonly followUp: boolean;
  /** What the little script put in: only the first page of a visit knows where the visitor came from. */
  readonly timezone: string;
  readonly referrer: string;
};

const NOTHING_TYPED: TypedValues = { firstName: '', email: '', followUp: false, timezone: '', referrer: '' };

/** @param fields as they were sent; absent ones are empty. */
export function typedValues(fields: Readonly<Record<string, string | undefined>>): TypedValues {
  return {
    firstName: fields['first_name'] ?? '',
    email: emailField(fields),
    followUp: fields['follow_up'] === 'yes',
    timezone: fields['timezone'] ?? '',
    referrer: fields['referrer'] ?? '',
  };
}

const A_FEW = 3;

/** The data of a landing page. `link` adds the carried query. */
export function landingView(
  content: Content,
  offer: Offer,
  facts: DocumentFacts | null,
  link: (path: string) => string,
  typed: TypedValues = NOTHING_TYPED,
  errors: readonly FormError[] = [],
  question: EmailQuestion | null = null,
): Readonly<Record<string, unknown>> {
  const messages = content.words.page.errors;
  const shown = errors.map(({ field, problem }) => ({ field, text: messages[problem] }));
  const { landing } = offer;
  return {
    offer,
    landing,
    consent: content.consent,
    proof: landing.proof.flatMap((line) => filled(line, facts)),
    questions: landing.questions.flatMap(({ q, a }) => filled(a, facts).map((answer) => ({ q, a: answer }))),
    sample: landing.sample === null ? null : renderHtml(landing.sample, pageLinks(content, link)),
    posts: livingPosts(content.posts)
      .slice(0, A_FEW)
      .map((post) => postView(content, post)),
    values: typed,
    question,
    errors: shown,
    fieldErrors: {
      first_name: shown.find(({ field }) => field === 'first_name')?.text ?? null,
      email: shown.find(({ field }) => field === 'email')?.text ?? null,
    },
  };
}

/** What needs a fact that is not known is left out: no page may claim pages that nobody has counted. */
function filled(text: string, facts: DocumentFacts | null): readonly string[] {
  if (findFields(text).length === 0) return [text];
  if (facts === null) return [];
  return [fillFields(text, { pages: String(facts.pages), minutes: String(facts.minutes) }, 'none')];
}

/** The data of the page that follows a good form: nothing personal, so that all visitors can be sent the same bytes. */
export function checkInboxView(
  content: Content,
  offer: Offer,
  sender: string,
  consentLost: boolean,
): Readonly<Record<string, unknown>> {
  const words = content.words.page.check_inbox;
  const values = {
    offer: offer.shortTitle,
    ...senderParts(sender),
    days: content.site.linkDays,
    minutes: content.site.limits.addressGapMinutes,
  };
  return {
    offer,
    note: consentLost ? say(words.consent_note, values) : null,
    next: words.next.map((line) => say(line, values)),
    missing: words.missing.map((line) => say(line, values)),
    posts: livingPosts(content.posts)
      .slice(0, 1)
      .map((post) => postView(content, post)),
  };
}

/** `Name <address>` in its parts; both are the address when there is no name. */
function senderParts(sender: string): { readonly sender: string; readonly name: string } {
  const [, name = '', address = ''] = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(sender) ?? [];
  if (address === '') return { sender: sender.trim(), name: sender.trim() };
  return { sender: address, name: name === '' ? address : name };
}
