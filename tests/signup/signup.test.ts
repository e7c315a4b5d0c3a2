import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { testFunnel } from '../support/funnel.ts';

const REDIRECT = '/white-paper/check-inbox';

describe('posting the signup form', () => {
  it('stores the signup, queues one email and leads to the inbox page', async () => {
    const { signUp, send, inbox, funnel } = await testFunnel();
    const answer = await signUp({ follow_up: 'yes', timezone: 'Europe/Paris' });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(REDIRECT);
    expect(answer.headers['set-cookie']).toBeUndefined();
    await send();
    expect(inbox.map((email) => email.to)).toEqual(['ana@example.com']);
    expect(await funnel.store.findLeadByEmail('ana@example.com')).toMatchObject({
      firstName: 'Ana',
      status: 'unconfirmed',
      timezone: 'Europe/Paris',
    });
  });

  it('answers the same for new, known, over-asked and trapped addresses', async () => {
    const { signUp, funnel } = await testFunnel();
    const answers = [
      await signUp(),
      await signUp(),
      await signUp({ email: 'bob@example.com', website: 'https://spam.example' }),
    ];
    const seen = answers.map(({ statusCode, headers, body }) => [statusCode, headers.location, body]);
    expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await funnel.store.findLeadByEmail('bob@example.com')).toBeNull();
    expect((await funnel.store.heldSignups(50)).map((held) => held.email)).toEqual(['bob@example.com']);
  });

  it('sends nothing new for a second request within 10 minutes, and again after them', async () => {
    const { signUp, send, inbox, clock } = await testFunnel();
    await signUp();
    await signUp();
    await send();
    expect(inbox).toHaveLength(1);
    clock.advance(11 * MINUTE);
    await signUp();
    await send();
    expect(inbox).toHaveLength(2);
  });

  it('keeps where the visitor came from, and carries it to the next page', async () => {
    const { signUp, funnel } = await testFunnel();
    const query = '?utm_source=linkedin&utm_campaign=autumn&token=secret';
    const answer = await signUp({ referrer: 'https://www.linkedin.com/feed/?x=1' }, 'white-paper', query);
    expect(answer.headers.location).toBe(`${REDIRECT}?utm_source=linkedin&utm_campaign=autumn`);
    const { rows } = await funnel.store.leadsPage({}, { after: null, limit: 10, order: 'oldest' });
    expect(rows[0]?.first).toEqual({
      source: 'linkedin',
      medium: null,
      campaign: 'autumn',
      referrer: 'https://www.linkedin.com/feed/',
    });
  });

  it('does not take our own pages for a referrer', async () => {
    const { signUp, funnel } = await testFunnel();
    await signUp({ referrer: 'http://funnel.test/articles' });
    const { rows } = await funnel.store.leadsPage({}, { after: null, limit: 10, order: 'oldest' });
    expect(rows[0]?.first.referrer).toBeNull();
  });

  it('keeps the visitor’s network in a shortened form only', async () => {
    const { app, dataDir } = await testFunnel();
    await app.server.inject({
      method: 'POST',
      url: '/white-paper',
      remoteAddress: '192.0.2.77',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'email=ana%40example.com&first_name=Ana',
    });
    const database = new DatabaseSync(join(dataDir, 'funnel.db'), { readOnly: true });
    expect(database.prepare('select network from signups').all()).toMatchObject([
      { network: '192.0.2.0/24' },
    ]);
    database.close();
  });
});

describe('the consent sentence', () => {
  it('counts when it was shown before the coach changed it', async () => {
    const { signUp, funnel, clock } = await testFunnel();
    await funnel.store.rememberConsentWording('0123456789ab', 'An older sentence.', clock.now());
    const answer = await signUp({ follow_up: 'yes', consent_version: '0123456789ab' });
    expect(answer.headers.location).toBe(REDIRECT);
  });

  it('counts for nothing when it is not one of ours, and the next page says so', async () => {
    const { signUp, app } = await testFunnel();
    const answer = await signUp({ follow_up: 'yes', consent_version: 'ffffffffffff' });
    expect(answer.headers.location).toBe(`${REDIRECT}?note=consent`);
    const page = await app.server.inject(String(answer.headers.location));
    expect(page.body).toContain('your tick was not counted');
    expect((await app.server.inject(REDIRECT)).body).not.toContain('your tick was not counted');
  });

  it('is not asked about when the box was left empty', async () => {
    const { signUp } = await testFunnel();
    const answer = await signUp({ consent_version: 'ffffffffffff' });
    expect(answer.headers.location).toBe(REDIRECT);
  });
});

describe('a form with mistakes', () => {
  it('comes back with 422, the mistakes linked and beside their fields, and what was typed', async () => {
    const { signUp, funnel } = await testFunnel();
    const answer = await signUp({ first_name: '', email: 'ana <b>', follow_up: 'yes' });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toMatch(/<title>Error: /);
    expect(answer.body).toMatch(/role="alert"[\s\S]*href="#first_name"[\s\S]*href="#email"/);
    expect(answer.body).toMatch(
      /id="email-error"[\s\S]*value="ana &lt;b&gt;"[\s\S]*aria-describedby="email-error"/,
    );
    expect(answer.body).toMatch(/name="follow_up" value="yes" checked/);
    expect((await funnel.store.leadsPage({}, { after: null, limit: 10, order: 'oldest' })).rows).toEqual([]);
  });

  it('is refused over 16 KiB, in another type, from another site, and for an unknown offer', async () => {
    const { signUp, post, app } = await testFunnel();
    expect((await signUp({ first_name: 'a'.repeat(17_000) })).statusCode).toBe(413);
    const json = { 'content-type': 'application/json' };
    const answer = await app.server.inject({
      method: 'POST',
      url: '/white-paper',
      headers: json,
      payload: '{}',
    });
    expect(answer.statusCode).toBe(415);
    expect((await post('/white-paper', {}, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await post('/white-paper', {}, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await post('/gold', {})).statusCode).toBe(404);
  });
});

describe('a network that asks too often', () => {
  it('gets 429 with a time in seconds and in words, stores nothing, and is welcome after it', async () => {
    const { signUp, clock, funnel } = await testFunnel();
    const at = (n: number) => signUp({ email: `ana${n}@example.com` });
    for (let n = 0; n < 10; n += 1) expect((await at(n)).statusCode).toBe(303);
    const answer = await at(10);
    expect(answer.statusCode).toBe(429);
    const wait = Number(answer.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(HOUR / 1000);
    expect(answer.body).toMatch(/Please send it again in \d+ (?:minutes|hour), after/);
    expect(await funnel.store.findLeadByEmail('ana10@example.com')).toBeNull();
    clock.advance(wait * 1000);
    expect((await at(10)).statusCode).toBe(303);
  });
});
