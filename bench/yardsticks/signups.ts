import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import { openRawSignups } from './raw-signups.ts';

// The plainest honest signup over HTTP: parse the form, one raw transaction, 303. Argument: folder.
const write = openRawSignups(process.argv[2] ?? '.');
const app = Fastify();
await app.register(formbody);
app.post('/white-paper', async (request, reply) => {
  const { email = '', first_name = '' } = request.body as Record<string, string>;
  write(email, first_name);
  return reply.redirect('/white-paper/check-inbox', 303);
});
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
