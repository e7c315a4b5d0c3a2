import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Bytes in pieces, one behind the other. Nobody writes to them: they may be shared with other answers. */
export type Parts = readonly Uint8Array[];

/** The bytes from `start` to `end` (not included), in pieces that are views of the same memory. */
export function slice(parts: Parts, start: number, end: number): Parts {
  let offset = 0;
  return parts.flatMap((part) => {
    const from = Math.max(0, start - offset);
    const to = Math.min(part.length, end - offset);
    offset += part.length;
    return from < to ? [part.subarray(from, to)] : [];
  });
}

/**
 * Answers with the pieces as they are, past Fastify, which takes one buffer (a copy of all) or a stream (a third of the speed). Status and
 * headers must have been set; to HEAD they go alone.
 */
export function sendParts(reply: FastifyReply, parts: Parts): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders);
  const last = parts.at(-1);
  if (last === undefined || reply.request.method === 'HEAD') {
    raw.end();
    return reply;
  }
  // One packet for the headers and the start of the body.
  raw.cork();
  for (const part of parts.slice(0, -1)) raw.write(part);
  // Ended only when the system has taken all: a server that closes destroys connections whose answer was ended, whatever a slow client has
  // still to get (`closeIdleConnections` of Node 26). One who went away has no end.
  raw.write(last, (error) => void (error ?? raw.end()));
  raw.uncork();
  return reply;
}
