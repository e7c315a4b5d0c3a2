import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';

export type OriginRules = {
  /** Scheme and host of this funnel, as visitors see it. */
  readonly publicOrigin: string;
  /** Other sites that may ask for this as well. */
  readonly allowed: readonly string[];
};

/**
 * True when a browser says that the request was made by another site. Neither header present is fine: mail programs' servers and
 * command-line tools send none, and they carry no cookies of ours either. (OWASP's cheat sheet on CSRF: Fetch Metadata, Origin behind it.)
 */
export function isCrossSite(headers: IncomingHttpHeaders, rules: OriginRules): boolean {
  const origin = headers.origin?.toLowerCase();
  if (origin !== undefined && rules.allowed.includes(origin)) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  if (origin === undefined) return false;
  // Browsers that guard their privacy hide the origin even from us; no page of another site can set Sec-Fetch-Site.
  if (origin === 'null') return site !== 'same-origin';
  return origin !== rules.publicOrigin && hostOf(origin) !== headers.host?.toLowerCase();
}

function hostOf(origin: string): string | null {
  return URL.parse(origin)?.host ?? null;
}

/** Refuses what another site asks for, with a page that says how to go on. */
export function sameSiteGuard(
  rules: () => OriginRules,
  errors: { send(reply: FastifyReply, failure: 'forbidden'): FastifyReply },
) {
  return async (request: FastifyRequest, reply: FastifyReply) =>
    isCrossSite(request.headers, rules()) ? errors.send(reply, 'forbidden') : undefined;
}
