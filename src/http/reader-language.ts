import type { FastifyReply } from 'fastify';
import { contentOf, isTold } from '../content/languages.ts';
import type { Content } from '../content/model.ts';
import { contentPreferred } from '../content/preferred.ts';
import type { Asked } from '../kernel/words.ts';

/**
 * For a page about a link of ours: the content in the language that the record tells; where none does, such as after an erasure, in that
 * which the browser asks for.
 */
export function contentForReader(
  reply: FastifyReply,
  content: Content,
  asked: Asked | null | undefined,
): Content {
  return isTold(content, asked) ? contentOf(content, asked) : contentAskedFor(reply, content);
}

/** The content in the language that the browser asks for; the answer says that it depends on it. */
export function contentAskedFor(reply: FastifyReply, content: Content): Content {
  reply.header('vary', 'accept-language');
  return contentPreferred(content, reply.request.headers['accept-language']);
}
