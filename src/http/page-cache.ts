import type { FastifyReply } from 'fastify';
import { GAP } from './gaps.ts';
import { represent, representWithGaps, sendRepresentation, sendWithQuery } from './representation.ts';
import type { GappedRepresentation, Representation } from './representation.ts';

/** Browsers keep the page but ask each time whether it is still right: an edit is seen at once. */
const REVALIDATE = 'public, max-age=0, must-revalidate';

/** Pages that hold nothing personal: rendered and compressed once per version of the content. */
export interface PageCache {
  /**
   * Sends the page, rendering it only if it is not kept.
   * @param page names what is shown, without the carried query; from a closed set, never from what a visitor typed.
   * @param query the carried query, on which the links in the page depend.
   * @param render the page with the query in its links that it is given: none, or the mark of a gap.
   */
  send(reply: FastifyReply, page: string, query: string, render: Render, type?: string): FastifyReply;
  /** The same with the status that was set, for a page that browsers are not to keep, such as that of an error. */
  sendUnkept(reply: FastifyReply, page: string, query: string, render: Render): FastifyReply;
}

type Render = (query: string) => string;

const HTML = 'text/html; charset=utf-8';

/** @param version changes when a page's words may have changed: everything kept is then forgotten. */
export function createPageCache(version: () => string): PageCache {
  // Two for each page, however many campaigns there are.
  const plain = new Map<string, Representation>();
  const gapped = new Map<string, GappedRepresentation>();
  let kept = version();
  const send = (
    reply: FastifyReply,
    page: string,
    query: string,
    render: Render,
    type: string,
    cacheControl: string | null,
  ) => {
    if (kept !== version()) {
      plain.clear();
      gapped.clear();
      kept = version();
    }
    if (query === '') {
      const found = lookUp(plain, page, () => represent(type, render('')));
      return sendRepresentation(reply, found, cacheControl);
    }
    const found = lookUp(gapped, page, () => representWithGaps(type, render(GAP)));
    return sendWithQuery(reply, found, query, cacheControl);
  };
  return {
    send: (reply, page, query, render, type = HTML) => send(reply, page, query, render, type, REVALIDATE),
    sendUnkept: (reply, page, query, render) => send(reply, page, query, render, HTML, null),
  };
}

function lookUp<Kept>(pages: Map<string, Kept>, key: string, make: () => Kept): Kept {
  const found = pages.get(key);
  if (found !== undefined) return found;
  const made = make();
  pages.set(key, made);
  return made;
}
