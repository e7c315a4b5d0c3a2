import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Content } from '../content/model.ts';
import { personal, sendNothingHere } from '../http/personal.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Tokens } from '../kernel/tokens.ts';
import { clickActor, readTarget } from './read.ts';
import type { ReadStore } from './read.ts';

export type ReadParts = {
  readonly content: () => Content;
  readonly tokens: Tokens;
  readonly store: ReadStore;
  readonly clock: Clock;
};

/** Links from emails to articles. */
export function readRoutes(parts: ReadParts) {
  return {
    /** Records the press and leads on. A link that has expired still leads there: an old email should not be a dead one. */
    read: async (request: FastifyRequest<{ Params: { token: string } }>, reply: FastifyReply) => {
      const now = parts.clock.now();
      const reading = parts.tokens.read('read', request.params.token, now);
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      const { id: messageId, slug } = reading;
      const target = readTarget(parts.content(), slug, await parts.store.stepOf(messageId));
      // HEAD is what scanners send to look at a link; it must leave no trace (keycloak/keycloak#41834).
      if (request.method !== 'HEAD') {
        const { headers } = request;
        const purpose = headers['sec-purpose'] ?? headers['purpose'] ?? headers['x-purpose'];
        const actor = clickActor({ userAgent: headers['user-agent'], purpose: purpose?.toString() });
        await parts.store.recordClick({ messageId, slug, at: now, ...actor });
      }
      return personal(reply).redirect(target, 302);
    },
  };
}
