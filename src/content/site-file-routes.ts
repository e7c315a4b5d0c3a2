import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageCache } from '../http/page-cache.ts';
import type { Clock } from '../kernel/clock.ts';
import { llmsTxt } from './llms.ts';
import type { Content } from './model.ts';
import { robotsTxt, securityTxt, sitemapXml } from './site-files.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** The files that programs look for at fixed addresses. */
export type SiteFileRoutes = {
  readonly robots: Handler;
  readonly sitemap: Handler;
  readonly llms: Handler;
  readonly securityTxt: Handler;
};

const TEXT = 'text/plain; charset=utf-8';
const XML = 'application/xml; charset=utf-8';

export function siteFileRoutes(parts: {
  readonly content: () => Content;
  readonly cache: PageCache;
  readonly publicUrl: () => string;
  readonly clock: Clock;
}): SiteFileRoutes {
  const { cache, content, publicUrl, clock } = parts;
  return {
    robots: async (_request, reply) =>
      cache.send(reply, '/robots.txt', '', () => robotsTxt(publicUrl()), TEXT),
    sitemap: async (_request, reply) =>
      cache.send(reply, '/sitemap.xml', '', () => sitemapXml(content(), publicUrl()), XML),
    llms: async (_request, reply) =>
      cache.send(reply, '/llms.txt', '', () => llmsTxt(content(), publicUrl()), TEXT),
    // Not kept: its end moves on with the days.
    securityTxt: async (_request, reply) =>
      reply
        .type(TEXT)
        .header('cache-control', 'public, max-age=86400')
        .send(securityTxt(content(), publicUrl(), clock.now())),
  };
}
