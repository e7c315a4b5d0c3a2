import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentFor } from '../content/languages.ts';
import type { Offer } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import { cameFrom, carriedQuery } from '../http/attribution.ts';
import type { Query } from '../http/attribution.ts';
import type { FormFields } from '../http/forms.ts';
import type { PageCache } from '../http/page-cache.ts';
import type { Frame } from '../http/pages.ts';
import { personal, sendPersonal } from '../http/personal.ts';
import { mayRunFiles } from '../http/running.ts';
import type { Clock } from '../kernel/clock.ts';
import { networkOf } from '../kernel/network.ts';
import type { FormOutcome } from './form.ts';
import { landingPage } from './landing-page.ts';
import type { LandingPageParts } from './landing-page.ts';
import { typedValues } from './landing-view.ts';
import { limitedView, retryWords } from './limited.ts';
import { createPatience } from './patience.ts';
import type { SignupResult } from './signup.ts';
import type { WorkCheck } from './work.ts';

export type RefusalParts = LandingPageParts & {
  readonly publicUrl: () => string;
  readonly cache: PageCache;
  readonly clock: Clock;
  readonly work: WorkCheck;
};

/** A form that was posted to an offer's address. */
export type Posted = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly offer: Offer;
  readonly fields: FormFields;
};

export type Refused = Extract<FormOutcome, { ok: false }>;
export type Limited = Extract<SignupResult, { kind: 'limited' }>;

/** How a form is answered that is not taken. All that was typed stands in it again, until its network has sent too many such forms. */
export type Refusals = {
  /** With 422 where something is wrong or is asked. */
  readonly again: (posted: Posted, refused: Refused) => FastifyReply;
  /** With 429 beyond a limit. Where work helps, the browser can do it there. */
  readonly limited: (posted: Posted, limited: Limited) => Promise<FastifyReply>;
};

export function createRefusals(parts: RefusalParts): Refusals {
  const patience = createPatience();
  return {
    again: (posted, { errors, question }) => {
      const { request, reply, offer } = posted;
      const tired = tooMany(posted);
      if (tired !== null) return tired;
      const { words } = contentFor(parts.content(), offer.key);
      // A question is no error: nothing may be wrong, so the title does not say so (GOV.UK keeps `Error:` for what must be mended).
      const phrase = errors.length > 0 ? words.page.error_title : words.page.email_question.title;
      const titled = (title: string) => say(phrase, { title });
      const typed = typedOf(posted);
      const page = landingPage(parts, offer, queryOf(request), { titled, typed, errors, question });
      return sendPersonal(reply, 422, page);
    },

    limited: async (posted, { scope, retryAt }) => {
      const { request, reply, offer } = posted;
      const tired = tooMany(posted);
      if (tired !== null) return tired;
      const content = contentFor(parts.content(), offer.key);
      const { title } = content.words.page.limited;
      const now = parts.clock.now();
      const retry = retryWords(now, retryAt, content.site);
      const sum = scope === 'overall' ? await parts.work.ask(offer.key, now) : null;
      const { language } = offer;
      const frame: Frame = { title, description: null, language, path: null, query: queryOf(request) };
      const view = limitedView(content, offer, typedOf(posted), { scope, retry }, sum);
      if (sum !== null) mayRunFiles(reply);
      const page = parts.pages.html('limited', frame, view);
      return sendPersonal(reply.header('retry-after', String(retry.seconds)), 429, page);
    },
  };

  /** The short answer, where the network has used up our patience; it counts this form. */
  function tooMany({ request, reply, offer }: Posted): FastifyReply | null {
    const now = parts.clock.now();
    const until = patience.spentUntil(networkOf(request.ip), now);
    if (until === null) return null;
    const { site, words, base } = contentFor(parts.content(), offer.key);
    const { title, text, wait } = words.page.too_many;
    const retry = retryWords(now, until, site);
    personal(reply).code(429).header('retry-after', String(retry.seconds));
    // By the minute there are ten of it.
    const name = `${base}/ too many, ${retry.wait}`;
    return parts.cache.sendUnkept(reply, name, queryOf(request), (query) => {
      const frame = { title, description: null, language: offer.language, path: null, query };
      const paragraphs = [text, say(wait, { wait: retry.wait })];
      return parts.pages.html('message', frame, { heading: title, paragraphs });
    });
  }

  function typedOf({ request, offer, fields }: Posted) {
    const { consent } = contentFor(parts.content(), offer.key);
    return typedValues(fields, consent.version, cameFrom(request, fields['referrer'], parts.publicUrl()));
  }
}

function queryOf(request: FastifyRequest): string {
  return carriedQuery(request.query as Query);
}
