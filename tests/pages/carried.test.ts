import { describe, expect, it } from 'vitest';
import { testFunnel } from '../support/funnel.ts';

const QUERY = '?utm_source=linkedin&utm_campaign=autumn&ref=www.linkedin.com';
const FOREIGN = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

/** Links of a page to other pages of ours that do not begin with its path and the query. */
function forgetful(body: string): readonly string[] {
  const links = [...body.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
  expect(links.length).toBeGreaterThan(1);
  return links.filter((href) => !href.startsWith('/assets/') && !href.includes(QUERY));
}

describe('where a visitor came from is carried on by every link', () => {
  it.each([
    ['of the first page', '/'],
    ['of the list of articles', '/articles'],
    ['of a topic', '/articles/topic/job-offers'],
    ['of an article', '/articles/losing-the-job-offer'],
    ['of a landing page', '/white-paper'],
    ['of the page after the form', '/white-paper/check-inbox'],
    ['of the privacy page', '/privacy'],
    ['of a page that is not there', '/no/such/page'],
  ])('%s', async (_, path) => {
    const { app } = await testFunnel();
    expect(forgetful((await app.server.inject(path + QUERY)).body)).toEqual([]);
  });

  it('of the page with mistakes, of one that refuses, and of one that asks to wait', async () => {
    const { post, signUp } = await testFunnel();
    const path = `/white-paper${QUERY}`;
    const wrong = await post(path, {});
    const refused = await post(path, { email: 'a@example.com', first_name: 'A' }, FOREIGN);
    let crowded = await signUp({ email: 'n0@example.com' }, 'white-paper', QUERY);
    for (let n = 1; crowded.statusCode === 303; n++)
      crowded = await signUp({ email: `n${n}@example.com` }, 'white-paper', QUERY);
    expect([wrong, refused, crowded].map(({ statusCode }) => statusCode)).toEqual([422, 403, 429]);
    expect([wrong, refused, crowded].flatMap(({ body }) => forgetful(body))).toEqual([]);
  });
});

it('an article names itself to those who came without a tag, beside the site that led them there', async () => {
  const { app } = await testFunnel();
  const { body } = await app.server.inject('/articles/losing-the-job-offer?ref=www.bing.com');
  expect(body).toContain(
    'href="/white-paper?utm_source=article&amp;utm_campaign=losing-the-job-offer&amp;ref=www.bing.com"',
  );
  expect(body).toContain('href="/articles?ref=www.bing.com"');
});
