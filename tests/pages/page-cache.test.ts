import { gunzipSync } from 'node:zlib';
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
    const query = request.query.c === undefined ? '' : `?utm_campaign=${request.query.c}`;
    return cache.send(reply, '/', query, (carried) => {
      rendered.push(carried);
      return `version ${version} <a href="/x${carried}">on</a>`;
    });
  });
  return {
    get: async (query = '') =>
      gunzipSync(
        (await app.inject({ url: `/${query}`, headers: { 'accept-encoding': 'gzip' } })).rawPayload,
      ).toString(),
    rendered,
    publish: (next: string) => {
      version = next;
    },
  };
}

it('renders a page once per version of the content', async () => {
  const { get, rendered, publish } = await keptPage();
  const page = (version: string) => `version ${version} <a href="/x">on</a>`;
  expect([await get(), await get()]).toEqual([page('a'), page('a')]);
  expect(rendered).toHaveLength(1);
  publish('b');
  expect([await get(), await get()]).toEqual([page('b'), page('b')]);
  expect(rendered).toHaveLength(2);
});

it('renders it once more for all campaigns together', async () => {
  const { get, rendered, publish } = await keptPage();
  for (let n = 0; n < 500; n += 1) {
    expect(await get(`?c=spring-${n}`)).toMatch(
      new RegExp(`^version a <a href="/x\\?utm_campaign=spring-${n}" +>on</a>$`),
    );
  }
  expect(rendered).toHaveLength(1);
  publish('b');
  expect(await get('?c=summer')).toContain('version b');
  expect(rendered).toHaveLength(2);
});
