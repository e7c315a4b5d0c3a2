import formbody from '@fastify/formbody';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SECOND } from '../kernel/clock.ts';
import { securityHeaders } from './headers.ts';

/** Largest body of a form, in bytes; the contract promises 413 beyond it. */
export const FORM_LIMIT = 16 * 1024;

/** Supervisors kill after ten seconds as a rule. */
const CLOSING_PATIENCE = 4 * SECOND;

export type ServerOptions = {
  /** Without it nothing is logged. */
  readonly log?: FastifyBaseLogger;
  /** Addresses and CIDRs of the reverse proxies that are believed. */
  readonly trustProxy: readonly string[];
  readonly requestId: () => string;
  readonly contentSecurityPolicy: string;
  /** Strict-Transport-Security is sent only where the public address is https. */
  readonly https: boolean;
  /** Answers an address that no route can read: a broken escape, or a part of endless length. */
  readonly unreadable: (reply: FastifyReply) => FastifyReply;
};

/**
 * A Fastify server with the limits, headers and log lines that every route shares; it has no routes yet.
 * Only urlencoded forms are parsed: anything else is 415, until a route says otherwise.
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const headers = securityHeaders(options);
  const app = Fastify({
    ...(options.log === undefined ? {} : { loggerInstance: withoutListening(options.log) }),
    // Its own lines hold the address with its token; ours, below, hold the pattern.
    logController: new LogController({ disableRequestLogging: true }),
    // These never reach the hooks, and Fastify's own answer would repeat the address as JSON.
    frameworkErrors: (_error, _request, reply) => void options.unreadable(reply.headers(headers)),
    genReqId: options.requestId,
    // A logger of its own for each request would cost more than the request: lines name its id themselves.
    childLoggerFactory: (logger) => options.log ?? logger,
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
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  let warned = false;
  // Hooks with a callback: a promise for each would cost every request two turns more.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    done();
    if (warned || !isForwardedByStranger(request)) return;
    warned = true;
    request.log.warn(
      'a peer that TRUST_PROXY does not name sends forwarding headers; they are ignored, and all who come through it count as one visitor for the limits',
    );
  });
  app.addHook('onResponse', (request, reply, done) => {
    done();
    // A head that went out before we closed promised to keep the connection; nothing comes on it any more, and the stop waits for it.
    if (closing) request.raw.socket.destroySoon();
    const quiet = (request.method === 'GET' || request.method === 'HEAD') && reply.statusCode < 500;
    if (quiet && request.log.level !== 'debug' && request.log.level !== 'trace') return;
    const line = {
      request: request.id,
      method: request.method,
      // The pattern, not the address: addresses hold tokens and query strings.
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (quiet) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
  });
  return app;
}

/**
 * The logger for what Fastify says of itself: without its "Server listening at …", which cannot be turned off and would stand
 * above the links that a newcomer looks for. Its price: from `info` on, Fastify's own lines begin at `warn`; `debug` shows all.
 */
function withoutListening(log: FastifyBaseLogger): FastifyBaseLogger {
  return log.level === 'info' ? log.child({}, { level: 'warn' }) : log;
}

/** Answers what is under way, then closes. Who has not sent or taken everything after some seconds is cut off. */
export async function closeServer(app: FastifyInstance): Promise<void> {
  // Node no longer watches for slow clients once it closes: without an end of ours, half a request would hold the stop for ever.
  const patience = setTimeout(() => app.server.closeAllConnections(), CLOSING_PATIENCE);
  await app.close();
  clearTimeout(patience);
}

/** Fastify lists more than the peer itself only when it believes the peer. */
function isForwardedByStranger({ headers, ips }: FastifyRequest): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return isForwarded && (ips?.length ?? 0) < 2;
}
