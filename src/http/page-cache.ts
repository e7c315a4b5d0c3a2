import type { FastifyReply, FastifyRequest } from 'fastify';
import { represent, sendRepresentation } from './representation.ts';
import type { Representation } from './representation.ts';

/** Browsers keep the page but ask each time whether it is still right: an edit is seen at once. */
const REVALIDATE = 'public, max-age=0, must-revalidate';
/** Campaigns have endless names; those in use at one time are few. */
const CAMPAIGNS_KEPT = 200;
/** Brotli's effort: 9 costs some milliseconds and is paid once a page; a campaign's page must not let strangers spend our time. */
const EFFORT = 9;
const CAMPAIGN_EFFORT = 4;

/** Pages that hold nothing personal: rendered and compressed once per version of the content. */
export interface PageCache {
  /**
   * Sends the page, rendering it only if it is not kept.
   * @param page names what is shown, without the carried query; from a closed set, never from what a visitor typed.
   * @param query the carried query, on which the links in the page depend.
   */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    page: string,
    query: string,
    render: () => string,
    type?: string,
  ): FastifyReply;
}

/** @param version changes when a page's words may have changed: everything kept is then forgotten. */
export function createPageCache(version: () => string): PageCache {
  const plain = new Map<string, Representation>();
  const campaigns = new Map<string, Representation>();
  let kept = version();
  return {
    send: (request, reply, page, query, render, type = 'text/html; charset=utf-8') => {
      if (kept !== version()) {
        plain.clear();
        campaigns.clear();
        kept = version();
      }
      const found =
        query === ''
          ? lookUp(plain, page, () => represent(type, render(), EFFORT))
          : lookUpRecent(campaigns, page + query, () => represent(type, render(), CAMPAIGN_EFFORT));
      return sendRepresentation(request, reply, found, REVALIDATE);
    },
  };
}

function lookUp(pages: Map<string, Representation>, key: string, make: () => Representation): Representation {
  const found = pages.get(key);
  if (found !== undefined) return found;
  const made = make();
  pages.set(key, made);
  return made;
}

/** A map keeps the order of insertion: what was used longest ago stands first and goes first. */
function lookUpRecent(
  pages: Map<string, Representation>,
  key: string,
  make: () => Representation,
): Representation {
  const found = pages.get(key) ?? make();
  pages.delete(key);
  pages.set(key, found);
  const oldest = pages.keys().next();
  if (pages.size > CAMPAIGNS_KEPT && oldest.done !== true) pages.delete(oldest.value);
  return found;
}
