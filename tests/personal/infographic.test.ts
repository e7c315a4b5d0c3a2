import { describe, expect, it } from 'vitest';
import { testFunnel } from '../support/funnel.ts';

describe('the page of an infographic after the press', () => {
  it('shows everything as text, with the source of each figure, while there is no picture yet', async () => {
    const { page, post, get } = await pageOf('infographic');
    expect((await get(page)).body).not.toContain('class="graphic"');
    await post(page, {});
    const { body } = await get(page);
    // Screen readers do not say that a number is struck out.
    expect(body).toContain('<s>80%</s><span class="visually-hidden"> A line strikes the 80% out.</span> ');
    expect(body).toMatch(/<caption>How 282 men[^<]*<\/caption>/);
    expect(body).toContain('<th scope="row">Through personal contacts</th><td>56%</td>');
    expect(body).toContain('<strong>76%</strong> of S&amp;P 500 CEOs');
    expect(body.match(/Source: /g)?.length).toBe(6);
  });

  it('has the page for the chosen situation as text, too', async () => {
    const { page, post, get } = await pageOf('infographic');
    await post(page, { situation: 'between-roles' });
    const { body } = await get(page);
    expect(body).toContain('<h3>You are between roles</h3>');
    expect(body).toContain('<strong>Explain the end in two sentences.</strong> What ended');
    expect(body).not.toContain('You are aiming for');
  });

  it('shows its pictures once they are made, for a phone and for a desk, to those who pressed only', async () => {
    const { page, post, get, funnel } = await pageOf('infographic');
    expect((await get(`${page}/infographic-wide.svg`)).statusCode).toBe(303);
    await post(page, {});
    await expect
      .poll(async () => await funnel.press.screen('infographic'), { timeout: 15_000 })
      .not.toBeNull();
    const { body } = await get(page);
    expect(body).toMatch(/<img src="[^"]+-narrow.svg" width="360" height="\d+" alt="Hidden Job Market Infog/);
    expect(body).toContain('<summary>All of it as text');
    const sources = [...body.matchAll(/(?:src|srcset)="(\/download\/[^"]+\.svg)"/g)];
    expect(sources).toHaveLength(2);
    for (const [, src = ''] of sources) {
      const picture = await get(src);
      expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/svg+xml']);
      expect(picture.body).not.toMatch(/ style=|<script|<style/);
      expect(picture.headers['cache-control']).toBe('private, no-cache');
    }
    expect((await get(`${page}/infographic-huge.svg`)).statusCode).toBe(404);
    expect((await get(`${page}/white-paper-wide.svg`)).statusCode).toBe(404);
  });

  it('has neither for a paper', async () => {
    const { page, post, get } = await pageOf('white-paper');
    await post(page, {});
    expect((await get(page)).body).not.toContain('class="graphic"');
    expect((await get(`${page}/white-paper-wide.svg`)).statusCode).toBe(404);
  });
});

async function pageOf(offer: string) {
  const world = await testFunnel();
  await world.signUp({}, offer);
  await world.send();
  const [email] = world.inbox;
  if (email === undefined) throw new Error('No delivery email came.');
  return {
    ...world,
    page: world.linkIn(email, '/download/'),
    get: async (url: string) => await world.app.server.inject(url),
  };
}
