import type { FastifyReply } from 'fastify';
import { contentOf } from '../content/languages.ts';
import type { Content } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import { formFields } from '../http/forms.ts';
import type { FormFields } from '../http/forms.ts';
import type { Pages } from '../http/pages.ts';
import { personalPages } from '../http/personal-pages.ts';
import type { TokenRequest } from '../http/personal-pages.ts';
import { personal, sendNothingHere, sendPersonal } from '../http/personal.ts';
import { contentForReader } from '../http/reader-language.ts';
import { maskAddress } from '../kernel/address.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { Tokens } from '../kernel/tokens.ts';
import { momentPlace } from './moments.ts';
import type { Lead, LeadStore } from './port.ts';
import { preferencesView } from './preferences-view.ts';
import { carryOut, readWish } from './preferences.ts';
import type { PreferenceProblem } from './preferences.ts';
import type { Timetable } from './timetable.ts';

export type PreferencesParts = {
  readonly pages: Pages;
  readonly content: () => Content;
  readonly tokens: Tokens;
  readonly store: LeadStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly timetable: () => Timetable;
  /** Tells the sender that there is something to send. */
  readonly wake: () => void;
};

/** The visitor's preferences, her data and its erasure. */
export function preferencesRoutes(parts: PreferencesParts) {
  const { clock, content, store } = parts;
  const { html, sendGone } = personalPages(parts.pages, content);
  return {
    preferences: holding('preferences', async (request, reply, leadId) => {
      const lead = await store.findLead(leadId);
      return lead === null ? sendGone(request, reply) : sendPreferences(request, reply, lead);
    }),

    change: holding('preferences', async (request, reply, leadId) => {
      const lead = await store.findLead(leadId);
      if (lead === null) return sendGone(request, reply);
      const now = clock.now();
      const fields = formFields(request.body);
      const wish = readWish(fields, now, momentPlace(lead.timezone, content().site).timeZone);
      if (wish.kind === 'problem') return sendPreferences(request, reply, lead, fields, wish.problem);
      const outcome = await carryOut(parts, leadId, wish, now, '/preferences');
      if (outcome === 'no_lead') return sendGone(request, reply);
      parts.wake();
      const done = outcome === 'done' ? wish.action : outcome;
      return personal(reply).redirect(`${pathOf(request)}?done=${done}`, 303);
    }),

    data: holding('data', async (request, reply, leadId) => {
      const data = await store.dataOf(leadId);
      if (data === null) return sendGone(request, reply);
      return personal(reply)
        .header('content-disposition', 'attachment; filename="my-data.json"')
        .type('application/json; charset=utf-8')
        .send(`${JSON.stringify(data, null, 2)}\n`);
    }),

    erasePage: holding('erase', async (request, reply, leadId) => {
      const lead = await store.findLead(leadId);
      if (lead === null) return sendGone(request, reply);
      const own = contentOf(content(), lead);
      const { title } = own.words.personal.erase;
      return sendPersonal(
        reply,
        200,
        html(own, 'erase', title, request, { action: pathOf(request), address: maskAddress(lead.email) }),
      );
    }),

    erase: holding('erase', async (request, reply, leadId) => {
      // Erased already is erased: a second press gets the same answer.
      const lead = await store.findLead(leadId);
      await store.eraseLead(leadId, clock.now());
      const own = contentForReader(reply, content(), lead);
      const { done_title: title } = own.words.personal.erase;
      return sendPersonal(reply, 200, html(own, 'erased', title, request, {}));
    }),
  };

  /** A handler for holders of a good token; all others are answered here. */
  function holding(
    purpose: 'preferences' | 'data' | 'erase',
    answer: (request: TokenRequest, reply: FastifyReply, leadId: string) => Promise<FastifyReply>,
  ) {
    return async (request: TokenRequest, reply: FastifyReply) => {
      const reading = parts.tokens.read(purpose, request.params.token, clock.now());
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      if (reading.kind === 'expired') {
        const lead = await store.findLead(reading.id);
        const own = contentForReader(reply, content(), lead);
        return sendPersonal(reply, 410, html(own, 'over', own.words.personal.over.title, request, {}));
      }
      return answer(request, reply, reading.id);
    };
  }

  async function sendPreferences(
    request: TokenRequest,
    reply: FastifyReply,
    lead: Lead,
    typed: FormFields = {},
    problem: PreferenceProblem | null = null,
  ) {
    const [receipts, messages] = await Promise.all([
      store.consentReceipts(lead.leadId),
      store.messagesOf(lead.leadId),
    ]);
    const asked = request.query['done'];
    const done = problem === null && typeof asked === 'string' ? asked : null;
    const now = clock.now();
    const own = contentOf(content(), lead);
    const view = preferencesView({ content: own, lead, receipts, messages, now, done, problem, typed });
    const { page, personal: words } = own.words;
    const { title: plain, done_title: doneTitle } = words.preferences;
    const isDone = view.notice !== null && done !== 'unchanged';
    const title = problem !== null ? say(page.error_title, { title: plain }) : isDone ? doneTitle : plain;
    const body = html(own, 'preferences', title, request, { action: pathOf(request), view });
    return sendPersonal(reply, problem === null ? 200 : 422, body);
  }
}

function pathOf(request: TokenRequest): string {
  return `/preferences/${request.params.token}`;
}
