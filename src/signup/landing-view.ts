import { livingPosts } from '../content/living.ts';
import { renderHtml } from '../content/markdown.ts';
import type { Content, Offer } from '../content/model.ts';
import { pageLinks, postView } from '../content/page-views.ts';
import { say } from '../content/phrase.ts';
import type { DocumentFacts } from '../documents/facts.ts';
import { contentsView, filled, sampleView } from './contents-view.ts';
import type { FormError } from './form.ts';

/** What the form shows again after a mistake. */
export type TypedValues = {
  readonly firstName: string;
  readonly email: string;
  readonly followUp: boolean;
  /** Unseen: the page from which the visitor came to the form, or empty. */
  readonly referrer: string;
};

const NOTHING_TYPED: TypedValues = { firstName: '', email: '', followUp: false, referrer: '' };
const A_FEW = 3;

/** The data of a landing page. `link` adds the carried query. */
export function landingView(
  content: Content,
  offer: Offer,
  facts: DocumentFacts | null,
  link: (path: string) => string,
  typed: TypedValues = NOTHING_TYPED,
  errors: readonly FormError[] = [],
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
    posts: livingPosts(content.posts)
      .slice(0, A_FEW)
      .map((post) => postView(content, post)),
    values: typed,
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
