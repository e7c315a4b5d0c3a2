import { describe, expect, it } from 'vitest';
import { textOf } from '../docs/documents.ts';
import { HOUR } from '../../src/kernel/clock.ts';
import { visitor } from '../personal/visitor.ts';

/** Every address of the table in `app.ts` that can be looked at. */
const ROUTES = [...textOf('src/app.ts').matchAll(/^\s+\['GET', '([^']+)'/gm)].map(([, path = '']) => path);

/** What search engines may find, and files of no page. All else must say that it is not to be found. */
const FINDABLE = [
  '/',
  '/articles',
  '/articles/:slug',
  '/articles/topic/:topic',
  '/privacy',
  '/:language/articles',
  '/:language/articles/:slug',
  '/:language/articles/topic/:topic',
  '/:language/privacy',
  '/:offer',
  '/robots.txt',
  '/sitemap.xml',
  '/llms.txt',
  '/.well-known/security.txt',
  '/favicon.ico',
  '/assets/:file',
  '/healthz',
  '/readyz',
];

/** A visitor who has pressed, with a real address for every route of one person. */
async function everyone() {
  const world = await visitor({ follow_up: 'yes' });
  const before = await world.get(world.page);
  await world.post(world.page, {});
  world.clock.set('2026-11-25T12:00:00Z');
  await world.send();
  const step = world.inbox.at(-1);
  if (step === undefined) throw new Error('No step came.');
  const { tokens } = world.funnel;
  const soon = world.clock.now() + HOUR;
  const token = (purpose: 'data' | 'erase') => tokens.mint({ purpose, id: world.leadId, expiresAt: soon });
  const addresses: Readonly<Record<string, string>> = {
    '/download/:token': world.page,
    '/download/:token/:file': `${world.page}/white-paper.pdf`,
    '/unsubscribe/:token': world.linkIn(step, '/unsubscribe/'),
    '/preferences/:token': world.linkIn(step, '/preferences/'),
    '/preferences/:token/data.json': `/preferences/${token('data')}/data.json`,
    '/preferences/:token/erase': `/preferences/${token('erase')}/erase`,
    '/read/:token': world.linkIn(step, '/read/'),
    '/:offer/check-inbox': '/white-paper/check-inbox',
    // Of an hour ago: it is good for no longer.
    '/admin/setup/:token': `/admin/setup/${await world.setup.link()}`,
  };
  return { ...world, before, addresses };
}

describe('what is one person’s', () => {
  it('is kept by no search engine and no shared cache, at any address of the table', async () => {
    const { app, addresses } = await everyone();
    const hidden = ROUTES.filter((route) => !FINDABLE.includes(route));
    expect(hidden.length).toBeGreaterThan(20);
    for (const route of hidden) {
      const isOfDesk = route.startsWith('/admin');
      const url = addresses[route] ?? (isOfDesk ? route : null);
      // A new page of one person belongs on the list above, with an address that leads to it.
      if (url === null) throw new Error(`${route} is neither findable nor known to this test.`);
      const answer = await app.server.inject(url);
      const worst = route === '/admin/setup/:token' ? 404 : 401;
      expect([route, answer.statusCode <= worst]).toEqual([route, true]);
      expect([route, answer.headers['x-robots-tag']]).toEqual([route, 'noindex']);
      // The page behind a form is the same for everybody.
      const allowed =
        route === '/:offer/check-inbox'
          ? ['public, max-age=0, must-revalidate']
          : ['no-store', 'private, no-cache'];
      expect([route, allowed]).toEqual([route, expect.arrayContaining([answer.headers['cache-control']])]);
      expect([route, answer.headers['referrer-policy']]).toEqual([route, 'same-origin']);
      const isPage = String(answer.headers['content-type']).startsWith('text/html');
      expect([route, !isPage || answer.body.includes('<meta name="robots" content="noindex">')]).toEqual([
        route,
        true,
      ]);
    }
  });

  it('says so before the press, and for every token that is not ours', async () => {
    const { app, before } = await everyone();
    expect(before.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
    for (const route of ROUTES.filter((path) => path.includes('/:token'))) {
      const url = route.replace(':token', 'forged').replace(':file', 'white-paper.pdf');
      const answer = await app.server.inject(url);
      const { 'cache-control': kept, 'x-robots-tag': robots } = answer.headers;
      expect([route, answer.statusCode, kept, robots]).toEqual([route, 404, 'no-store', 'noindex']);
    }
  });

  it('tells no other site what it is about', async () => {
    const { get, addresses } = await everyone();
    for (const url of Object.values(addresses).filter((path) => !path.includes('.'))) {
      const { body } = await get(url);
      expect([url, body.match(/og:|twitter:|ld\+json|rel="canonical"|hreflang=/)]).toEqual([url, null]);
    }
  });
});
