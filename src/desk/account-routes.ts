import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { formFields, verbatimField } from '../http/forms.ts';
import { backupFacts } from './backup-facts.ts';
import { agoInWords, healthOf } from './health.ts';
import type { HealthParts } from './health.ts';
import { hashPassword, passwordProblem } from './password.ts';
import type { DeskPages } from './pages.ts';
import type { Account, DeskStore, HealthStore } from './port.ts';
import { senderSummary } from './sender-summary.ts';
import type { SessionCookie } from './session.ts';
import { tokenHash, tryPassword } from './sign-in.ts';
import { tooManyWrong } from './words.ts';

export type AccountRouteParts = {
  readonly store: DeskStore & HealthStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly pages: DeskPages;
  readonly cookie: SessionCookie;
  readonly health: HealthParts;
  /** In words: how emails leave. */
  readonly emailsGo: string;
  /** Which account a request's cookie belongs to; the guard has let it in. */
  readonly accountOf: (request: FastifyRequest) => Promise<string | null>;
};

type View = {
  readonly problem?: { readonly field: 'current' | 'password'; readonly text: string };
  readonly done?: string;
  readonly newToken?: string;
};

const HTML = 'text/html; charset=utf-8';

/** The coach's account and the funnel's health. */
export function accountRoutes(parts: AccountRouteParts) {
  const { store, clock, random, pages, cookie } = parts;

  function page(reply: FastifyReply, status: number, view: View) {
    const { problem = null, done = null, newToken = null } = view;
    const title = problem === null ? 'Account' : 'Error: account';
    const html = pages.html('account', { title, here: 'account' }, { problem, done, newToken });
    return reply.code(status).type(HTML).header('cache-control', 'no-store').send(html);
  }

  async function ownAccount(request: FastifyRequest): Promise<Account | undefined> {
    const accountId = await parts.accountOf(request);
    return (await store.accounts()).find((account) => account.accountId === accountId);
  }

  return {
    account: async (_request: FastifyRequest, reply: FastifyReply) => page(reply, 200, {}),

    /** Two forms post here: a new password, or a new token for the CSV. */
    change: async (request: FastifyRequest, reply: FastifyReply) => {
      const account = await ownAccount(request);
      if (account === undefined) return reply.redirect('/admin/login', 303);
      const { action } = formFields(request.body);
      if (action === 'csv-token') {
        const newToken = random.token(32);
        await store.setCsvToken(account.accountId, tokenHash(newToken), clock.now());
        return page(reply, 200, { newToken });
      }
      const current = verbatimField(request.body, 'current');
      const outcome = await tryPassword({ store, clock }, account, { password: current, ip: request.ip });
      if (outcome.kind === 'wrong') {
        return page(reply, 422, {
          problem: { field: 'current', text: 'The current password is not right.' },
        });
      }
      if (outcome.kind === 'too_many') {
        const { seconds, text } = tooManyWrong(outcome.retryAt, clock.now());
        reply.header('retry-after', seconds);
        return page(reply, 429, { problem: { field: 'current', text } });
      }
      const password = verbatimField(request.body, 'password');
      const problem = passwordProblem(password);
      if (problem !== null) return page(reply, 422, { problem: { field: 'password', text: problem } });
      const at = clock.now();
      await store.setPassword({ ...account, passwordHash: await hashPassword(password), at });
      // The change ended every session, this one too: go on with a new one.
      const token = random.token(32);
      await store.startSession({ tokenHash: tokenHash(token), accountId: account.accountId, at });
      cookie.set(reply, token);
      return page(reply, 200, { done: 'Your password is changed. Every other browser is signed out.' });
    },

    health: async (_request: FastifyRequest, reply: FastifyReply) => {
      const content = parts.health.content;
      const [health, facts, { newest }, sender] = await Promise.all([
        healthOf(parts.health),
        store.facts(),
        backupFacts(store, parts.health.dataDir, clock.now()),
        senderSummary(store, clock.now(), content.current().site),
      ]);
      const html = pages.html(
        'health',
        { title: 'Health', here: 'health' },
        {
          health,
          sender,
          facts,
          emailsGo: parts.emailsGo,
          backup: newest === null ? 'none yet' : agoInWords(newest, clock.now()),
          version: content.current().version,
          problems: content.problems(),
        },
      );
      return reply.type(HTML).send(html);
    },
  };
}
