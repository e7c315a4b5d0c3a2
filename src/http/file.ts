import type { FastifyReply, FastifyRequest } from 'fastify';
import { byteRange } from './byte-range.ts';
import { sendParts, slice } from './parts.ts';
import type { Parts } from './parts.ts';

/** A file made for one person, in memory. */
export type PersonalFile = {
  readonly parts: Parts;
  readonly length: number;
  /** Without quotes; changes when the bytes do. */
  readonly etag: string;
  readonly type: string;
  /** ASCII, without quotes and backslashes. */
  readonly name: string;
  /** Shown in the browser instead of being saved. */
  readonly inline: boolean;
};

/**
 * Sends a file, or the part that was asked for, or 304. `onWhole` is called once the operating system has taken the whole file for a client
 * that was still there: not for HEAD, for parts, or for somebody who went away before that. Whether the file arrived nobody can know: the
 * system's buffers may take a whole document at once, and who goes away then has been counted.
 */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: PersonalFile,
  onWhole: () => void,
): FastifyReply {
  const etag = `"${file.etag}"`;
  const { headers } = request;
  reply.headers({
    etag,
    // Asked anew each time, since a changed name changes the file; `private` keeps it out of shared caches.
    'cache-control': 'private, no-cache',
    'x-robots-tag': 'noindex',
    'accept-ranges': 'bytes',
    'content-disposition': disposition(file),
  });
  if (matches(headers['if-none-match'], etag)) return reply.code(304).send();

  reply.type(file.type);
  const fresh = headers['if-range'] === undefined || headers['if-range'] === etag;
  const range = request.method === 'GET' && fresh ? byteRange(headers.range, file.length) : WHOLE;
  switch (range.kind) {
    case 'unsatisfiable':
      return reply.code(416).header('content-range', `bytes */${file.length}`).send();
    case 'part':
      reply
        .code(206)
        .header('content-range', `bytes ${range.start}-${range.end}/${file.length}`)
        .header('content-length', range.end + 1 - range.start);
      return sendParts(reply, slice(file.parts, range.start, range.end + 1));
    case 'whole':
      // `finish` comes when the system has taken the last byte; a client that went away before leaves only `close`.
      if (request.method === 'GET') reply.raw.once('finish', onWhole);
      return sendParts(reply.header('content-length', file.length), file.parts);
  }
}

const WHOLE = { kind: 'whole' } as const;

/** Both spellings of the name (RFC 6266): the second is for clients that mistrust the first. */
function disposition(file: PersonalFile): string {
  const plain = file.name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const kind = file.inline ? 'inline' : 'attachment';
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(plain).replace(/['()*]/g, percent)}`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '')
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
