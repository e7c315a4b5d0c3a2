import type { FastifyReply } from 'fastify';
import { sendOnce } from './representation.ts';

/** A page for one person: kept by no cache and found by no search engine. */
export function sendPersonal(reply: FastifyReply, status: 200 | 410 | 422 | 429, html: string): FastifyReply {
  return sendOnce(personal(reply).code(status), { type: 'text/html; charset=utf-8', body: html }, null);
}

/** Marks any answer as one person's. */
export function personal(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
}

/** For a token that is not ours: the same page as for any unknown address, without a hint. */
export function sendNothingHere(reply: FastifyReply): FastifyReply {
  personal(reply).callNotFound();
  return reply;
}
