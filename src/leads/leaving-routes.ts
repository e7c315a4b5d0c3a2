import type { FastifyReply } from 'fastify';
import type { Content } from '../content/model.ts';
import type { Pages } from '../http/pages.ts';
import { personalPages } from '../http/personal-pages.ts';
import type { TokenRequest } from '../http/personal-pages.ts';
import { sendNothingHere, sendPersonal } from '../http/personal.ts';
import { contentForReader } from '../http/reader-language.ts';
import { maskAddress } from '../kernel/address.ts';
import type { Clock } from '../kernel/clock.ts';
import { PREFERENCES_LIFETIME } from '../kernel/tokens.ts';
import type { Tokens } from '../kernel/tokens.ts';
import type { Asked } from '../kernel/words.ts';
import { momentPlace, tellDay } from './moments.ts';
import type { Lead, LeadStore } from './port.ts';
import type { Timetable } from './timetable.ts';

/** Whom a page of leaving is about: her address, what tells her language, and whether the document was taken. */
type Leaving = Asked & Pick<Lead, 'email' | 'timezone' | 'confirmedAt'>;

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

/**
 * Stopping the emails, and "this was not me": one path, told apart by the token. The POST is also what mail programs send
 * by themselves (RFC 8058): it looks at nothing but the token, and answers 200 without a redirect, however often.
 */
export function leavingRoutes(parts: LeavingParts) {
  const { clock, content, store } = parts;
  const { html } = personalPages(parts.pages, content);
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
    const own = contentForReader(reply, content(), found);
    const words = own.words.personal[group];
    // Whose address was given by mistake is not told it again once it is removed.
    const email = leaver.leaves === 'signup' && moment === 'done' ? null : (found?.email ?? null);
    const data = {
      action: `/unsubscribe/${request.params.token}`,
      address: email === null ? null : maskAddress(email),
      takenOn: takenOn(found, own),
      preferences: leaver.leaves === 'emails' && email !== null ? preferencesPath(leaver.id) : null,
    };
    const page =
      moment === 'asked'
        ? html(own, template, words.title, request, data)
        : html(own, `${template}-done`, words.done_title, request, data);
    return sendPersonal(reply, 200, page);
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
