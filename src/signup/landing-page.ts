import { contentFor } from '../content/languages.ts';
import type { Content, Offer } from '../content/model.ts';
import type { DocumentFacts } from '../documents/facts.ts';
import { linker } from '../http/pages.ts';
import type { Frame, Pages } from '../http/pages.ts';
import type { EmailQuestion, FormError } from './form.ts';
import { landingView, questionsOf } from './landing-view.ts';
import type { TypedValues } from './landing-view.ts';

export type LandingPageParts = {
  readonly pages: Pages;
  readonly content: () => Content;
  /** Null as long as the document has not been counted. */
  readonly factsOf: (offerKey: string) => DocumentFacts | null;
};

/** A form that comes back, and what is said about it. */
type SentForm = {
  /** Words for the page's title, made from the usual one. */
  readonly titled: (title: string) => string;
  readonly typed: TypedValues;
  readonly errors: readonly FormError[];
  readonly question: EmailQuestion | null;
};

/**
 * An offer's landing page.
 * @param query carried on by its links.
 * @param sent without it nothing was sent yet.
 */
export function landingPage(parts: LandingPageParts, offer: Offer, query: string, sent?: SentForm): string {
  const content = contentFor(parts.content(), offer.key);
  const facts = parts.factsOf(offer.key);
  const frame = landingFrame(offer, facts, query, sent?.titled(offer.title) ?? offer.title);
  const link = linker(content, frame);
  const view = landingView(content, offer, facts, link, sent?.typed, sent?.errors, sent?.question);
  return parts.pages.html('landing', frame, view);
}

function landingFrame(offer: Offer, facts: DocumentFacts | null, query: string, title: string): Frame {
  return {
    title,
    description: offer.landing.description,
    language: offer.language,
    path: `/${offer.key}`,
    query,
    subject: {
      kind: 'offer',
      offer,
      minutes: facts?.minutes ?? null,
      questions: questionsOf(offer, facts),
    },
  };
}
