import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, get, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendFile } from '../../src/http/file.ts';
import type { Parts } from '../../src/http/parts.ts';
import { slice } from '../../src/http/parts.ts';
import { closeServer, createServer } from '../../src/http/server.ts';

describe('a part of a file in pieces', () => {
  const parts = ['abc', 'd', '', 'efgh'].map((text) => Buffer.from(text));
  const all = 'abcdefgh';

  it('is what the whole has there, wherever it begins and ends', () => {
    for (let start = 0; start <= all.length; start++)
      for (let end = start; end <= all.length; end++)
        expect([start, end, text(slice(parts, start, end))]).toEqual([start, end, all.slice(start, end)]);
  });

  it('is a view of the same memory, without an empty piece', () => {
    const [first, second, ...more] = slice(parts, 2, 5);
    expect([first?.buffer, second?.buffer, more.length]).toEqual([parts[0]?.buffer, parts[1]?.buffer, 1]);
    expect(slice(parts, 3, 3)).toEqual([]);
  });
});

describe('a file over HTTP', () => {
  it('comes whole, in parts over its joints, and as headers alone', async () => {
    const { url, counted } = await serving([Buffer.from('abc'), Buffer.from('defg')]);
    for (let start = 0; start < 7; start++)
      for (let end = start; end < 7; end++) {
        const part = await fetch(url, { headers: { range: `bytes=${start}-${end}` } });
        expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
          206,
          `bytes ${start}-${end}/7`,
          'abcdefg'.slice(start, end + 1),
        ]);
      }
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '7', '']);
    expect(counted()).toBe(0);
    expect(await (await fetch(url)).text()).toBe('abcdefg');
    await expect.poll(counted).toBe(1);
  });

  it('comes whole to a slow client, though the server closes meanwhile', async () => {
    const { url, close } = await serving(LARGE);
    const answer = await slowly(url);
    const closed = close();
    await turn();
    let received = 0;
    for await (const chunk of answer) received += (chunk as Buffer).length;
    expect(received).toBe(LENGTH);
    await closed;
    // Sooner than a server that closes cuts off who is not done.
  }, 3500);

  it('is not counted for somebody who goes away in the middle', async () => {
    const { url, gone, counted } = await serving(LARGE);
    (await slowly(url)).destroy();
    await gone;
    expect(counted()).toBe(0);
  });

  it('is not counted for somebody who goes away before the answer', async () => {
    const { url, gone, counted, asked } = await serving([Buffer.from('abc')], (request) =>
      once(request.raw.socket, 'close'),
    );
    const asking = ask(url).on('error', () => {});
    asking.end();
    await asked;
    asking.destroy();
    await gone;
    await turn();
    expect(counted()).toBe(0);
  });
});

/** More than the buffers of both ends hold. */
const LARGE = Array.from({ length: 4 }, () => Buffer.alloc(8 * 1024 * 1024, 1));
const LENGTH = LARGE.length * 8 * 1024 * 1024;

/** A server of ours that sends this file. `asked` and `gone`: a request came, and its connection is closed. */
async function serving(parts: Parts, before: (request: FastifyRequest) => Promise<unknown> = async () => {}) {
  const app = await createServer({
    trustProxy: [],
    requestId: () => '1',
    contentSecurityPolicy: '',
    https: false,
    unreadable: (reply: FastifyReply) => reply,
  });
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  let count = 0;
  const [asked, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  app.server.on('connection', (socket) => socket.once('close', gone.resolve));
  app.get('/', async (request, reply) => {
    asked.resolve();
    await before(request);
    const file = { parts, length, etag: 'x', type: 'application/pdf', name: 'x.pdf', inline: false };
    return sendFile(request, reply, file, () => void (count += 1));
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  onTestFinished(() => closeServer(app));
  return {
    url: `http://127.0.0.1:${port}/`,
    counted: () => count,
    asked: asked.promise,
    gone: gone.promise,
    close: () => closeServer(app),
  };
}

/** The answer to a client that takes its head and waits, and would keep the connection for more. */
async function slowly(url: string): Promise<IncomingMessage> {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const [answer] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  return answer;
}

function text(parts: Parts): string {
  return Buffer.concat(parts).toString();
}
