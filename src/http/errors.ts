import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { contentAt } from '../content/alternates.ts';
import type { Content } from '../content/model.ts';
import { carriedQuery } from './attribution.ts';
import type { Query } from './attribution.ts';
import type { PageCache } from './page-cache.ts';
import type { Pages } from './pages.ts';
import { personal } from './personal.ts';
import { contentAskedFor } from './reader-language.ts';

/** What can go wrong before a page's own rules have a say. */
export type Failure = 'bad_request' | 'forbidden' | 'not_found' | 'too_large' | 'wrong_type' | 'failed';

const STATUS = {
  bad_request: 400,
  forbidden: 403,
  not_found: 404,
  too_large: 413,
  wrong_type: 415,
  failed: 500,
} as const satisfies Readonly<Record<Failure, number>>;

/** The pages for everything that is not as it should be. They say nothing of what exists: two unknown addresses look the same. */
export interface ErrorPages {
  readonly send: (reply: FastifyReply, failure: Failure) => FastifyReply;
  /** For `setNotFoundHandler`. */
  readonly notFound: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
  /** For `setErrorHandler`: the one place where a bug in a handler ends. */
  readonly caught: (
    error: FastifyError,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<FastifyReply>;
}

export function createErrorPages(pages: Pages, cache: PageCache, content: () => Content): ErrorPages {
  const send = (reply: FastifyReply, failure: Failure) => {
    const { request } = reply;
    const own = contentAt(content(), request.url) ?? contentAskedFor(reply, content());
    const name = `${own.base}/ ${failure}`;
    // An address that cannot be read has no query either.
    const query = carriedQuery((request.query ?? {}) as Query);
    personal(reply).code(STATUS[failure]);
    try {
      return cache.sendUnkept(reply, name, query, (carried) => errorPage(pages, own, failure, carried));
    } catch {
      // A broken template must not hide what went wrong first: that is already in the log.
      const { title, text } = own.words.page.failures[failure];
      return reply.type('text/plain; charset=utf-8').send(`${title}\n\n${text}\n`);
    }
  };
  return {
    send,
    notFound: async (_request, reply) => send(reply, 'not_found'),
    caught: async (error, request, reply) => {
      const failure = failureOf(error.statusCode);
      if (failure === 'failed') {
        request.log.error(
          { err: error, request: request.id, route: request.routeOptions.url ?? 'unknown' },
          'request failed',
        );
      }
      return send(reply, failure);
    },
  };
}

function errorPage(pages: Pages, content: Content, failure: Failure, query: string): string {
  const { title, text } = content.words.page.failures[failure];
  const frame = { title, description: null, language: content.site.language, path: null, query };
  return pages.html('message', frame, { heading: title, paragraphs: [text] });
}

function failureOf(status: number | undefined): Failure {
  if (status === 413) return 'too_large';
  if (status === 415) return 'wrong_type';
  if (status === 404) return 'not_found';
  return status !== undefined && status >= 400 && status < 500 ? 'bad_request' : 'failed';
}
