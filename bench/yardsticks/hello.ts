import Fastify from 'fastify';

// Fastify's own "hello": the least that an answer through Fastify costs.
const app = Fastify();
app.get('/', async () => 'hello');
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
