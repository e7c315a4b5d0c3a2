import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { securityHeaders } from './headers.ts';

/** Largest body of a form, in bytes; the contract promises 413 beyond it. */
export const FORM_LIMIT = 16 * 1024;

export type ServerOptions = {
  /** Without it nothing is logged. */
  readonly log?: FastifyBaseLogger;
  /** Addresses and CIDRs of the reverse proxies that are believed. */
  readonly trustProxy: readonly string[];
  readonly requestId: () => string;
  readonly contentSecurityPolicy: string;
  /** Strict-Transport-Security is sent only where the public address is https. */
  readonly https: boolean;
};

/**
 * A Fastify server with the limits, headers and log lines that every route shares; it has no routes yet.
 * Only urlencoded forms are parsed: anything else is 415, until a route says otherwise.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...(options.log === undefined ? {} : { loggerInstance: options.log }),
    disableRequestLogging: true,
    genReqId: options.requestId,
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    bodyLimit: FORM_LIMIT,
    routerOptions: { maxParamLength: 512 },
    // Fastify's timeouts are off by default, and requestTimeout alone is checked only twice a minute: all three belong together.
    requestTimeout: 15_000,
    keepAliveTimeout: 10_000,
    http: { requestTimeout: 15_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: FORM_LIMIT });
  const headers = securityHeaders(options);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      // The pattern, not the address: addresses hold tokens and query strings.
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    const quiet = (request.method === 'GET' || request.method === 'HEAD') && reply.statusCode < 500;
    if (quiet) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
  });
  return app;
}
