import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentOf } from '../content/languages.ts';
import type { Content } from '../content/model.ts';
import { personal, sendNothingHere } from '../http/personal.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Tokens } from '../kernel/tokens.ts';
import { clickJudge } from './click.ts';
import type { Caller } from './click.ts';
import type { ClickStore } from './click-port.ts';
import { readTarget, recordedSlug } from './read.ts';

export type ReadParts = {
  readonly content: () => Content;
  readonly tokens: Tokens;
  readonly store: ClickStore;
  readonly clock: Clock;
};

/** Links from emails. */
export function readRoutes(parts: ReadParts) {
  return {
    /** Records the press and leads on. A link that has expired still leads there: an old email should not be a dead one. */
    read: async (request: FastifyRequest<{ Params: { token: string } }>, reply: FastifyReply) => {
      const now = parts.clock.now();
      const reading = parts.tokens.read('read', request.params.token, now);
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      const { id: messageId, slug } = reading;
      const message = await parts.store.messageWith(messageId);
      const content = contentOf(parts.content(), message);
      const target = readTarget(content, slug, message?.step ?? null);
      const click = { messageId, slug: recordedSlug(content, slug), at: now };
      await parts.store.recordClick(click, clickJudge(callerOf(request)));
      return personal(reply).redirect(target, 302);
    },
  };
}

function callerOf({ method, headers }: FastifyRequest): Caller {
  const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name] ?? '');
  return { method, userAgent: headers['user-agent'], purpose: purpose.join(' ') };
}
