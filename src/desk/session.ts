import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import type { DeskStore } from './port.ts';
import { tokenHash } from './sign-in.ts';

/** The cookie of a signed-in desk. */
export type SessionCookie = {
  readonly name: string;
  readonly set: (reply: FastifyReply, token: string) => void;
  readonly clear: (reply: FastifyReply) => void;
  readonly tokenOf: (request: FastifyRequest) => string | null;
};

/** `__Host-` binds the cookie to this host over https (ASVS 3.3.3); browsers refuse the prefix on plain http, so a desk on one's own machine goes without. */
export function sessionCookie(https: boolean): SessionCookie {
  const name = https ? '__Host-desk' : 'desk';
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: https } as const;
  return {
    name,
    set: (reply, token) => void reply.setCookie(name, token, options),
    clear: (reply) => void reply.clearCookie(name, options),
    tokenOf: (request) => request.cookies[name] ?? null,
  };
}

/** The account behind a request's cookie, or null. Touches the session, so that work keeps it alive. */
export async function signedInAccount(
  request: FastifyRequest,
  parts: {
    readonly store: Pick<DeskStore, 'useSession'>;
    readonly clock: Clock;
    readonly cookie: SessionCookie;
  },
): Promise<string | null> {
  const token = parts.cookie.tokenOf(request);
  if (token === null) return null;
  const session = await parts.store.useSession(tokenHash(token), parts.clock.now());
  return session?.accountId ?? null;
}
