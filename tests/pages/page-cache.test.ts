import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { createPageCache } from '../../src/http/page-cache.ts';

/** A server of one kept page that counts how often it was rendered. */
async function keptPage() {
  let version = 'a';
  const rendered: string[] = [];
  const cache = createPageCache(() => version);
  const app = Fastify();
  app.get<{ Querystring: { c?: string } }>('/', async (request, reply) => {
    const query = request.query.c === undefined ? '' : `?c=${request.query.c}`;
    return cache.send(request, reply, '/', query, () => {
      rendered.push(query);
      return `version ${version}`;
    });
  });
  return {
    get: async (query = '') => (await app.inject(`/${query}`)).body,
    rendered,
    publish: (next: string) => {
      version = next;
    },
  };
}

it('renders a page once per version of the content', async () => {
  const { get, rendered, publish } = await keptPage();
  expect([await get(), await get()]).toEqual(['version a', 'version a']);
  expect(rendered).toHaveLength(1);
  publish('b');
  expect([await get(), await get()]).toEqual(['version b', 'version b']);
  expect(rendered).toHaveLength(2);
});

it('keeps the 200 campaigns that were used last, and never lets them push the plain page out', async () => {
  const { get, rendered } = await keptPage();
  await get();
  await get('?c=first');
  for (let n = 0; n < 199; n += 1) await get(`?c=${n}`);
  await get('?c=first');
  expect(rendered.filter((query) => query === '?c=first')).toHaveLength(1);
  await get('?c=one-more');
  await get('?c=0');
  expect(rendered.filter((query) => query === '?c=0')).toHaveLength(2);
  await get();
  expect(rendered.filter((query) => query === '')).toHaveLength(1);
});
