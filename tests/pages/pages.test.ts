import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { testFunnel } from '../support/funnel.ts';
import type { TestFunnel } from '../support/funnel.ts';

const PUBLIC = [
  '/',
  '/white-paper',
  '/infographic',
  '/white-paper/check-inbox',
  '/articles',
  '/articles/losing-the-job-offer',
  '/articles/topic/job-offers',
  '/privacy',
];

/** What search engines are told of, in every language, and the page behind the form. */
async function publicPaths({ app }: Pick<TestFunnel, 'app'>): Promise<readonly string[]> {
  const { body } = await app.server.inject('/sitemap.xml');
  const told = [...body.matchAll(/<loc>http:\/\/funnel\.test([^<]*)<\/loc>/g)].map(([, path]) => path || '/');
  const behind = ['/white-paper/check-inbox', '/livre-blanc/check-inbox'];
  const all = [...told, ...behind];
  expect(all).toEqual(
    expect.arrayContaining([...PUBLIC, '/fr', '/livre-blanc', '/infographie', '/fr/privacy']),
  );
  return all;
}

describe('every public page', () => {
  it('is under 14 KB compressed, sets no cookie and asks no other host', async () => {
    const world = await testFunnel();
    // With all its numbers of pages and minutes, as it is seconds after a start.
    await world.app.contentChanged();
    for (const url of await publicPaths(world)) {
      const answer = await packed(world, url);
      expect(answer.headers['set-cookie']).toBeUndefined();
      const html = brotliDecompressSync(answer.rawPayload).toString();
      const loaded = [...html.matchAll(/<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"/g)].map(
        ([, to]) => to ?? '',
      );
      expect(loaded.filter((to) => !to.startsWith('/') && !to.startsWith('http://funnel.test'))).toEqual([]);
      expect(html).not.toMatch(/ style="| on[a-z]+="|undefined|\{\{|\[object/);
    }
  }, 60_000);

  it('is kept by browsers only to be asked for again, and answers 304 then', async () => {
    const { app } = await testFunnel();
    const first = await app.server.inject({ url: '/white-paper', headers: { 'accept-encoding': 'br' } });
    expect(first.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    const headers = { 'accept-encoding': 'br', 'if-none-match': String(first.headers.etag) };
    const again = await app.server.inject({ url: '/white-paper', headers });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it('answers HEAD as GET, without a body', async () => {
    const { app } = await testFunnel();
    for (const url of PUBLIC) {
      const answer = await app.server.inject({ method: 'HEAD', url });
      expect([url, answer.statusCode]).toEqual([url, 200]);
      expect(answer.body).toBe('');
    }
  });

  it('names its one address from the configuration, never from the request', async () => {
    const { app } = await testFunnel();
    const answer = await app.server.inject({
      url: '/infographic?utm_source=x',
      headers: { host: 'evil.example' },
    });
    expect(answer.body).toContain('<link rel="canonical" href="http://funnel.test/infographic">');
    expect(answer.body).not.toContain('evil.example');
  });

  it('has one first heading, a skip link and one main part', async () => {
    const { app } = await testFunnel();
    for (const url of [...(await publicPaths({ app })), '/nope', '/fr/nope']) {
      const { body } = await app.server.inject(url);
      expect(body.match(/<h1[ >]/g)).toHaveLength(1);
      expect(body.match(/<main /g)).toHaveLength(1);
      expect(body).toContain('href="#main"');
    }
  });
});

describe('every page of one visitor', () => {
  it.each(['white-paper', 'infographic', 'livre-blanc', 'infographie'])(
    'is under 14 KB, too: %s',
    async (offer) => {
      const world = await testFunnel();
      await world.app.contentChanged();
      await world.signUp({ follow_up: 'yes' }, offer);
      await world.send();
      const [email] = world.inbox;
      if (email === undefined) throw new Error('No email came.');
      const page = world.linkIn(email, '/download/');
      await packed(world, page);
      await world.post(page, {});
      const after = brotliDecompressSync((await packed(world, page)).rawPayload).toString();
      expect(after.includes('class="graphic"')).toBe(offer.startsWith('info'));
      await packed(world, /\/preferences\/[\w-]+/.exec(after)?.[0] ?? '');
      await packed(world, world.linkIn(email, '/unsubscribe/'));
    },
  );
});

/** A page as browsers get it, found to fit into the first packets of a connection. */
async function packed({ app }: Pick<TestFunnel, 'app'>, url: string) {
  const answer = await app.server.inject({ url, headers: { 'accept-encoding': 'br, gzip' } });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  expect([url, answer.headers['content-encoding']]).toEqual([url, 'br']);
  const bytes = answer.rawPayload.byteLength;
  expect(bytes, `${url} has ${bytes} bytes`).toBeLessThan(14 * 1024);
  return answer;
}

describe('links between our pages', () => {
  it('carry the campaign on, and nothing else of the query', async () => {
    const { app } = await testFunnel();
    const { body } = await app.server.inject('/?utm_source=news&utm_medium=a%22b&token=secret');
    expect(body).toContain('href="/white-paper?utm_source=news&amp;utm_medium=a%22b"');
    expect(body).toContain('href="/articles?utm_source=news&amp;utm_medium=a%22b"');
    expect(body).not.toContain('secret');
    expect((await app.server.inject('/')).body).toContain('href="/white-paper"');
  });

  it('name the article as the source of those who come through it without one', async () => {
    const { app } = await testFunnel();
    const { body } = await app.server.inject('/articles/losing-the-job-offer');
    const offers = [...body.matchAll(/href="(\/(?:white-paper|infographic)[^"]*)"/g)].map(([, to]) => to);
    expect(offers.length).toBeGreaterThan(3);
    for (const to of offers)
      expect(to).toContain('?utm_source=article&amp;utm_campaign=losing-the-job-offer');
    const own = await app.server.inject('/articles/losing-the-job-offer?utm_source=news');
    expect(own.body).toContain('href="/white-paper?utm_source=news"');
    expect(own.body).not.toContain('utm_source=article');
  });
});

describe('a landing page', () => {
  it('has the form of the contract, with an empty box beside the sentence in force', async () => {
    const { app, funnel } = await testFunnel();
    const { body } = await app.server.inject('/white-paper?utm_source=x');
    const { consent } = funnel.content.current();
    expect(body).toMatch(/<form [^>]*method="post" novalidate/);
    expect(body).not.toMatch(/<form [^>]*action=/);
    expect(body).toMatch(/name="first_name"[^>]*autocomplete="given-name" required/);
    expect(body).toMatch(/type="email"[^>]*name="email"[^>]*autocomplete="email" required/);
    expect(body).toMatch(/type="checkbox"[^>]*name="follow_up" value="yes">/);
    expect(body).toContain(`<label for="follow_up">${consent.wording}</label>`);
    expect(body).toContain(`name="consent_version" value="${consent.version}"`);
    expect(body).toMatch(
      /aria-hidden="true">\s*<label[^>]*>[^<]*<\/label>\s*<input[^>]*name="website"[^>]*autocomplete="off" tabindex="-1"/,
    );
  });

  it('tells the document’s pages once they have been counted, and nothing of them before', async () => {
    const { app, funnel } = await testFunnel();
    expect((await app.server.inject('/white-paper')).body).not.toMatch(/\d+ pages/);
    await app.contentChanged();
    const pages = await funnel.press.pages('white-paper');
    expect((await app.server.inject('/white-paper')).body).toContain(`${pages} pages`);
  });

  it('offers the opening to read, the questions, and the coach', async () => {
    const { app, funnel } = await testFunnel();
    const { body } = await app.server.inject('/white-paper');
    const [offer] = funnel.content.current().offers;
    expect(body).toContain(offer?.landing.sampleHeading);
    expect(body).toContain('<details><summary>');
    expect(body).toContain(funnel.content.current().site.coach.about);
  });
});

describe('articles', () => {
  it('list every post, and each topic its own', async () => {
    const { app, funnel } = await testFunnel();
    const { body } = await app.server.inject('/articles');
    for (const post of funnel.content.current().posts)
      expect(body).toContain(`href="${post.url ?? `/articles/${post.slug}`}"`);
    const topic = await app.server.inject('/articles/topic/job-offers');
    expect(topic.body).toContain('href="/articles/losing-the-job-offer"');
    expect(topic.body).not.toContain('href="/articles/a-board-seat-is-a-conversation"');
  });

  it('show both offers beside the text, the sources, the inspiration and what to read next', async () => {
    const { app } = await testFunnel();
    const { body } = await app.server.inject('/articles/losing-the-job-offer');
    expect(body).toMatch(/<aside[\s\S]*\/white-paper[\s\S]*\/infographic[\s\S]*<\/aside>/);
    expect(body).toContain('Journal of Labor Economics');
    expect(body).toContain('Inspired by “Feeling rejected?');
    expect(body).toContain('href="/articles/weak-ties-bring-the-job"');
  });

  it('are 404 when unknown, as are topics and offers', async () => {
    const { app } = await testFunnel();
    for (const url of [
      '/articles/nope',
      '/articles/topic/nope',
      '/nope',
      '/nope/check-inbox',
      '/assets/nope.css',
    ]) {
      const answer = await app.server.inject(url);
      expect([url, answer.statusCode]).toEqual([url, 404]);
      expect(answer.headers['x-robots-tag']).toBe('noindex');
      expect(answer.body).toContain('We cannot find this page');
    }
  });
});
