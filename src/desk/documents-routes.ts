import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Content, Offer } from '../content/model.ts';
import type { ContentSource } from '../content/source.ts';
import type { DocumentFacts } from '../documents/facts.ts';
import type { Press } from '../documents/model.ts';
import { sendFile } from '../http/file.ts';
import { formFields } from '../http/forms.ts';
import { sendPicture } from '../http/picture.ts';
import type { Log } from '../kernel/log.ts';
import { pagesQuery, readWish } from './document-wish.ts';
import type { DocumentWish, WishReading } from './document-wish.ts';
import type { DocumentsStore } from './documents-port.ts';
import { mistakesTold } from './health.ts';
import type { DeskPages } from './pages.ts';

export type DocumentsRouteParts = {
  readonly store: DocumentsStore;
  readonly content: () => Content;
  readonly source: Pick<ContentSource, 'problems' | 'isBehind'>;
  readonly press: Pick<Press, 'make' | 'pictures'>;
  /** Null as long as the document has not been counted. */
  readonly factsOf: (offerKey: string) => DocumentFacts | null;
  readonly pages: DeskPages;
  readonly log: Log;
};

type OfferRequest = FastifyRequest<{ Params: { offer: string } }>;
type PageRequest = FastifyRequest<{ Params: { offer: string; page: string } }>;

const HTML = 'text/html; charset=utf-8';
/** CSS pixels at full size: points, which is what the pictures are drawn in. */
const SIZES = { a4: { width: 595, height: 842 }, letter: { width: 612, height: 792 } } as const;

/** What the coach sees of the documents: which there are, and any page of any variant before a reader gets it. */
export function documentsRoutes(parts: DocumentsRouteParts) {
  const { content, press, store, log, source } = parts;
  return {
    documents: async (_request: FastifyRequest, reply: FastifyReply) => {
      const numbers = await store.documentNumbers();
      const { offers, site } = content();
      const { typed } = readWish({}, site);
      const rows = offers.map((offer) => ({
        ...cardOf(offer),
        downloads: numbers.find((one) => one.offer === offer.key)?.downloads ?? 0,
        people: numbers.find((one) => one.offer === offer.key)?.people ?? 0,
        cover: `/admin/documents/${offer.key}/pages/1.svg?paper=${typed.paper}`,
        size: SIZES[typed.paper === 'letter' ? 'letter' : 'a4'],
      }));
      return send(reply, 200, 'documents', 'Documents', { rows });
    },

    document: holding(async (request: OfferRequest, reply, offer) => {
      const reading = readWish(formFields(request.query), content().site);
      if (!reading.ok) return sendDocument(reply, 422, offer, reading, null);
      const drawn = await drawnOrNull(offer, reading.wish);
      return sendDocument(reply, drawn === null ? 503 : 200, offer, reading, drawn?.length ?? null);
    }),

    page: holding(async (request: PageRequest, reply, offer) => {
      const reading = readWish(formFields(request.query), content().site);
      if (!reading.ok) return reply.callNotFound();
      const drawn = await drawnOrNull(offer, reading.wish);
      if (drawn === null) return sendDocument(reply, 503, offer, reading, null);
      const number = pageNumber(request.params.page);
      if (drawn[number - 1] === undefined) return reply.callNotFound();
      const query = pagesQuery(reading.wish);
      const size = SIZES[reading.wish.paper];
      const title = `Page ${number} of ${drawn.length}: ${offer.title}`;
      return send(reply, 200, 'document-page', title, {
        card: cardOf(offer),
        page: number,
        count: drawn.length,
        query,
        size,
      });
    }),

    picture: holding(async (request: PageRequest, reply, offer) => {
      const reading = readWish(formFields(request.query), content().site);
      if (!reading.ok) return reply.callNotFound();
      const drawn = await drawnOrNull(offer, reading.wish);
      if (drawn === null) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_DRAWN);
      const svg = drawn[pageNumber(request.params.page) - 1];
      return svg === undefined ? reply.callNotFound() : sendPicture(reply, svg);
    }),

    /** Made as a reader gets it, and counted nowhere. */
    pdf: holding(async (request: OfferRequest, reply, offer) => {
      const reading = readWish(formFields(request.query), content().site);
      if (!reading.ok) return sendDocument(reply, 422, offer, reading, null);
      const { paper, reader } = reading.wish;
      const made = await press.make({ offer: offer.key, paper, reader });
      const file = {
        parts: made.parts,
        length: made.length,
        etag: made.sha256,
        type: 'application/pdf',
        name: `Preview-${made.fileName}`,
        inline: true,
      };
      return sendFile(request, reply, file, () => {});
    }),
  };

  /** A handler for offers that are there. */
  function holding<R extends OfferRequest>(
    answer: (request: R, reply: FastifyReply, offer: Offer) => Promise<unknown>,
  ) {
    return async (request: R, reply: FastifyReply) => {
      const offer = content().offers.find(({ key }) => key === request.params.offer);
      return offer === undefined ? reply.callNotFound() : answer(request, reply, offer);
    };
  }

  function sendDocument(
    reply: FastifyReply,
    status: 200 | 422 | 503,
    offer: Offer,
    reading: WishReading,
    count: number | null,
  ): FastifyReply {
    const { situations } = content().site;
    return send(reply, status, 'document', reading.ok ? offer.title : `Error: ${offer.title}`, {
      card: cardOf(offer),
      situations,
      typed: reading.typed,
      wrong: reading.ok ? [] : reading.problems,
      count,
      failed: status === 503,
      query: reading.ok ? pagesQuery(reading.wish) : '',
      size: SIZES[reading.ok ? reading.wish.paper : 'a4'],
    });
  }

  function send(
    reply: FastifyReply,
    status: number,
    template: string,
    title: string,
    data: Readonly<Record<string, unknown>>,
  ): FastifyReply {
    const { version, site } = content();
    const html = parts.pages.html(
      template,
      { title, here: 'documents' },
      {
        version,
        edition: new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(
          new Date(`${site.updated}T00:00:00Z`),
        ),
        mistakes: mistakesTold(source),
        problems: source.problems(),
        ...data,
      },
    );
    return reply.code(status).type(HTML).send(html);
  }

  function cardOf({ key, title, card, document }: Offer) {
    return { key, title, card, kind: document.kind, facts: parts.factsOf(key) };
  }

  async function drawnOrNull(offer: Offer, { situation, paper }: DocumentWish) {
    try {
      return await press.pictures({ offer: offer.key, situation, paper });
    } catch (error) {
      log.error({ offer: offer.key, situation, paper, err: error }, 'the pages could not be drawn');
      return null;
    }
  }
}

const NOT_DRAWN = 'The page could not be drawn. The server’s log tells why.\n';

/** 0 for what is no number: no document has such a page. */
function pageNumber(text: string): number {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0;
}
