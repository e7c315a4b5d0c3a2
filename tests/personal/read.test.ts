import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../src/content/model.ts';
import type { Funnel } from '../../src/funnel.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/kernel/clock.ts';
import { FORMER_GOAL_LINK, GOAL_LINK, HIDDEN_LINK } from '../../src/kernel/special-links.ts';
import { ROOT } from '../../src/root.ts';
import { readTarget, recordedSlug } from '../../src/sequence/read.ts';
import { freshFolder } from '../support/store.ts';
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

async function clicksOf({ store }: Funnel, leadId: string) {
  const data = await store.dataOf(leadId);
  return (data?.['clicks'] ?? []) as readonly Record<string, unknown>[];
}

/** Lays a file over the sample's. */
function writeContent(dataDir: string, name: string, text: string): void {
  const path = join(dataDir, 'content', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function writeSite(dataDir: string, change: (site: string) => string): void {
  writeContent(dataDir, 'site.yaml', change(readFileSync(join(ROOT, 'assets/content/site.yaml'), 'utf8')));
}

const PHONE = { 'user-agent': 'Mozilla/5.0 (iPhone) Safari/605' };

describe('a link to an article in an email', () => {
  it('leads there with the step’s name, records the press and does nothing else', async () => {
    const { get, link, row, lead, clock, send } = await reader();
    const before = await lead();
    clock.advance(HOUR);
    const answer = await get(link, PHONE);
    expect([answer.statusCode, answer.headers.location]).toEqual([
      302,
      '/articles/before-the-advertisement?utm_source=email&utm_medium=sequence&utm_campaign=two-markets',
    ]);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await get(String(answer.headers.location))).statusCode).toBe(200);
    expect(await row()).toMatchObject({ clicks: 0 });
    clock.advance(MINUTE);
    await send();
    expect(await row()).toMatchObject({ clicks: 1 });
    expect(await lead()).toEqual(before);
  });

  it('counts no machine, and writes down who asked for the head only', async () => {
    const { get, head, link, row, clock, send, funnel, leadId } = await reader();
    clock.advance(HOUR);
    const answer = await head(link, PHONE);
    expect([answer.statusCode, answer.headers.location]).toEqual([
      302,
      '/articles/before-the-advertisement?utm_source=email&utm_medium=sequence&utm_campaign=two-markets',
    ]);
    expect((await get(link, { 'user-agent': 'Slackbot-LinkExpanding 1.0' })).statusCode).toBe(302);
    for (const name of ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'])
      expect((await get(link, { ...PHONE, [name]: 'prefetch' })).statusCode).toBe(302);
    clock.advance(HOUR);
    await send();
    expect(await row()).toMatchObject({ clicks: 0 });
    expect((await clicksOf(funnel, leadId)).map((click) => click['reason'])).toEqual([
      'head request',
      'user agent',
      ...Array<string>(4).fill('prefetch'),
    ]);
  });

  it('keeps no name of a program and no network of whoever followed it', async () => {
    const { get, link, clock, funnel, leadId } = await reader();
    clock.advance(HOUR);
    await get(link, PHONE);
    const [click] = await clicksOf(funnel, leadId);
    expect(Object.keys(click ?? {}).toSorted()).toEqual(['actor', 'at', 'reason', 'settle_at', 'slug']);
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
    const dead = { ...content, posts: [{ ...post, dead: true }] };
    expect(readTarget(dead, post.slug, 'a-step')).toBe('/articles');
  });
});

describe('the links that lead to no article', () => {
  const talkTo = (content: Content, url: string, goal: boolean): Content => ({
    ...content,
    site: { ...content.site, talk: { ...content.site.talk, url, goal } },
  });

  it('lead to the coach’s calendar, whole and with the email’s name; to the articles when it is no page any more', async () => {
    const { funnel } = await visitor();
    const content = funnel.content.current();
    const calendar = talkTo(content, 'https://cal.example/ada?length=30#book', true);
    expect(readTarget(calendar, GOAL_LINK, 'the-offer')).toBe(
      'https://cal.example/ada?length=30&utm_source=email&utm_medium=sequence&utm_campaign=the-offer#book',
    );
    expect(readTarget(talkTo(content, 'mailto:ada@example.com', false), GOAL_LINK, 'a-step')).toBe(
      '/articles',
    );
    expect(readTarget(content, HIDDEN_LINK, 'a-step')).toBe('/articles');
  });

  it('end the sequence only as long as the coach calls it a goal', async () => {
    const { funnel } = await visitor();
    const content = funnel.content.current();
    const url = 'https://cal.example/ada';
    expect(recordedSlug(talkTo(content, url, true), GOAL_LINK)).toBe(GOAL_LINK);
    expect(recordedSlug(talkTo(content, url, false), GOAL_LINK)).toBe(FORMER_GOAL_LINK);
    expect(recordedSlug(content, 'an-article')).toBe('an-article');
  });
});

describe('a funnel whose goal is the coach’s calendar', () => {
  /** Has read the first step of a sequence that talks of the calendar, with the hidden link switched on. */
  async function invited() {
    const dataDir = freshFolder();
    writeSite(dataDir, (site) =>
      site
        .replace(/^ {2}url: mailto:.*talk$/m, '  url: https://cal.example/ada\n  goal: true')
        .replace(/^link_days:/m, 'hidden_link: true\nlink_days:'),
    );
    const step = join('sequence', '01-two-markets.md');
    const text = readFileSync(join(ROOT, 'assets/content', step), 'utf8');
    writeContent(
      dataDir,
      step,
      text.replace('With warm regards', '[Let us talk](talk:).\n\nWith warm regards'),
    );
    const world = await visitor({ follow_up: 'yes' }, { dataDir });
    await world.post(world.page, {});
    world.clock.set('2026-11-25T12:00:00Z');
    await world.send();
    const email = world.inbox.at(-1);
    const links = [...(email?.html ?? '').matchAll(/http:\/\/funnel\.test(\/read\/[\w-]+)/g)].map(
      ([, path = '']) => path,
    );
    const [goal, article, , hidden] = links;
    if (goal === undefined || article === undefined || hidden === undefined || email === undefined)
      throw new Error(`The email has these links: ${links.join(' ')}`);
    return { ...world, email, goal, article, hidden };
  }

  it('ends the sequence when a person goes there', async () => {
    const { get, goal, clock, send, lead } = await invited();
    clock.advance(HOUR);
    expect((await get(goal, PHONE)).headers.location).toBe(
      'https://cal.example/ada?utm_source=email&utm_medium=sequence&utm_campaign=two-markets',
    );
    clock.set('2026-12-24T12:00:00Z');
    expect(await send()).toEqual([]);
    expect(await lead()).toMatchObject({ followUp: 'stopped', exitReason: 'booked_call' });
  });

  it('goes on when a scanner follows every link', async () => {
    const { get, goal, article, hidden, clock, send, lead, row } = await invited();
    clock.advance(HOUR);
    for (const link of [goal, article, hidden]) {
      expect((await get(link, PHONE)).statusCode).toBe(302);
      clock.advance(4 * SECOND);
    }
    expect((await get(hidden, PHONE)).headers.location).toBe('/articles');
    clock.set('2026-12-03T12:00:00Z');
    expect((await send()).map(({ kind }) => kind)).toEqual(['submitted']);
    expect(await lead()).toMatchObject({ followUp: 'active', exitReason: null });
    expect(await row()).toMatchObject({ clicks: 0 });
  });

  it('goes on when a scanner asks for the links at one moment, without the hidden one', async () => {
    const { get, goal, article, clock, send, lead, row } = await invited();
    clock.advance(HOUR);
    await Promise.all([get(goal, PHONE), get(article, PHONE)]);
    clock.set('2026-12-03T12:00:00Z');
    expect((await send()).map(({ kind }) => kind)).toEqual(['submitted']);
    expect(await lead()).toMatchObject({ followUp: 'active', exitReason: null });
    expect(await row()).toMatchObject({ clicks: 0 });
  });

  it('shows nobody the hidden link: it is in no text and not to be seen, heard or reached', async () => {
    const { email, hidden } = await invited();
    expect(email.text).not.toContain(hidden);
    const tag = new RegExp(`<a href="http://funnel\\.test${hidden}"([^>]*)></a>`).exec(email.html)?.[1];
    expect(tag).toMatch(/aria-hidden="true" tabindex="-1" style="display:none/);
  });
});
