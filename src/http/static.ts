import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SVG_POLICY } from './picture.ts';

/** The files of `assets/web` that pages link to. `favicon.ico` has a fixed address too. */
const FILES = ['inter.woff2', 'favicon.svg', 'favicon.ico', 'apple-touch-icon.png', 'work.js'] as const;

const TYPES: Readonly<Record<string, string>> = {
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.js': 'text/javascript; charset=utf-8',
};

const FOREVER = 'public, max-age=31536000, immutable';
const A_DAY = 'public, max-age=86400';

/** A file in memory, under the immutable address that its bytes give it. */
export type Asset = {
  readonly path: string;
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
};

export type Assets = {
  /** The immutable address of a file: `/assets/inter.1a2b3c4d5e.woff2`. Throws for a file that is not served (a bug). */
  readonly path: (name: string) => string;
  /** The file with this address; undefined when there is none. */
  readonly at: (path: string) => Asset | undefined;
  /** Answers `GET /favicon.ico`, which some programs ask for without reading a page. */
  sendFavicon(request: FastifyRequest, reply: FastifyReply): void;
};

/** Reads the files once: five of them, 60 KB in all, held in memory. */
export function loadAssets(webDir: string): Assets {
  const assets = new Map(FILES.map((name) => [name as string, readAsset(webDir, name)]));
  const byPath = new Map([...assets.values()].map((asset) => [asset.path, asset]));
  const find = (name: string) => {
    const asset = assets.get(name);
    if (asset === undefined) throw new Error(`assets/web/${name} is not among the files that are served.`);
    return asset;
  };
  return {
    path: (name) => find(name).path,
    at: (path) => byPath.get(path),
    sendFavicon: (request, reply) => {
      sendAsset(request, reply, find('favicon.ico'), A_DAY);
    },
  };
}

/** Reads a file of a folder. One of a folder below it has an address without the slash. Throws when it cannot be read. */
export function readAsset(dir: string, file: string): Asset {
  const body = readFileSync(join(dir, file));
  const name = file.replaceAll('/', '-');
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
  const ending = extname(name);
  return {
    path: `/assets/${name.slice(0, -ending.length)}.${hash}${ending}`,
    type: TYPES[ending] ?? 'application/octet-stream',
    etag: `"${hash}"`,
    body,
  };
}

/** Never compressed: fonts and pictures are already, and the SVG and the script are smaller than a packet or two. */
function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset, cacheControl: string): void {
  reply.header('etag', asset.etag).header('cache-control', cacheControl);
  if (asset.type === TYPES['.svg']) reply.header('content-security-policy', SVG_POLICY);
  if (request.headers['if-none-match']?.includes(asset.etag) === true) void reply.code(304).send();
  else void reply.type(asset.type).send(asset.body);
}

/** Answers for the files that pages link to. `others` are pictures that come and go with the content. */
export function assetRoutes(
  assets: Assets,
  others: Pick<Assets, 'at'>,
  errors: { send(reply: FastifyReply, failure: 'not_found'): FastifyReply },
) {
  return {
    favicon: async (request: FastifyRequest, reply: FastifyReply) => {
      assets.sendFavicon(request, reply);
      return reply;
    },
    file: async (request: FastifyRequest<{ Params: { file: string } }>, reply: FastifyReply) => {
      const path = `/assets/${request.params.file}`;
      const asset = assets.at(path) ?? others.at(path);
      if (asset === undefined) return errors.send(reply, 'not_found');
      sendAsset(request, reply, asset, FOREVER);
      return reply;
    },
  };
}
