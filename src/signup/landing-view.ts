import { renderHtml } from '../content/markdown.ts';
import type { Content, Offer } from '../content/model.ts';
import { newestPosts, pageLinks } from '../content/page-views.ts';
import { say } from '../content/phrase.ts';
import type { DocumentFacts } from '../documents/facts.ts';
import { contentsView, filled, sampleView } from './contents-view.ts';
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
  /** The address of which we have asked: the answer holds as long as the address stays, and is not asked for again. */
  readonly asked: string;
  /** The solution of a sum that was not used up yet. */
  readonly work: string;
};

const NOTHING_TYPED: TypedValues = {
  firstName: '',
  email: '',
  followUp: false,
  timezone: '',
  referrer: '',
  asked: '',
  work: '',
};

/**
 * @param fields as they were sent; absent ones are empty.
 * @param version of the consent sentence that the page shows: a tick counts for the one beside which it was set.
 * @param referrer where she came from: the page is asked for from our own form now, and it would be forgotten.
 */
export function typedValues(
  fields: Readonly<Record<string, string | undefined>>,
  version: string,
  referrer: string | null,
): TypedValues {
  return {
    firstName: fields['first_name'] ?? '',
    email: emailField(fields),
    followUp: fields['follow_up'] === 'yes' && (fields['consent_version'] || version) === version,
    timezone: fields['timezone'] ?? '',
    referrer: referrer ?? '',
    asked: fields['email_asked'] ?? '',
    work: fields['work'] ?? '',
  };
}

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
  const { errors: messages, landing: words } = content.words.page;
  const shown = errors.map(({ field, problem }) => ({ field, text: messages[problem] }));
  const { landing } = offer;
  const { opening, text } = sampleView(landing.sample, facts);
  return {
    offer,
    landing,
    consent: content.consent,
    proof: landing.proof.flatMap((line) => filled(line, facts)),
    extent:
      facts === null || offer.document.kind !== 'paper'
        ? null
        : say(words.extent, { pages: facts.pages, minutes: facts.minutes }),
    inside: contentsView(landing, facts),
    questions: questionsOf(offer, facts),
    opening,
    sample: text === null ? null : renderHtml(text, pageLinks(content, link)),
    posts: newestPosts(content),
    values: question === null ? typed : { ...typed, asked: question.typed ?? '' },
    question,
    errors: shown,
    fieldErrors: {
      first_name: shown.find(({ field }) => field === 'first_name')?.text ?? null,
      email: shown.find(({ field }) => field === 'email')?.text ?? null,
    },
  };
}

/** The questions that stand on the page, with their answers. */
export function questionsOf(
  { landing }: Offer,
  facts: DocumentFacts | null,
): readonly { readonly q: string; readonly a: string }[] {
  return landing.questions.flatMap(({ q, a }) => filled(a, facts).map((answer) => ({ q, a: answer })));
}
