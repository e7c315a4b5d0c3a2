import { brotliDecompressSync, crc32, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedQuery } from '../../src/http/attribution.ts';
import { filledGzip, filledPlain, GAP, withGaps } from '../../src/http/gaps.ts';
import { shiftBy, sumOfBoth } from '../../src/http/sums.ts';
import { testFunnel } from '../support/funnel.ts';

const link = (path: string) => `<li><a href="${path}${GAP}">Go to ${path}</a></li>`;
const NAVIGATION = `<nav><ul>${['/', '/articles', '/white-paper', '/infographic'].map(link).join('')}</ul></nav>`;
const PAGE = `<!doctype html><title>Où ?</title>${NAVIGATION}<p>${'Weak ties bring the job. '.repeat(90)}</p>${NAVIGATION}`;

const text = (bytes: string) => Buffer.from(bytes, 'latin1');
/** The spaces between an attribute and what follows it have no meaning. */
const tidy = (html: string) => html.replace(/" +(?=>)/g, '"').replace(/" +(?=[a-z])/g, '" ');
const written = (html: string, query: string) => html.replaceAll(GAP, query.replaceAll('&', '&amp;'));

describe('a page with gaps', () => {
  it('is the page with the query in it, whatever the query', () => {
    const page = withGaps(PAGE);
    const value = fc.string({ unit: 'binary', maxLength: 200 });
    const query = fc
      .record({ utm_source: value, utm_medium: value, utm_campaign: value, utm_term: value })
      .map(carriedQuery)
      .filter((carried) => carried !== '');
    fc.assert(
      fc.property(query, (carried) => {
        expect(text(filledPlain(page, carried)).toString()).toBe(written(PAGE, carried));
        const gzip = filledGzip(page, carried);
        expect(gzip !== null || carried.length > 400).toBe(true);
        const html = gzip === null ? PAGE : gunzipSync(text(gzip)).toString();
        expect(tidy(html)).toBe(gzip === null ? PAGE : written(PAGE, carried));
      }),
    );
  });

  it('makes a form for each sixteenth of what is usual, and none for each campaign', () => {
    const page = withGaps(PAGE);
    for (let length = 1; length <= 3000; length += 1) filledGzip(page, `?utm_source=${'s'.repeat(length)}`);
    expect(page.forms.size).toBe(16);
    expect([...page.forms.values()].every((form) => form !== null)).toBe(true);
  });

  it('sends the query uncompressed once, however many links carry it', () => {
    const [few, many] = [withGaps(PAGE), withGaps(PAGE + NAVIGATION.repeat(20))];
    const query = `?utm_source=${'0123456789abcdef'.repeat(10)}`;
    const more = (filledGzip(many, query)?.length ?? 0) - (filledGzip(few, query)?.length ?? 0);
    expect(more).toBeLessThan(query.length);
  });

  it('goes uncompressed where the query does not end an attribute, and where a link is too far from the last', () => {
    const amid = withGaps(`${PAGE}<p>${GAP}</p>`);
    expect(filledGzip(amid, '?utm_source=a')).toBeNull();
    expect(text(filledPlain(amid, '?utm_source=a')).toString()).toContain('<p>?utm_source=a</p>');
    const noise = Array.from({ length: 6000 }, (_, index) => crc32(String(index)).toString(36)).join(' ');
    expect(filledGzip(withGaps(PAGE + noise + NAVIGATION), '?utm_source=a')).toBeNull();
    expect(filledGzip(withGaps('<p>No link</p>'), '?utm_source=a')).toBeNull();
  });
});

it('the CRC-32 of two texts is known from those of both', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), fc.uint8Array({ maxLength: 5000 }), (first, second) => {
      const both = sumOfBoth(crc32(first), crc32(second), shiftBy(second.length));
      expect(both >>> 0).toBe(crc32(Buffer.concat([first, second])));
    }),
  );
});

describe('a campaign’s page', () => {
  const QUERY = '?utm_source=linkedin&utm_medium=social&utm_campaign=spring-2027';

  it.each([
    ['of a campaign', QUERY],
    ['of another site', '?ref=www.linkedin.com'],
  ])('is as small as any, in one gzip member, on every page that may be found (%s)', async (_, query) => {
    const { app } = await testFunnel();
    const sitemap = (await app.server.inject('/sitemap.xml')).body;
    const paths = [...sitemap.matchAll(/<loc>http:\/\/funnel\.test([^<]*)/g)].map(([, path = '']) => path);
    for (const path of [...paths, '/white-paper/check-inbox', '/livre-blanc/check-inbox']) {
      const ask = (carried: string, coding: string) =>
        app.server.inject({ url: path + carried, headers: { 'accept-encoding': coding } });
      const [campaign, gzip, plain] = [
        await ask(query, 'gzip, deflate, br, zstd'),
        await ask('', 'gzip'),
        await ask(query, ''),
      ];
      expect([path, campaign.statusCode, campaign.headers['content-encoding']]).toEqual([path, 200, 'gzip']);
      expect(campaign.rawPayload.length).toBeLessThan(14 * 1024);
      expect(campaign.rawPayload.length).toBeLessThan(gzip.rawPayload.length + 400);
      const html = tidy(gunzipSync(campaign.rawPayload).toString());
      expect(html).toBe(tidy(plain.body));
      expect(html).toContain(`${query.replaceAll('&', '&amp;')}"`);
      expect(campaign.headers).toMatchObject({
        vary: 'accept-encoding',
        'cache-control': 'public, max-age=0, must-revalidate',
        'content-length': String(campaign.rawPayload.length),
      });
    }
  });

  it('is answered with 304 to who has it, under its own tag', async () => {
    const { app } = await testFunnel();
    const ask = (query: string, tag?: string) =>
      app.server.inject({
        url: `/white-paper${query}`,
        headers: { 'accept-encoding': 'gzip', ...(tag === undefined ? {} : { 'if-none-match': tag }) },
      });
    const tag = String((await ask(QUERY)).headers.etag);
    expect((await ask(QUERY, tag)).statusCode).toBe(304);
    expect((await ask('', tag)).statusCode).toBe(200);
    const head = await app.server.inject({ method: 'HEAD', url: `/white-paper${QUERY}` });
    expect([head.statusCode, head.body]).toEqual([200, '']);
  });

  it('is compressed for who takes brotli alone, too', async () => {
    const { app } = await testFunnel();
    const ask = (coding: string) =>
      app.server.inject({ url: `/white-paper${QUERY}`, headers: { 'accept-encoding': coding } });
    const [brotli, gzip, plain] = [await ask('br, gzip;q=0'), await ask('gzip'), await ask('')];
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      vary: 'accept-encoding',
      'content-length': String(brotli.rawPayload.length),
    });
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.body);
    expect(brotli.rawPayload.length).toBeLessThan(gzip.rawPayload.length * 1.2);
    expect(new Set([brotli, gzip, plain].map(({ headers }) => headers.etag)).size).toBe(3);
  });

  it('differs from the page without a campaign in nothing but its links', async () => {
    const { app } = await testFunnel();
    const brotli = { 'accept-encoding': 'br' };
    const own = await app.server.inject({ url: '/infographic', headers: brotli });
    const campaign = await app.server.inject({ url: `/infographic${QUERY}`, headers: brotli });
    const without = brotliDecompressSync(campaign.rawPayload)
      .toString()
      .replaceAll(QUERY.replaceAll('&', '&amp;'), '');
    expect(without).toBe(brotliDecompressSync(own.rawPayload).toString());
  });
});
