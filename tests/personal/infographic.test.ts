import { describe, expect, it } from 'vitest';
import { testFunnel } from '../support/funnel.ts';

describe('the page of an infographic after the press', () => {
  it('shows everything as text, with the source of each figure, while there is no picture yet', async () => {
    const { page, post, get } = await pageOf('infographic');
    expect((await get(page)).body).not.toContain('class="graphic"');
    await post(page, {});
    const { body } = await get(page);
    expect(body).toContain('<s>80%</s>');
    expect(body).toMatch(/<caption>How 282 men[^<]*<\/caption>/);
    expect(body).toContain('<th scope="row">Through personal contacts</th><td>56%</td>');
    expect(body).toContain('<strong>76%</strong> of S&amp;P 500 chief executives');
    expect(body.match(/Source: /g)?.length).toBe(6);
  });

  it('shows its picture once it is made, within our policy', async () => {
    const { page, post, get, funnel } = await pageOf('infographic');
    await post(page, {});
    await expect
      .poll(async () => await funnel.press.screen('infographic'), { timeout: 15_000 })
      .not.toBeNull();
    const { body, headers } = await get(page);
    expect(body).toContain('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 ');
    expect(body).toContain('<summary>All of it as text');
    expect(/<svg xmlns.*<\/svg>/.exec(body)?.[0]).not.toMatch(/ style=|<script|<style/);
    expect(headers['content-security-policy']).toBeDefined();
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has neither for a paper', async () => {
    const { page, post, get } = await pageOf('white-paper');
    await post(page, {});
    expect((await get(page)).body).not.toContain('class="graphic"');
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
