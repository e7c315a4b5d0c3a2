import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Content } from '../content/model.ts';
import { isCrossSite } from '../http/cross-site.ts';
import { formFields } from '../http/forms.ts';
import { asFramedPreview, mayFrameOurs } from '../http/framing.ts';
import { isLoopbackHost } from '../kernel/network.ts';
import type { Templates } from '../kernel/templates.ts';
import type { DeskPages } from './pages.ts';
import { leastWidth, qrOf, qrPath, qrPng, qrSvg } from './qr.ts';
import type { QrCode } from './qr.ts';
import { campaignLines } from './share-campaigns.ts';
import { ownForm, readFormWish } from './share-form.ts';
import type { FormReading, FormWish } from './share-form.ts';
import { readLink } from './share-link.ts';
import type { LinkFields } from './share-link.ts';
import { settingFor, siteStandings } from './share-origins.ts';
import { sharedPages } from './share-pages.ts';
import type { ShareStore } from './share-port.ts';
import { suggestionsFor } from './share-suggestions.ts';

export type ShareRouteParts = {
  readonly store: ShareStore;
  readonly content: () => Content;
  readonly templates: Templates;
  readonly pages: DeskPages;
  readonly publicUrl: () => string;
  /** Sites that may post the form, beside our own. */
  readonly allowedOrigins: readonly string[];
};

const HTML = 'text/html; charset=utf-8';
/** Campaigns in the table: more than a coach runs in years. */
const MOST = 100;

/** Links and codes for campaigns, what they brought, and the form for the coach's own site. */
export function shareRoutes(parts: ShareRouteParts) {
  const { store, content, publicUrl, allowedOrigins } = parts;
  return {
    share: async (request: FastifyRequest, reply: FastifyReply) => {
      const fields = formFields(request.query);
      const reading = linkAsked(fields);
      const form = readFormWish(fields, content().offers);
      const campaigns = campaignLines(await store.campaignNumbers(MOST));
      const wrong = [...(reading.kind === 'wrong' ? reading.problems : []), ...(form?.problems ?? [])];
      const standings = siteStandings(content().site.url, allowedOrigins, mayPost);
      const html = parts.pages.html(
        'share',
        { title: wrong.length > 0 ? 'Error: share' : 'Share', here: 'share' },
        {
          wrong,
          typed: reading.typed,
          made: reading.kind === 'link' ? madeOf(reading.link, reading.typed) : null,
          groups: sharedPages(content()),
          suggestions: suggestionsFor(campaigns),
          campaigns,
          most: MOST,
          publicUrl: publicUrl(),
          isLocal: isLoopbackHost(new URL(publicUrl()).hostname),
          // What was typed into one form is not lost by sending the other.
          linkFields: fields['to'] === undefined ? [] : Object.entries(reading.typed),
          formFields: ['offer', 'place'].flatMap((name) =>
            fields[name] === undefined ? [] : [[name, fields[name]]],
          ),
          form: form === null ? null : formView(form),
          offers: content().offers.map(({ key, title, language }) => ({ key, title, language })),
          standings,
          setting: settingFor(standings, allowedOrigins),
        },
      );
      return mayFrameOurs(reply)
        .code(wrong.length > 0 ? 422 : 200)
        .type(HTML)
        .send(html);
    },

    /** The form as it looks on a page without any style; its button does nothing here. */
    form: async (request: FastifyRequest, reply: FastifyReply) => {
      const form = readFormWish(formFields(request.query), content().offers);
      if (form === null || form.problems.length > 0) return reply.callNotFound();
      const page = `<!doctype html><html lang="${form.wish.offer.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Form</title>\n${snippetOf(form.wish)}</html>\n`;
      return asFramedPreview(reply).type(HTML).send(page);
    },

    svg: coded(({ code, name, link }, reply) =>
      download(reply, `${name}.svg`, 'image/svg+xml', qrSvg(code, link)),
    ),

    png: coded(({ code, name }, reply) => download(reply, `${name}.png`, 'image/png', qrPng(code))),
  };

  /** A handler for those who ask for a link that can be made. */
  function coded(
    answer: (made: { code: QrCode; name: string; link: string }, reply: FastifyReply) => FastifyReply,
  ) {
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const reading = linkAsked(formFields(request.query));
      if (reading.kind !== 'link') return reply.callNotFound();
      return answer({ code: qrOf(reading.link), name: fileName(reading.typed), link: reading.link }, reply);
    };
  }

  function linkAsked(fields: ReturnType<typeof formFields>) {
    const paths = sharedPages(content()).flatMap(({ pages }) => pages.map(({ path }) => path));
    return readLink(fields, paths, publicUrl());
  }

  function formView({ wish, problems }: FormReading) {
    const query = new URLSearchParams({ offer: wish.offer.key, place: wish.place }).toString();
    return {
      offer: wish.offer.key,
      place: wish.place,
      text: problems.length > 0 ? null : snippetOf(wish),
      frame: `/admin/share/form.html?${query}`,
    };
  }

  function snippetOf(wish: FormWish): string {
    return parts.templates.render('desk/own-form', ownForm(wish, content(), publicUrl()));
  }

  function mayPost(origin: string): boolean {
    const rules = { publicOrigin: new URL(publicUrl()).origin, allowed: allowedOrigins };
    return origin === rules.publicOrigin || !isCrossSite({ origin, 'sec-fetch-site': 'cross-site' }, rules);
  }
}

function madeOf(link: string, typed: LinkFields) {
  const code = qrOf(link);
  return {
    link,
    query: new URLSearchParams(typed).toString(),
    size: code.length,
    path: qrPath(code),
    millimetres: leastWidth(code),
  };
}

function fileName({ source, campaign }: LinkFields): string {
  return ['qr', source, campaign]
    .map((part) => part.replace(/[^a-z0-9-]+/g, ''))
    .filter(Boolean)
    .join('-');
}

function download(reply: FastifyReply, name: string, type: string, body: string | Uint8Array): FastifyReply {
  return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(body);
}
