import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import type { DeskStore } from './port.ts';
import { signedInAccount } from './session.ts';
import type { SessionCookie } from './session.ts';
import { tokenHash } from './sign-in.ts';

export type GuardParts = {
  readonly store: Pick<DeskStore, 'useSession' | 'csvTokenAccount'>;
  readonly clock: Clock;
  readonly cookie: SessionCookie;
};

/** Lets in who is signed in; everybody else goes to the login. What the desk shows is never kept by a browser. */
export function signedInGuard(parts: GuardParts) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    if ((await signedInAccount(request, parts)) !== null) return;
    return reply.redirect('/admin/login', 303);
  };
}

/** The CSV may also be fetched by a script with a key of its own; without either it is 401, so that scripts do not save a login page. */
export function csvGuard(parts: GuardParts) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    const [scheme, key] = (request.headers.authorization ?? '').split(' ');
    const byKey =
      scheme?.toLowerCase() === 'bearer' &&
      key !== undefined &&
      (await parts.store.csvTokenAccount(tokenHash(key))) !== null;
    if (byKey || (await signedInAccount(request, parts)) !== null) return;
    return reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .type('text/plain; charset=utf-8')
      .send('Sign in at /admin/login, or send a key made at /admin/account as “Authorization: Bearer …”.\n');
  };
}
