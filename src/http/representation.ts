import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { filledGzip, filledPlain, withGaps } from './gaps.ts';
import type { GappedPage } from './gaps.ts';

/** A body that many visitors get: compressed once, named by its content. */
export type Representation = Readonly<Record<Coding, Encoded>>;

/** A page that waits for the query that its links carry on. Its name serves all queries: each has an address of its own. */
export type GappedRepresentation = {
  readonly type: string;
  readonly name: string;
  readonly page: GappedPage;
};

/** One form of it. `bytes` holds one byte a character: Node writes such a string together with the head, in one call. */
type Encoded = {
  readonly bytes: string;
  readonly etag: string;
  readonly head: Readonly<Record<string, string>>;
};
/** A tenth of a millisecond for a page, which is less than it takes to render. */
const QUICKLY = 1;
type Coding = 'brotli' | 'gzip' | 'plain';

/** Compresses a body for keeping: some milliseconds for a page. */
export function represent(type: string, body: string | Uint8Array): Representation {
  const plain = Buffer.from(body);
  const name = nameOf(plain);
  const encoded = (coding: Coding) => encode(type, plain, name, coding, 9);
  return { plain: encoded('plain'), gzip: encoded('gzip'), brotli: encoded('brotli') };
}

/** The same for a page with gaps, which wait for a query. */
export function representWithGaps(type: string, html: string): GappedRepresentation {
  return { type, name: nameOf(Buffer.from(html)), page: withGaps(html) };
}

/**
 * Sends the smallest form the client takes, with the status that was set, or 304 when it has this one already.
 * @param cacheControl null: nobody is to keep it, and headers that say so have been set.
 */
export function sendRepresentation(
  reply: FastifyReply,
  kept: Representation,
  cacheControl: string | null,
): FastifyReply {
  const form = kept[chooseCoding(reply.request.headers['accept-encoding'])];
  return sendForm(reply, form.etag, () => form, cacheControl);
}

/**
 * The same for a page with the query in its gaps: with gzip, which is a tenth larger. Brotli's copies cannot be told what to copy, so
 * the few who take nothing else get one that is made quickly, for them.
 */
export function sendWithQuery(
  reply: FastifyReply,
  { type, name, page }: GappedRepresentation,
  query: string,
  cacheControl: string | null,
): FastifyReply {
  const accepted = reply.request.headers['accept-encoding'] ?? '';
  const coding = TAKES_GZIP.test(accepted) ? 'gzip' : chooseCoding(accepted);
  const etag = tagOf(name, coding);
  const form = (): Encoded => {
    const gzip = coding === 'gzip' ? filledGzip(page, query) : null;
    if (gzip !== null) return { bytes: gzip, etag, head: headOf(type, gzip.length, 'gzip') };
    const bytes = filledPlain(page, query);
    if (coding === 'brotli') return encode(type, Buffer.from(bytes, 'latin1'), name, coding, QUICKLY);
    return { bytes, etag, head: headOf(type, bytes.length, 'plain') };
  };
  return sendForm(reply, etag, form, cacheControl);
}

/** The same for a body that one person looks at once: only the form that is sent is made, quickly, and none for 304. */
export function sendOnce(
  reply: FastifyReply,
  { type, body }: { readonly type: string; readonly body: string },
  cacheControl: string | null,
): FastifyReply {
  const coding = chooseCoding(reply.request.headers['accept-encoding']);
  const plain = Buffer.from(body);
  const name = cacheControl === null ? '' : nameOf(plain);
  const form = () => encode(type, plain, name, coding, QUICKLY);
  return sendForm(reply, tagOf(name, coding), form, cacheControl);
}

function sendForm(
  reply: FastifyReply,
  etag: string,
  form: () => Encoded,
  cacheControl: string | null,
): FastifyReply {
  const vary = variesBy(reply);
  if (cacheControl === null) return write(reply, form(), { vary });
  const shared = { etag, vary, 'cache-control': cacheControl };
  if (isKnown(reply.request.headers['if-none-match'], etag)) return reply.code(304).headers(shared).send();
  return write(reply, form(), shared);
}

/** By the coding, beside what the page itself depends on. */
function variesBy(reply: FastifyReply): string {
  const own = reply.getHeader('vary');
  return own === undefined ? 'accept-encoding' : `${String(own)}, accept-encoding`;
}

/** Past Fastify's own sending, which gives head and body to the system in two parts: that was 40 % of a landing page's time. */
function write(reply: FastifyReply, { bytes, head }: Encoded, shared: Encoded['head']): FastifyReply {
  reply.hijack();
  const given = reply.getHeaders() as Record<string, string>;
  reply.raw.writeHead(reply.statusCode, { ...given, ...shared, ...head });
  reply.raw.end(bytes, 'latin1');
  return reply;
}

function encode(type: string, plain: Buffer, name: string, coding: Coding, effort: number): Encoded {
  const bytes = compressed(plain, coding, effort);
  return {
    bytes: bytes.toString('latin1'),
    etag: tagOf(name, coding),
    head: headOf(type, bytes.length, coding),
  };
}

function compressed(plain: Buffer, coding: Coding, effort: number): Buffer {
  switch (coding) {
    case 'plain':
      return plain;
    case 'gzip':
      return gzipSync(plain, { level: effort });
    case 'brotli':
      return brotliCompressSync(plain, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: effort,
          // 64 KiB hold a whole page; the usual window takes ten times as long, and saves nothing.
          [constants.BROTLI_PARAM_LGWIN]: 16,
        },
      });
  }
}

function headOf(type: string, length: number, coding: Coding): Encoded['head'] {
  return { 'content-type': type, 'content-length': String(length), ...NAMES[coding] };
}

const NAMES: Readonly<Record<Coding, Readonly<Record<string, string>>>> = {
  plain: {},
  gzip: { 'content-encoding': 'gzip' },
  brotli: { 'content-encoding': 'br' },
};

function nameOf(plain: Buffer): string {
  return createHash('sha256').update(plain).digest('base64url').slice(0, 22);
}

/** Each coding has a tag of its own, as RFC 9110 (8.8.3.3) asks of strong tags. */
function tagOf(name: string, coding: Coding): string {
  return coding === 'plain' ? `"${name}"` : `"${name}-${coding}"`;
}

/** Weak and strong tags count alike here (RFC 9110, 13.1.2); `*` is any. */
function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && (header.trim() === '*' || header.includes(etag));
}

function chooseCoding(accepted: string | undefined): Coding {
  if (accepted === undefined) return 'plain';
  if (TAKES_BROTLI.test(accepted)) return 'brotli';
  return TAKES_GZIP.test(accepted) ? 'gzip' : 'plain';
}

/** Named in the list, and not with a weight of nought (`br;q=0`). The list is no longer than a header may be, and each part is read once. */
const TAKES_BROTLI = /(?:^|,)\s*br\s*(?:,|$|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/i;
const TAKES_GZIP = /(?:^|,)\s*gzip\s*(?:,|$|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/i;
