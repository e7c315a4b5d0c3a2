import { describe, expect, it } from 'vitest';
import { DAY } from '../../src/kernel/clock.ts';
import { readTarget } from '../../src/sequence/read.ts';
import { visitor } from './visitor.ts';
import type { Visitor } from './visitor.ts';

/** Has the first step's email, with the path of its first link to an article. */
async function reader(): Promise<Visitor & { readonly link: string }> {
  const world = await visitor({ follow_up: 'yes' });
  await world.post(world.page, {});
  world.clock.set('2026-11-25T12:00:00Z');
  await world.send();
  const step = world.inbox.at(-1);
  if (step === undefined) throw new Error('No step came.');
  return { ...world, link: world.linkIn(step, '/read/') };
}

describe('a link to an article in an email', () => {
  it('leads there with the step’s name, records the press and does nothing else', async () => {
    const { get, link, row, lead } = await reader();
    const before = await lead();
    const answer = await get(link, { 'user-agent': 'Mozilla/5.0 Safari/605' });
    expect([answer.statusCode, answer.headers.location]).toEqual([
      302,
      '/articles/before-the-advertisement?utm_source=email&utm_medium=sequence&utm_campaign=two-markets',
    ]);
    expect(await row()).toMatchObject({ clicks: 1 });
    expect(await lead()).toEqual(before);
    expect((await get(String(answer.headers.location))).statusCode).toBe(200);
  });

  it('counts no scanner, and leaves no trace of HEAD', async () => {
    const { get, head, link, row } = await reader();
    expect((await head(link)).statusCode).toBe(302);
    expect((await get(link, { 'user-agent': 'Slackbot-LinkExpanding 1.0' })).statusCode).toBe(302);
    expect(await row()).toMatchObject({ clicks: 0 });
  });

  it('still leads there after a year, and when the lead is gone', async () => {
    const { get, link, clock, funnel, leadId } = await reader();
    clock.advance(400 * DAY);
    expect((await get(link)).headers.location).toContain('/articles/before-the-advertisement');
    await funnel.store.eraseLead(leadId, clock.now());
    const answer = await get(link);
    expect([answer.statusCode, answer.headers.location]).toEqual([
      302,
      '/articles/before-the-advertisement?utm_source=email&utm_medium=sequence',
    ]);
  });

  it('is unknown when it was forged or cut', async () => {
    const { get, link, row } = await reader();
    expect((await get(link.slice(0, -1))).statusCode).toBe(404);
    expect((await get('/read/https:%2F%2Fevil.example')).statusCode).toBe(404);
    expect(await row()).toMatchObject({ clicks: 0 });
  });

  it('leads to an article elsewhere by the content’s address, and to the list when the article is gone', async () => {
    const { funnel } = await visitor();
    const content = funnel.content.current();
    const [post] = content.posts;
    if (post === undefined) throw new Error('The sample has no articles.');
    const elsewhere = {
      ...content,
      posts: [{ ...post, url: 'https://blog.example/a?page=2#top', body: null }],
    };
    expect(readTarget(elsewhere, post.slug, 'a-step')).toBe(
      'https://blog.example/a?page=2&utm_source=email&utm_medium=sequence&utm_campaign=a-step#top',
    );
    expect(readTarget(content, 'no-such-article', 'a-step')).toBe('/articles');
  });
});
