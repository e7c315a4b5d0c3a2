import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Content } from '../content/model.ts';
import { carriedQuery } from './attribution.ts';
import type { Query } from './attribution.ts';
import type { Pages } from './pages.ts';
import { sendPersonal } from './personal.ts';
import { contentAskedFor } from './reader-language.ts';

/** A request for a page behind somebody's own link. */
export type TokenRequest = FastifyRequest<{ Params: { token: string }; Querystring: Query }>;

type Data = Readonly<Record<string, unknown>>;

/** The pages behind somebody's own link: in her language, with the query carried on, found by no search engine. */
export type PersonalPages = {
  readonly html: (own: Content, template: string, title: string, request: TokenRequest, data: Data) => string;
  /**
   * The page for somebody of whom nothing is left.
   * @param own in her language; in the one that her browser asks for where nothing is left that could tell hers.
   */
  readonly sendGone: (request: TokenRequest, reply: FastifyReply, own?: Content) => FastifyReply;
};

export function personalPages(pages: Pages, content: () => Content): PersonalPages {
  const html: PersonalPages['html'] = ({ site: { language } }, template, title, request, data) => {
    const frame = { title, description: null, language, path: null, query: carriedQuery(request.query) };
    return pages.html(template, frame, data);
  };
  return {
    html,
    sendGone: (request, reply, own = contentAskedFor(reply, content())) =>
      sendPersonal(reply, 410, html(own, 'gone', own.words.personal.gone.title, request, {})),
  };
}
