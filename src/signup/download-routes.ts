import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentFor } from '../content/languages.ts';
import type { Content } from '../content/model.ts';
import { say } from '../content/phrase.ts';
import type { FinishedDocument, Press, ScreenPictures } from '../documents/model.ts';
import { carriedQuery } from '../http/attribution.ts';
import type { Query } from '../http/attribution.ts';
import { sendFile } from '../http/file.ts';
import { formFields } from '../http/forms.ts';
import type { FormFields } from '../http/forms.ts';
import type { Pages } from '../http/pages.ts';
import { sendPicture } from '../http/picture.ts';
import { personal, sendNothingHere, sendPersonal } from '../http/personal.ts';
import { contentAskedFor } from '../http/reader-language.ts';
import { maskAddress } from '../kernel/address.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { OWN_PAGE } from '../kernel/words.ts';
import { PREFERENCES_LIFETIME } from '../kernel/tokens.ts';
import type { Tokens } from '../kernel/tokens.ts';
import { downloadView } from './download-view.ts';
import { confirmPress, documentRequest, readPress } from './download.ts';
import type { PressParts, PressProblem } from './download.ts';
import type { SignupStore, SignupView } from './port.ts';

export type DownloadParts = PressParts & {
  readonly pages: Pages;
  readonly content: () => Content;
  readonly tokens: Tokens;
  readonly store: Pick<SignupStore, 'findSignup' | 'confirm' | 'renew' | 'recordDownload'>;
  readonly press: Press;
  /** Sends the press from within the page, so that the page after it can follow; without it the file alone comes. */
  readonly pressScript: string;
  readonly countView: (request: FastifyRequest, path: string) => void;
  readonly clock: Clock;
  readonly log: Log;
};

type TokenRequest = FastifyRequest<{ Params: { token: string }; Querystring: Query }>;
type FileRequest = FastifyRequest<{ Params: { token: string; file: string }; Querystring: Query }>;

type Screen = keyof ScreenPictures;
const SCREENS: readonly Screen[] = ['narrow', 'wide'];

