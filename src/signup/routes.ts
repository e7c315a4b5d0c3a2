import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentFor } from '../content/languages.ts';
import type { Content, Offer } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import type { DocumentFacts } from '../documents/facts.ts';
import { attributionOf, carriedQuery, referrerOf } from '../http/attribution.ts';
import type { Query } from '../http/attribution.ts';
import type { ErrorPages } from '../http/errors.ts';
import { formFields } from '../http/forms.ts';
import type { FormFields } from '../http/forms.ts';
import type { PageCache } from '../http/page-cache.ts';
import { linker } from '../http/pages.ts';
import type { Frame, Pages } from '../http/pages.ts';
import { mayRunFiles } from '../http/running.ts';
import { sendPersonal } from '../http/personal.ts';
import { networkOf } from '../kernel/network.ts';
import { checkInboxView } from './check-inbox-view.ts';
import { parseSignupForm } from './form.ts';
import type { FormOutcome } from './form.ts';
import { landingView, questionsOf, typedValues } from './landing-view.ts';
import { limitedView, retryWords } from './limited.ts';
import { signUp } from './signup.ts';
import type { SignupParts, SignupResult } from './signup.ts';

type Refused = Extract<FormOutcome, { ok: false }>;
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export type SignupRouteParts = SignupParts & {
  readonly pages: Pages;
  readonly cache: PageCache;
  readonly errors: ErrorPages;
  readonly publicUrl: () => string;
  /** The address that emails come from, as people see it in their inbox. */
  readonly sender: () => string;
  /** Null as long as the document has not been counted. */
  readonly factsOf: (offerKey: string) => DocumentFacts | null;
  readonly countView: (request: FastifyRequest, path: string) => void;
  /** Answers for an address that is no offer's. */
  readonly otherwise: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
};

/** What an offer's pages answer; paths, with the parameter `offer`, are in `app.ts`. */
export type SignupRoutes = {
  readonly landing: Handler;
  readonly signup: Handler;
  readonly checkInbox: Handler;
};

export function signupRoutes(parts: SignupRouteParts): SignupRoutes {
  return {
    landing: async (request, reply) => {
      const offer = offerOf(request, parts.content());
      if (offer === null) return parts.otherwise(request, reply);
      parts.countView(request, `/${offer.key}`);
      const facts = parts.factsOf(offer.key);
      // The facts arrive once, when the document has first been counted: a page kept without them would stay without.
      const page = `/${offer.key}${facts === null ? '' : `?pages=${facts.pages}`}`;
      return parts.cache.send(reply, page, queryOf(request), (query) => landingPage(parts, offer, query));
    },

    signup: async (request, reply) => {
      const content = parts.content();
      const offer = offerOf(request, content);
      if (offer === null) return parts.errors.send(reply, 'not_found');
      const fields = formFields(request.body);
      const parsed = parseSignupForm(fields);
      if (!parsed.ok) return sendAgain(parts, request, reply, offer, fields, parsed);
      const query = request.query as Query;
      const result = await signUp(parts, {
        offer,
        form: parsed.form,
        network: networkOf(request.ip),
        attribution: attributionOf(query, cameFrom(parts, request, fields)),
      });
      if (result.kind === 'limited') return sendLimited(parts, request, reply, offer, fields, result);
      const carried = new URLSearchParams(carriedQuery(query));
      if (result.consent === 'unknown_sentence') carried.set('note', 'consent');
      const suffix = carried.size === 0 ? '' : `?${carried.toString()}`;
      return reply.header('cache-control', 'no-store').redirect(`/${offer.key}/check-inbox${suffix}`, 303);
    },

    checkInbox: async (request, reply) => {
      const offer = offerOf(request, parts.content());
      if (offer === null) return parts.errors.send(reply, 'not_found');
      const content = contentFor(parts.content(), offer.key);
      const query = request.query as Query;
      const consentLost = query['note'] === 'consent';
      const title = content.words.page.check_inbox.title;
      reply.header('x-robots-tag', 'noindex');
      const page = `/${offer.key}/check-inbox${consentLost ? '?note=consent' : ''}`;
      return parts.cache.send(reply, page, carriedQuery(query), (carried) => {
        const { language } = offer;
        const frame: Frame = { title, description: null, language, path: null, query: carried };
        const view = checkInboxView(content, offer, parts.sender(), consentLost);
        return parts.pages.html('check-inbox', frame, view);
      });
    },
  };
}

function offerOf(request: FastifyRequest, content: Content): Offer | null {
  const { offer: key } = request.params as { readonly offer: string };
  return content.offers.find((offer) => offer.key === key) ?? null;
}

/** The page from which the visitor came to us; null when it is not known. */
function cameFrom(parts: SignupRouteParts, request: FastifyRequest, fields: FormFields): string | null {
  const { headers, hostname } = request;
  const told = { field: fields['referrer'], query: request.query as Query, headers };
  return referrerOf(told, [new URL(parts.publicUrl()).hostname, hostname]);
}

function queryOf(request: FastifyRequest): string {
  return carriedQuery(request.query as Query);
}

function landingFrame(offer: Offer, facts: DocumentFacts | null, query: string): Frame {
  return {
    title: offer.title,
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

function landingPage(parts: SignupRouteParts, offer: Offer, query: string): string {
  const content = contentFor(parts.content(), offer.key);
  const facts = parts.factsOf(offer.key);
  const frame = landingFrame(offer, facts, query);
  return parts.pages.html('landing', frame, landingView(content, offer, facts, linker(content, frame)));
}

/** The form again, with 422. A question is no error: nothing may be wrong, so the title does not say so (GOV.UK keeps `Error:` for what must be mended). */
function sendAgain(
  parts: SignupRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  offer: Offer,
  fields: FormFields,
  { errors, question }: Refused,
): FastifyReply {
  const content = contentFor(parts.content(), offer.key);
  const facts = parts.factsOf(offer.key);
  const plain = landingFrame(offer, facts, queryOf(request));
  const { error_title, email_question } = content.words.page;
  const title = say(errors.length > 0 ? error_title : email_question.title, { title: plain.title });
  const frame = { ...plain, title };
  const typed = typedValues(fields, content.consent.version, cameFrom(parts, request, fields));
  const view = landingView(content, offer, facts, linker(content, frame), typed, errors, question);
  return sendPersonal(reply, 422, parts.pages.html('landing', frame, view));
}

/** Nothing is lost: the page has the form with all that was typed. Where work helps, the browser can do it there. */
async function sendLimited(
  parts: SignupRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  offer: Offer,
  fields: FormFields,
  limited: Extract<SignupResult, { kind: 'limited' }>,
): Promise<FastifyReply> {
  const content = contentFor(parts.content(), offer.key);
  const { title } = content.words.page.limited;
  const now = parts.clock.now();
  const retry = retryWords(now, limited.retryAt, content.site);
  const sum = limited.scope === 'overall' ? await parts.work.ask(offer.key, now) : null;
  const query = carriedQuery(request.query as Query);
  const frame: Frame = { title, description: null, language: offer.language, path: null, query };
  const typed = typedValues(fields, content.consent.version, cameFrom(parts, request, fields));
  const view = limitedView(content, offer, typed, { scope: limited.scope, retry }, sum);
  if (sum !== null) mayRunFiles(reply);
  return sendPersonal(
    reply.header('retry-after', String(retry.seconds)),
    429,
    parts.pages.html('limited', frame, view),
  );
}
