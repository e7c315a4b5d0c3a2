import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';

/**
 * What must hold before a handler is asked. `same-site`: asked from our own pages; `allowed-site`: or from a site that may post
 * the signup form; `any-body` lifts the rule that only urlencoded forms are read; `desk` keeps a page out of every cache.
 */
export type Guard = Check | 'desk' | 'any-body';
type Check = 'same-site' | 'allowed-site' | 'signed-in' | 'csv';

/** Each handler names the parameters of its own path; the table itself cannot know them, hence `never`. */
type Handler = (request: never, reply: FastifyReply) => unknown;

export type RouteRow = readonly [
  method: 'GET' | 'POST',
  path: string,
  handler: Handler,
  ...guards: readonly Guard[],
];

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
export type Guards = Readonly<Record<Check, Hook>>;

/** Registers a table of routes. GET answers HEAD too. */
export async function addRoutes(
  app: FastifyInstance,
  rows: readonly RouteRow[],
  guards: Guards,
): Promise<void> {
  const all: Readonly<Record<Exclude<Guard, 'any-body'>, Hook>> = { ...guards, desk: neverKept };
  const add = (scope: FastifyInstance, [method, url, handler, ...names]: RouteRow) => {
    const onRequest = names.flatMap((name) =>
      name === 'any-body' ? [] : [all[name] as preHandlerAsyncHookHandler],
    );
    scope.route({
      method,
      url,
      handler: async (request, reply) => handler(request as never, reply),
      onRequest,
    });
  };
  const isOpen = (row: RouteRow) => row.includes('any-body');
  for (const row of rows.filter((candidate) => !isOpen(candidate))) add(app, row);
  await app.register(async (scope) => {
    // RFC 8058: mail programs post urlencoded or multipart bodies, and some post none; what is in them does not matter.
    scope.removeAllContentTypeParsers();
    scope.addHook('onRequest', async ({ headers }) => {
      // Fastify answers 415 to a malformed type before any parser is asked.
      if (headers['content-type'] !== undefined) headers['content-type'] = 'application/octet-stream';
    });
    scope.addContentTypeParser('*', (_request, payload, done) => {
      payload.resume();
      payload.on('end', () => done(null, null));
      payload.on('error', done);
    });
    for (const row of rows.filter(isOpen)) add(scope, row);
  });
}

async function neverKept(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('cache-control', 'no-store');
}