/** The visitor's own page with the document, the press on its button, and the file. */
export function downloadRoutes(parts: DownloadParts) {
  const { clock, content, store } = parts;
  return {
    page: holding(async (request: TokenRequest, reply, view) => {
      if (view.confirmedAt === null) parts.countView(request, OWN_PAGE);
      return sendPage(request, reply, view);
    }),

    press: holding(async (request: TokenRequest, reply, view) => {
      const fields = formFields(request.body);
      const reading = readPress(fields, view, content().site.situations);
      if (!reading.ok) return sendPage(request, reply, view, fields, reading.problems);
      const outcome = await confirmPress(parts, view.signupId, reading.press, clock.now());
      if (outcome === 'no_signup') return sendGone(request, reply);
      return personal(reply).redirect(`${pathOf(request)}/${view.offer}.pdf`, 303);
    }),

    file: holding(async (request: FileRequest, reply, view) => {
      const { file: name } = request.params;
      const screen = SCREENS.find((one) => name === `${view.offer}-${one}.svg`);
      if (screen === undefined && name !== `${view.offer}.pdf`) return sendNothingHere(reply);
      if (view.confirmedAt === null) return personal(reply).redirect(pathOf(request), 303);
      if (screen !== undefined) return sendScreen(reply, view.offer, screen);
      const wanted = documentRequest(view, content());
      if (wanted === null) return sendGone(request, reply);
      const document = await parts.press.make(wanted);
      const file = {
        parts: document.parts,
        length: document.length,
        etag: document.sha256,
        type: 'application/pdf',
        name: document.fileName,
        inline: request.query['view'] === '1',
      };
      return sendFile(request, reply, file, () => void countDownload(view.signupId, document));
    }),

    renew: async (request: TokenRequest, reply: FastifyReply) => {
      const now = clock.now();
      const reading = parts.tokens.read('download', request.params.token, now);
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      if (reading.kind === 'valid') return personal(reply).redirect(pathOf(request), 303);
      const view = await store.findSignup(reading.id);
      if (view === null) return sendGone(request, reply);
      const message = { messageId: parts.random.uuid() };
      const outcome = await store.renew(reading.id, content().site.limits, message, now);
      if (outcome === 'planned') parts.wake();
      const own = contentFor(content(), view.offer);
      const { title } = own.words.personal.renewed;
      // The same words when the limits stopped it: how often an address was written to is nobody else's business.
      return sendPersonal(
        reply,
        200,
        html(own, 'renewed', title, request, { address: maskAddress(view.email) }),
      );
    },
  };

  /** A handler for holders of a good token whose signup is still here; all others are answered here. */
  function holding<R extends TokenRequest>(
    answer: (request: R, reply: FastifyReply, view: SignupView) => Promise<FastifyReply>,
  ) {
    return async (request: R, reply: FastifyReply) => {
      const reading = parts.tokens.read('download', request.params.token, clock.now());
      if (reading.kind === 'invalid') return sendNothingHere(reply);
      const view = await store.findSignup(reading.id);
      if (view === null) return sendGone(request, reply);
      if (reading.kind === 'valid') return answer(request, reply, view);
      const own = contentFor(content(), view.offer);
      const { title } = own.words.personal.expired;
      const address = maskAddress(view.email);
      return sendPersonal(
        reply,
        410,
        html(own, 'expired', title, request, { action: `${pathOf(request)}/renew`, address }),
      );
    };
  }

  async function sendPage(
    request: TokenRequest,
    reply: FastifyReply,
    signup: SignupView,
    typed: FormFields = {},
    problems: readonly PressProblem[] = [],
  ) {
    const own = contentFor(content(), signup.offer);
    const offer = own.offers.find((one) => one.key === signup.offer);
    if (offer === undefined) return sendGone(request, reply);
    const pictures = signup.confirmedAt === null ? null : await parts.press.screen(signup.offer);
    // The press came by the script, which cannot hand a file over: the page does, and whoever looks again gets the page alone.
    const isSaving = signup.confirmedAt !== null && request.query['file'] === '1' && problems.length === 0;
    if (isSaving) reply.header('refresh', `1; url=${pathOf(request)}/${signup.offer}.pdf`);
    const view = downloadView({ content: own, offer, view: signup, problems, typed, isSaving });
    const { page, personal: words } = own.words;
    const template = signup.confirmedAt === null ? 'download' : 'confirmed';
    const named = say(words[template].title, { offer: offer.title });
    const title = view.errors.length > 0 ? say(page.error_title, { title: named }) : named;
    const expiresAt = clock.now() + PREFERENCES_LIFETIME;
    const token = parts.tokens.mint({ purpose: 'preferences', id: signup.leadId, expiresAt });
    const { pressScript } = parts;
    const preferences = `/preferences/${token}`;
    const data = { view, action: pathOf(request), preferences, pictures, pressScript };
    const status = view.errors.length > 0 ? 422 : 200;
    return sendPersonal(reply, status, html(own, template, title, request, data));
  }

  /** An infographic for this screen: the same for everybody, and no download. */
  async function sendScreen(reply: FastifyReply, offer: string, screen: Screen) {
    const isOffered = content().offers.some(({ key }) => key === offer);
    const pictures = isOffered ? await parts.press.screen(offer) : null;
    return pictures === null ? sendNothingHere(reply) : sendPicture(reply, pictures[screen].svg);
  }

  function sendGone(request: TokenRequest, reply: FastifyReply) {
    // Nothing is left that could tell her language, but her browser.
    const own = contentAskedFor(reply, content());
    return sendPersonal(reply, 410, html(own, 'gone', own.words.personal.gone.title, request, {}));
  }

  function html(
    { site: { language } }: Content,
    template: string,
    title: string,
    request: TokenRequest,
    data: Record<string, unknown>,
  ) {
    const frame = { title, description: null, language, path: null, query: carriedQuery(request.query) };
    return parts.pages.html(template, frame, data);
  }

  /** The file is with the visitor already: a count that cannot be written is worth a log line, not an error page. */
  async function countDownload(signupId: string, document: FinishedDocument): Promise<void> {
    const { contentVersion, sha256, length: bytes } = document;
    try {
      await store.recordDownload({ signupId, at: clock.now(), contentVersion, sha256, bytes });
    } catch (error) {
      parts.log.error({ signupId, err: error }, 'download not counted');
    }
  }
}

function pathOf(request: TokenRequest): string {
  return `/download/${request.params.token}`;
}
