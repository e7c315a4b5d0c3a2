import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { formFields, verbatimField } from '../http/forms.ts';
import { hashPassword, passwordProblem } from './password.ts';
import type { DeskPages } from './pages.ts';
import type { DeskStore } from './port.ts';
import type { SessionCookie } from './session.ts';
import type { Setup } from './setup.ts';
import { signIn, tokenHash } from './sign-in.ts';
import { tooManyWrong } from './words.ts';

export type SignInRouteParts = {
  readonly store: DeskStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly pages: DeskPages;
  readonly cookie: SessionCookie;
  readonly setup: Setup;
};

type SetupRequest = FastifyRequest<{ Params: { token: string } }>;

/** Getting into the desk and out again. */
export function signInRoutes(parts: SignInRouteParts) {
  const { store, clock, random, pages, cookie, setup } = parts;

  async function loginPage(reply: FastifyReply, status: number, problem: string | null, email = '') {
    const accounts = await store.accounts();
    const html = pages.html(
      'login',
      { title: problem === null ? 'Sign in' : 'Error: sign in', here: null },
      { problem, email, askEmail: accounts.length > 1, noPassword: accounts.length === 0 },
    );
    return reply.code(status).type('text/html; charset=utf-8').send(html);
  }

  function setupPage(reply: FastifyReply, status: number, problem: string | null) {
    const title = problem === null ? 'Set your password' : 'Error: set your password';
    const html = pages.html('setup', { title, here: null }, { problem });
    return reply.code(status).type('text/html; charset=utf-8').send(html);
  }

  return {
    login: (_request: FastifyRequest, reply: FastifyReply) => loginPage(reply, 200, null),

    signIn: async (request: FastifyRequest, reply: FastifyReply) => {
      const { email = '' } = formFields(request.body);
      const password = verbatimField(request.body, 'password');
      const outcome = await signIn({ store, clock, random }, { password, email, ip: request.ip });
      switch (outcome.kind) {
        case 'signed_in':
          cookie.set(reply, outcome.token);
          return reply.redirect('/admin', 303);
        case 'wrong':
          return loginPage(reply, 422, 'That password is not right. Try again.', email);
        case 'too_many': {
          const { seconds, text } = tooManyWrong(outcome.retryAt, clock.now());
          reply.header('retry-after', seconds);
          return loginPage(reply, 429, text, email);
        }
      }
    },

    logout: async (request: FastifyRequest, reply: FastifyReply) => {
      const token = cookie.tokenOf(request);
      if (token !== null) await store.endSession(tokenHash(token));
      cookie.clear(reply);
      return reply.redirect('/admin/login', 303);
    },

    setup: async (request: SetupRequest, reply: FastifyReply) =>
      (await setup.accepts(request.params.token)) ? setupPage(reply, 200, null) : reply.callNotFound(),

    setPassword: async (request: SetupRequest, reply: FastifyReply) => {
      if (!(await setup.accepts(request.params.token))) return reply.callNotFound();
      const password = verbatimField(request.body, 'password');
      const problem = passwordProblem(password);
      if (problem !== null) return setupPage(reply, 422, problem);
      if (!setup.spend()) return reply.callNotFound();
      const [accountId, at] = [random.uuid(), clock.now()];
      await store.setPassword({ accountId, email: null, passwordHash: await hashPassword(password), at });
      const token = random.token(32);
      await store.startSession({ tokenHash: tokenHash(token), accountId, at });
      cookie.set(reply, token);
      return reply.redirect('/admin', 303);
    },
  };
}
