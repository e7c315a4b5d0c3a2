import fastify from 'fastify';
import { bytesOf } from '../../src/documents/model.ts';
import { sendFile } from '../../src/http/file.ts';
import { benchPress } from './press.ts';

// Fastify and nothing else, with three ways to answer: a static buffer with the same headers, the press with our own way to send a file, and a full run for each request.
const press = await benchPress();
const file = Buffer.from(bytesOf(await press.filled('Reader')));
type Named = { Params: { name: string } };
const server = fastify();
server.get('/static/:name', (_, reply) =>
  reply
    .headers({
      etag: '"0123456789abcdef"',
      'cache-control': 'private, no-cache',
      'x-robots-tag': 'noindex',
      'accept-ranges': 'bytes',
      'content-disposition': `attachment; filename="x.pdf"; filename*=UTF-8''x.pdf`,
    })
    .type('application/pdf')
    .send(file),
);
server.get<Named>('/filled/:name', async (request, reply) => {
  const { parts, length, sha256 } = await press.filled(request.params.name);
  const sent = { parts, length, etag: sha256, type: 'application/pdf', name: 'x.pdf', inline: false };
  return sendFile(request, reply, sent, () => {});
});
server.get<Named>('/whole/:name', async (request, reply) =>
  reply.type('application/pdf').send(Buffer.from(await press.whole(request.params.name))),
);
process.stdout.write(`${await server.listen({ host: '127.0.0.1', port: 0 })}\n`);
process.once('SIGTERM', () => void Promise.all([server.close(), press.close()]));
