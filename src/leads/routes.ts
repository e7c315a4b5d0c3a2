import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Content } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import { carriedQuery } from '../http/attribution.ts';
import type { Query } from '../http/attribution.ts';
import { formFields } from '../http/forms.ts';
import type { FormFields } from '../http/forms.ts';
import type { Pages } from '../http/pages.ts';
import { personal, sendNothingHere, sendPersonal } from '../http/personal.ts';
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

type TokenRequest = FastifyRequest<{ Params: { token: string }; Querystring: Query }>;

/** The visitor's preferences, her data and its erasure. */
export function preferencesRoutes(parts: PreferencesParts) {
  const { clock, content, store, tokens } = parts;
  return {
    preferences: async (request: TokenRequest, reply: FastifyReply) => {
      const reading = tokens.read('preferences', request.params.token, clock.now());
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      if (reading.kind === 'expired') return sendOver(request, reply);
      const lead = await store.findLead(reading.id);
      return lead === null ? sendGone(request, reply) : sendPreferences(request, reply, lead);
    },

    change: async (request: TokenRequest, reply: FastifyReply) => {
      const { token } = request.params;
      const now = clock.now();
      const reading = tokens.read('preferences', token, now);
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      if (reading.kind === 'expired') return sendOver(request, reply);
      const lead = await store.findLead(reading.id);
      if (lead === null) return sendGone(request, reply);
      const fields = formFields(request.body);
      const wish = readWish(fields, now, momentPlace(lead.timezone, content().site).timeZone);
      if (wish.kind === 'problem') return sendPreferences(request, reply, lead, fields, wish.problem);
      const outcome = await carryOut(parts, lead.leadId, wish, now, '/preferences');
      if (outcome === 'no_lead') return sendGone(request, reply);
      parts.wake();
      const done = outcome === 'done' ? wish.action : outcome;
      return personal(reply).redirect(`/preferences/${token}?done=${done}`, 303);
    },

    data: async (request: TokenRequest, reply: FastifyReply) => {
      const reading = tokens.read('data', request.params.token, clock.now());
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      if (reading.kind === 'expired') return sendOver(request, reply);
      const data = await store.dataOf(reading.id);
      if (data === null) return sendGone(request, reply);
      return personal(reply)
        .header('content-disposition', 'attachment; filename="my-data.json"')
        .type('application/json; charset=utf-8')
        .send(`${JSON.stringify(data, null, 2)}\n`);
    },

    erasePage: async (request: TokenRequest, reply: FastifyReply) => {
      const reading = tokens.read('erase', request.params.token, clock.now());
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      if (reading.kind === 'expired') return sendOver(request, reply);
      const lead = await store.findLead(reading.id);
      if (lead === null) return sendGone(request, reply);
      const { title } = content().words.personal.erase;
      return sendPersonal(reply, 200, html('erase', title, request, { address: maskAddress(lead.email) }));
    },

    erase: async (request: TokenRequest, reply: FastifyReply) => {
      const now = clock.now();
      const reading = tokens.read('erase', request.params.token, now);
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      if (reading.kind === 'expired') return sendOver(request, reply);
      // Erased already is erased: a second press gets the same answer.
      await store.eraseLead(reading.id, now);
      const { done_title: title } = content().words.personal.erase;
      return sendPersonal(reply, 200, html('erased', title, request, {}));
    },
  };

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
    const view = preferencesView({ content: content(), lead, receipts, messages, now, done, problem, typed });
    const { page, personal: words } = content().words;
    const title =
      problem === null
        ? words.preferences.title
        : say(page.error_title, { title: words.preferences.title });
    const body = html('preferences', title, request, { view });
    return sendPersonal(reply, problem === null ? 200 : 422, body);
  }

  function sendOver(request: TokenRequest, reply: FastifyReply) {
    return sendPersonal(reply, 410, html('over', content().words.personal.over.title, request, {}));
  }

  function sendGone(request: TokenRequest, reply: FastifyReply) {
    return sendPersonal(reply, 410, html('gone', content().words.personal.gone.title, request, {}));
  }

  function html(template: string, title: string, request: TokenRequest, data: Record<string, unknown>) {
    return parts.pages.html(
      template,
      { title, description: null, path: null, query: carriedQuery(request.query) },
      { action: `/preferences/${request.params.token}`, ...data },
    );
  }
}
