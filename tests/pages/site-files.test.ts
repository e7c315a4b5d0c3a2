import { expect, it } from 'vitest';
import { testFunnel } from '../support/funnel.ts';

it('serves the font and the icons under immutable names', async () => {
  const { app } = await testFunnel();
  const { body } = await app.server.inject('/');
  const paths = [...body.matchAll(/(?:href="|url\()(\/assets\/[^")]+)/g)].map(([, path]) => path ?? '');
  expect(new Set(paths).size).toBe(4);
  expect(paths.filter((path) => path.endsWith('.woff2')).every((path) => path === paths[0])).toBe(true);
  for (const path of paths) {
    const answer = await app.server.inject(path);
    expect([path, answer.statusCode]).toEqual([path, 200]);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const again = await app.server.inject({
      url: path,
      headers: { 'if-none-match': String(answer.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  }
});

it('serves favicon.ico at its usual address', async () => {
  const { app } = await testFunnel();
  const answer = await app.server.inject('/favicon.ico');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe('image/x-icon');
});

it('tells robots of the sitemap, and the sitemap of every page that may be found', async () => {
  const { app, funnel } = await testFunnel();
  expect((await app.server.inject('/robots.txt')).body).toContain('Sitemap: http://funnel.test/sitemap.xml');
  const answer = await app.server.inject('/sitemap.xml');
  expect(answer.headers['content-type']).toContain('application/xml');
  const paths = [...answer.body.matchAll(/<loc>http:\/\/funnel\.test([^<]*)<\/loc>/g)].map(
    ([, path]) => path ?? '',
  );
  for (const offer of funnel.content.current().offers) expect(paths).toContain(`/${offer.key}`);
  for (const path of paths) {
    const page = await app.server.inject(path);
    expect([path, page.statusCode]).toEqual([path, 200]);
    expect(page.body).not.toContain('noindex');
  }
});

it('tells in the sitemap what each page’s head tells of its other languages', async () => {
  const { app } = await testFunnel();
  const { body } = await app.server.inject('/sitemap.xml');
  const told = (text: string) =>
    [...text.matchAll(/hreflang="([^"]+)" href="(http[^"]+)"/g)].map(
      ([, language, to]) => `${language} ${to}`,
    );
  const pages = [...body.matchAll(/<url><loc>http:\/\/funnel\.test([^<]*)<\/loc>(.*)<\/url>/g)];
  expect(pages.length).toBeGreaterThan(20);
  for (const [, path = '', links = ''] of pages) {
    const head = /<head>[\s\S]*<\/head>/.exec((await app.server.inject(path)).body)?.[0] ?? '';
    expect([path, told(links)]).toEqual([path, told(head)]);
  }
  expect(told(body)).toContain('x-default http://funnel.test/white-paper');
});

it('names every language to those who report a fault, and each one’s privacy page to programs that read', async () => {
  const { app } = await testFunnel();
  expect((await app.server.inject('/.well-known/security.txt')).body).toContain(
    'Preferred-Languages: en, fr\n',
  );
  const { body } = await app.server.inject('/llms.txt');
  const [, optional = ''] = body.split('## Optional');
  expect([...optional.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to)).toEqual([
    'http://funnel.test/privacy',
    'http://funnel.test/fr/privacy',
  ]);
});

it('tells where security faults may be reported, and until when', async () => {
  const { app, clock } = await testFunnel();
  const { body, headers } = await app.server.inject('/.well-known/security.txt');
  expect(headers['content-type']).toContain('text/plain');
  expect(body).toMatch(/^Contact: mailto:\S+@\S+$/m);
  const until = Date.parse(/^Expires: (.+)$/m.exec(body)?.[1] ?? '');
  expect(until).toBeGreaterThan(clock.now());
});
