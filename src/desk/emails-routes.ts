import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentIn, contentsOf, ownOffers } from '../content/languages.ts';
import { EMAIL_KEYS } from '../content/model.ts';
import type { Content } from '../content/model.ts';
import { DAY } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { ErrorPages } from '../http/errors.ts';
import { formFields } from '../http/forms.ts';
import { asFramedPreview, mayFrameOurs } from '../http/framing.ts';
import { momentPlace } from '../leads/moments.ts';
import type { Timetable } from '../leads/timetable.ts';
import type { Composer } from '../mail/order.ts';
import { SAMPLE_READER, sampleOrder } from '../mail/sample-order.ts';
import type { StepNumbersStore } from '../sequence/numbers-port.ts';
import type { SequenceStore } from '../sequence/port.ts';
import { resumeByHand, settleByHand } from './emails-acts.ts';
import { noticeOf } from './emails-notices.ts';
import type { Done } from './emails-notices.ts';
import { emailCards } from './emails-view.ts';
import type { EmailCard } from './emails-view.ts';
import { OVERDUE_AFTER } from './health.ts';
import type { DeskPages } from './pages.ts';
import { tellPause } from './pause-words.ts';
import type { EmailsStore } from './port.ts';
import { doubtTold, stateInWords } from './state-words.ts';

export type EmailsRouteParts = {
  readonly store: EmailsStore & SequenceStore & StepNumbersStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly content: () => Content;
  readonly compose: Composer;
  readonly timetable: () => Timetable;
  readonly pages: DeskPages;
  readonly errors: ErrorPages;
  readonly wake: () => void;
  /** In words: how emails leave. */
  readonly emailsGo: string;
};

type StepRequest = FastifyRequest<{ Params: { step: string }; Querystring: { readonly language?: unknown } }>;
type MessageRequest = FastifyRequest<{ Params: { messageId: string } }>;

const HTML = 'text/html; charset=utf-8';
/** Rows of a list that only a great mishap fills. */
const MOST = 100;
const RECENT = 20;

/** What the coach sees of the sender, and the buttons by which she has her say. */
export function emailsRoutes(parts: EmailsRouteParts) {
  const { store, clock, random, content, compose, timetable, pages, errors, wake } = parts;
  return {
    emails: async (request: FastifyRequest, reply: FastifyReply) => {
      const now = clock.now();
      const [pause, overdue, doubts, doubtCount, stale, numbers] = await Promise.all([
        store.senderPause(now),
        store.countOverdue(now, OVERDUE_AFTER),
        store.openDoubts(MOST),
        store.countDoubts(0),
        store.stoppedAsStale(now - 30 * DAY, MOST),
        store.stepNumbers(),
      ]);
      const html = pages.html(
        'emails',
        { title: 'Emails', here: 'emails' },
        {
          notice: noticeOf(formFields(request.query)),
          pause: pause === null ? null : tellPause(pause, place()),
          emailsGo: parts.emailsGo,
          overdue,
          doubts: doubts.map((doubt) => doubtTold(doubt, place())),
          doubtCount,
          stale,
          ...emailCards(content(), numbers),
        },
      );
      return reply.type(HTML).send(html);
    },

    email: async (request: StepRequest, reply: FastifyReply) => {
      const card = await cardOf(request.params.step, contentWith(request.query.language));
      if (card === null) return reply.callNotFound();
      const recent = await store.recentSends(card.numbers.kind, card.step, RECENT);
      const html = pages.html(
        'email',
        { title: card.name, here: 'emails' },
        {
          card,
          recent: recent.map((send) => ({ ...send, told: stateInWords(send) })),
          written: card.isThere ? written(card.step, request.query.language) : null,
          language: contentWith(request.query.language).site.language,
          languages: languageChoices(content()),
          reader: SAMPLE_READER.firstName,
          timeZone: content().site.timeZone,
        },
      );
      return mayFrameOurs(reply).type(HTML).send(html);
    },

    preview: async (request: StepRequest, reply: FastifyReply) => {
      const { step } = request.params;
      const isThere = [...EMAIL_KEYS, ...content().sequence.map(({ key }) => key)].includes(step);
      const composition = isThere ? written(step, request.query.language) : null;
      if (composition?.kind !== 'composed') return reply.callNotFound();
      // Every link wants a new window, and the sandbox opens none: in the preview nothing leads anywhere.
      const html = composition.email.html.replace('<head>', '<head><base target="_blank">');
      return asFramedPreview(reply).type(HTML).send(html);
    },

    pause: async (_request: FastifyRequest, reply: FastifyReply) => {
      const at = clock.now();
      const before = await store.senderPause(at);
      await store.holdSending({ kind: 'coach', reason: 'all emails are paused by the coach', at });
      return back(reply, before?.until === null ? 'paused-already' : 'paused');
    },

    resume: async (_request: FastifyRequest, reply: FastifyReply) => {
      const outcome = await resumeByHand(store, clock.now(), timetable());
      if (outcome.kind === 'not_held') return back(reply, 'sending-already');
      wake();
      return reply.redirect(`/admin/emails?done=resumed&moved=${outcome.moved}`, 303);
    },

    settle: async (request: MessageRequest, reply: FastifyReply) => {
      const { word, from } = formFields(request.body);
      if (word !== 'arrived' && word !== 'send_again') return errors.send(reply, 'bad_request');
      const { messageId } = request.params;
      const outcome = await settleByHand(store, { messageId, word, at: clock.now(), timetable: timetable() });
      if (outcome === null) return reply.callNotFound();
      wake();
      const path = from === 'lead' ? `/admin/leads/${outcome.leadId}` : '/admin/emails';
      return back(reply, outcome.done, path);
    },
  };

  function place() {
    return momentPlace(null, content().site);
  }

  /** @param shown in the language at hand: its subjects, and their trial. */
  async function cardOf(step: string, shown: Content): Promise<EmailCard | null> {
    const { sequence, asked } = emailCards(shown, await store.stepNumbers());
    return [...sequence, ...asked].find((card) => card.step === step) ?? null;
  }

  /** As somebody reads it who asked for the first offer of that language. */
  function written(step: string, language: unknown) {
    const now = clock.now();
    return compose(sampleOrder(step, { offers: ownOffers(contentWith(language)) }, random, now), now);
  }

  function contentWith(language: unknown): Content {
    return typeof language === 'string' ? contentIn(content(), language) : content();
  }
}

/** The languages that emails are written in, by their English names, as the desk speaks; one alone is no choice. */
function languageChoices(content: Content) {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const all = contentsOf(content).filter((one) => ownOffers(one).length > 0);
  return all.length < 2
    ? []
    : all.map(({ site: { language } }) => ({ language, name: names.of(language) ?? language }));
}

function back(reply: FastifyReply, done: Done, path = '/admin/emails'): FastifyReply {
  return reply.redirect(`${path}?done=${done}`, 303);
}
