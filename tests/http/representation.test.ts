import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import type { FastifyReply } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { represent, sendOnce, sendRepresentation } from '../../src/http/representation.ts';

const BODY = `<p>${'Weak ties bring the job. '.repeat(80)}</p>`;

const TYPE = 'text/html; charset=utf-8';
const WAYS: Readonly<Record<string, (reply: FastifyReply) => FastifyReply>> = {
  kept: (reply) => sendRepresentation(reply, KEPT, 'public, max-age=0'),
  'for one look': (reply) => sendOnce(reply, { type: TYPE, body: BODY }, 'private, no-cache'),
};
const KEPT = represent(TYPE, BODY);

describe.each(Object.keys(WAYS))('a compressed answer (%s)', (way) => {
  async function ask(headers: Readonly<Record<string, string>>, method: 'GET' | 'HEAD' = 'GET') {
    const app = Fastify();
    onTestFinished(() => app.close());
    app.get('/', async (_request, reply) => WAYS[way]?.(reply));
    return await app.inject({ method, url: '/', headers });
  }

  it.each([
    [undefined, 'plain'],
    ['', 'plain'],
    ['identity', 'plain'],
    ['gzip', 'gzip'],
    ['x-gzip', 'plain'],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['br;q=0.000,gzip;Q=0', 'plain'],
    ['br; q=0.1', 'br'],
  ])('for “%s” is %s', async (accepted, coding) => {
    const answer = await ask(accepted === undefined ? {} : { 'accept-encoding': accepted });
    const undo = { br: brotliDecompressSync, gzip: gunzipSync, plain: (bytes: Buffer) => bytes }[coding];
    expect(answer.headers['content-encoding']).toBe(coding === 'plain' ? undefined : coding);
    expect(undo?.(answer.rawPayload).toString()).toBe(BODY);
    expect(answer.headers.vary).toBe('accept-encoding');
    expect(answer.headers['content-length']).toBe(String(answer.rawPayload.length));
  });

  it('has a tag for each coding, and 304 for those who hold it', async () => {
    const codings = ['', 'gzip', 'br'];
    const tags = await Promise.all(
      codings.map(async (coding) => String((await ask({ 'accept-encoding': coding })).headers.etag)),
    );
    expect(new Set(tags).size).toBe(3);
    for (const [i, coding] of codings.entries()) {
      for (const [j, tag] of tags.entries()) {
        const answer = await ask({ 'accept-encoding': coding, 'if-none-match': `"old", ${tag}` });
        expect(answer.statusCode).toBe(i === j ? 304 : 200);
        expect(answer.headers.etag).toBe(tags[i]);
      }
    }
    const answer = await ask({ 'accept-encoding': 'br', 'if-none-match': `W/${tags[2]}` });
    expect([answer.statusCode, answer.body, answer.headers.vary]).toEqual([304, '', 'accept-encoding']);
    expect((await ask({ 'if-none-match': '*' })).statusCode).toBe(304);
  });

  it('to HEAD has the headers of GET and no body', async () => {
    const [get, head] = [
      await ask({ 'accept-encoding': 'br' }),
      await ask({ 'accept-encoding': 'br' }, 'HEAD'),
    ];
    expect(head.body).toBe('');
    for (const name of ['etag', 'content-encoding', 'content-length', 'content-type', 'vary']) {
      expect([name, head.headers[name]]).toEqual([name, get.headers[name]]);
    }
  });
});
