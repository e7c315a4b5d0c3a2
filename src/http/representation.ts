import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A body that many visitors get: compressed once, named by its content. */
export type Representation = {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
};

/** Compresses a body for keeping. Costs about a millisecond per 10 KB at `effort` 5, ten times that at 11. */
export function represent(type: string, body: string | Uint8Array, effort = 9): Representation {
  const plain = Buffer.from(body);
  return {
    type,
    etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    plain,
    gzip: gzipSync(plain, { level: 9 }),
    brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: effort } }),
  };
}

/** Sends the smallest form the client takes, or 304 when it has this one already. */
export function sendRepresentation(
  request: FastifyRequest,
  reply: FastifyReply,
  kept: Representation,
  cacheControl: string,
): FastifyReply {
  const coding = chooseCoding(request.headers['accept-encoding']);
  // Each coding has a tag of its own, as RFC 9110 (8.8.3.3) asks of strong tags.
  const etag = `"${kept.etag}${coding === 'plain' ? '' : `-${coding}`}"`;
  reply.header('etag', etag).header('vary', 'accept-encoding').header('cache-control', cacheControl);
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  reply.type(kept.type);
  if (coding !== 'plain') reply.header('content-encoding', coding === 'brotli' ? 'br' : 'gzip');
  return reply.send(kept[coding]);
}

/** Weak and strong tags count alike here (RFC 9110, 13.1.2); `*` is any. */
function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && (header.trim() === '*' || header.includes(etag));
}

type Coding = 'brotli' | 'gzip' | 'plain';

function chooseCoding(accepted: string | undefined): Coding {
  if (accepted === undefined) return 'plain';
  const codings = accepted.toLowerCase();
  if (takes(codings, 'br')) return 'brotli';
  return takes(codings, 'gzip') ? 'gzip' : 'plain';
}

function takes(accepted: string, coding: string): boolean {
  const part = accepted.split(',').find((entry) => entry.trim().split(';')[0]?.trim() === coding);
  return part !== undefined && !/;\s*q=0(\.0*)?\s*$/.test(part);
}
