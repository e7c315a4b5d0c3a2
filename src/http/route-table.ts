import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { personal } from './personal.ts';

/**
 * What must hold before a handler is asked. `same-site`: asked from our own pages; `allowed-site`: or from a site that may post
 * the signup form; `any-body` lifts the rule that only urlencoded forms are read, and reads nothing; `raw-body` hands the body on as
 * the string that came; `desk` keeps a page out of every cache and search engine, as all addresses with a token are.
 */
export type Guard = Check | 'desk' | OpenBody;
type OpenBody = 'any-body' | 'raw-body';
type Check = 'same-site' | 'allowed-site' | 'signed-in' | 'csv';

/** Largest body of a webhook, in bytes: events are of a few kilobytes, and nothing is known of their sender before all is read. */
const RAW_LIMIT = 256 * 1024;

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
  const all: Readonly<Record<Exclude<Guard, OpenBody>, Hook>> = { ...guards, desk: neverKept };
  const add = (scope: FastifyInstance, row: RouteRow) => {
    const [method, url, handler, ...names] = row;
    const onRequest = names.flatMap((name) =>
      name === 'any-body' || name === 'raw-body' ? [] : [all[name] as preHandlerAsyncHookHandler],
    );
    // So that no page of one person, whoever adds it, can be forgotten.
    if (isPersonal(row)) onRequest.unshift(neverKept);
    scope.route({
      method,
      url,
      handler: (request, reply) => handler(request as never, reply),
      onRequest,
    });
  };
  for (const row of rows) if (!isOfDesk(row) && !isOpen(row) && !isRaw(row)) add(app, row);
  await app.register(async (scope) => {
    // Cookies are read and set below the desk only: a visitor's page could not have one by mistake.
    await scope.register(cookie);
    for (const row of rows) if (isOfDesk(row)) add(scope, row);
  });
  await app.register(async (scope) => {
    takeAnyBody(scope);
    for (const row of rows) if (isOpen(row)) add(scope, row);
  });
  await app.register(async (scope) => {
    keepRawBody(scope);
    for (const row of rows) if (isRaw(row)) add(scope, row);
  });
}

function isOfDesk([, , , ...guards]: RouteRow): boolean {
  return guards.some((guard) => guard === 'desk' || guard === 'signed-in' || guard === 'csv');
}

function isOpen([, , , ...guards]: RouteRow): boolean {
  return guards.includes('any-body');
}

function isRaw([, , , ...guards]: RouteRow): boolean {
  return guards.includes('raw-body');
}

/** RFC 8058: mail programs post urlencoded or multipart bodies, and some post none; what is in them does not matter. */
function takeAnyBody(scope: FastifyInstance): void {
  takeAnyType(scope);
  scope.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    payload.on('end', () => done(null, null));
    payload.on('error', done);
  });
}

/** A signature covers the very bytes: parsed and written again, JSON is another text. */
function keepRawBody(scope: FastifyInstance): void {
  takeAnyType(scope);
  const options = { parseAs: 'string', bodyLimit: RAW_LIMIT } as const;
  scope.addContentTypeParser('*', options, (_request, body, done) => done(null, body));
}

function takeAnyType(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addHook('onRequest', (request, _reply, done) => {
    // Fastify answers 415 to a malformed type before any parser is asked.
    const { headers } = request;
    if (headers['content-type'] !== undefined) headers['content-type'] = 'application/octet-stream';
    done();
  });
}

/** What only one person may see: by the address that she alone was told, or signed in. */
function isPersonal(row: RouteRow): boolean {
  return row[1].includes('/:token') || isOfDesk(row);
}

async function neverKept(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  personal(reply);
}
