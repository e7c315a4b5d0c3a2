import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Content } from '../content/model.ts';
import { carriedQuery } from '../http/attribution.ts';
import type { Query } from '../http/attribution.ts';
import type { Pages } from '../http/pages.ts';
import { sendNothingHere, sendPersonal } from '../http/personal.ts';
import { contentForReader } from '../http/reader-language.ts';
import { maskAddress } from '../kernel/address.ts';
import type { Clock } from '../kernel/clock.ts';
import { PREFERENCES_LIFETIME } from '../kernel/tokens.ts';
import type { Tokens } from '../kernel/tokens.ts';
import { momentPlace, tellDay } from './moments.ts';
import type { Lead, LeadStore } from './port.ts';
import type { Timetable } from './timetable.ts';

/** Whom a page of leaving is about: her address, the offer that tells her language, and whether the document was taken. */
type Leaving = Pick<Lead, 'email' | 'offer' | 'timezone' | 'confirmedAt'>;

/** What leaving asks of a store: a stop for the lead, or, when it was not her, the removal of the signup. */
export interface LeavingStore extends Pick<LeadStore, 'findLead' | 'changePreferences'> {
  findSignup(signupId: string): Promise<Leaving | null>;
  removeSignup(signupId: string, at: number): Promise<'removed' | 'no_signup'>;
}

export type LeavingParts = {
  readonly pages: Pages;
  readonly content: () => Content;
  readonly tokens: Tokens;
  readonly store: LeavingStore;
  readonly clock: Clock;
  readonly timetable: () => Timetable;
};

type TokenRequest = FastifyRequest<{ Params: { token: string }; Querystring: Query }>;

/**
 * Stopping the emails, and "this was not me": one path, told apart by the token. The POST is also what mail programs send
 * by themselves (RFC 8058): it looks at nothing but the token, and answers 200 without a redirect, however often.
 */
export function leavingRoutes(parts: LeavingParts) {
  const { clock, content, store } = parts;
  return {
    page: async (request: TokenRequest, reply: FastifyReply) => {
      const leaver = leaverOf(request.params.token);
      if (leaver === null) return sendNothingHere(reply);
      const found =
        leaver.leaves === 'emails' ? await store.findLead(leaver.id) : await store.findSignup(leaver.id);
      return answer(request, reply, leaver, found, 'asked');
    },

    leave: async (request: TokenRequest, reply: FastifyReply) => {
      const leaver = leaverOf(request.params.token);
      if (leaver === null) return sendNothingHere(reply);
      if (leaver.leaves === 'signup') {
        const signup = await store.findSignup(leaver.id);
        await store.removeSignup(leaver.id, clock.now());
        return answer(request, reply, leaver, signup, 'done');
      }
      const context = { at: clock.now(), place: '/unsubscribe', timetable: parts.timetable() };
      await store.changePreferences(leaver.id, { kind: 'stop', reason: 'unsubscribed' }, context);
      const lead = await store.findLead(leaver.id);
      return answer(request, reply, leaver, lead, 'done');
    },
  };

  function leaverOf(token: string): Leaver | null {
    const now = clock.now();
    const emails = parts.tokens.read('unsubscribe', token, now);
    if (emails.kind === 'valid') return { leaves: 'emails', id: emails.id };
    const signup = parts.tokens.read('not_me', token, now);
    return signup.kind === 'valid' ? { leaves: 'signup', id: signup.id } : null;
  }

  function answer(
    request: TokenRequest,
    reply: FastifyReply,
    leaver: Leaver,
    found: Leaving | null,
    moment: 'asked' | 'done',
  ) {
    const { template, group } = PAGES[leaver.leaves];
    const own = contentForReader(reply, content(), found?.offer);
    const words = own.words.personal[group];
    // Whose address was given by mistake is not told it again once it is removed.
    const email = leaver.leaves === 'signup' && moment === 'done' ? null : (found?.email ?? null);
    const html = parts.pages.html(
      moment === 'asked' ? template : `${template}-done`,
      {
        title: moment === 'asked' ? words.title : words.done_title,
        description: null,
        language: own.site.language,
        path: null,
        query: carriedQuery(request.query),
      },
      {
        action: `/unsubscribe/${request.params.token}`,
        address: email === null ? null : maskAddress(email),
        takenOn: takenOn(found, own),
        preferences: leaver.leaves === 'emails' && email !== null ? preferencesPath(leaver.id) : null,
      },
    );
    return sendPersonal(reply, 200, html);
  }

  /** The day on which the document was made; null when it was not. */
  function takenOn(found: Leaving | null, { site }: Content): string | null {
    if (found === null || found.confirmedAt === null) return null;
    return tellDay(found.confirmedAt, momentPlace(found.timezone, site));
  }

  function preferencesPath(leadId: string): string {
    const expiresAt = clock.now() + PREFERENCES_LIFETIME;
    return `/preferences/${parts.tokens.mint({ purpose: 'preferences', id: leadId, expiresAt })}`;
  }
}

type Leaver = { readonly leaves: 'emails' | 'signup'; readonly id: string };

const PAGES = {
  emails: { template: 'unsubscribe', group: 'unsubscribe' },
  signup: { template: 'not-me', group: 'not_me' },
} as const;
