import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentFor } from '../content/languages.ts';
import type { Content, Offer } from '../content/model.ts';
import { attributionOf, cameFrom, carriedQuery } from '../http/attribution.ts';
import type { Query } from '../http/attribution.ts';
import type { ErrorPages } from '../http/errors.ts';
import { formFields } from '../http/forms.ts';
import type { Frame } from '../http/pages.ts';
import { networkOf } from '../kernel/network.ts';
import { checkInboxView } from './check-inbox-view.ts';
import { parseSignupForm } from './form.ts';
import { landingPage } from './landing-page.ts';
import { createRefusals } from './refusals.ts';
import type { RefusalParts } from './refusals.ts';
import { signUp } from './signup.ts';
import type { SignupParts } from './signup.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export type SignupRouteParts = SignupParts &
  RefusalParts & {
    readonly errors: ErrorPages;
    /** The address that emails come from, as people see it in their inbox. */
    readonly sender: () => string;
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
  const refusals = createRefusals(parts);
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
      const posted = { request, reply, offer, fields };
      if (!parsed.ok) return refusals.again(posted, parsed);
      const query = request.query as Query;
      const result = await signUp(parts, {
        offer,
        form: parsed.form,
        network: networkOf(request.ip),
        attribution: attributionOf(query, cameFrom(request, fields['referrer'], parts.publicUrl())),
      });
      if (result.kind === 'limited') return refusals.limited(posted, result);
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

function queryOf(request: FastifyRequest): string {
  return carriedQuery(request.query as Query);
}
