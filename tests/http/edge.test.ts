import { describe, expect, it } from 'vitest';
import { testFunnel } from '../support/funnel.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const HTTPS = { PUBLIC_URL: 'https://funnel.test' };

/** What every answer must carry, whatever it is. */
function expectSafe(headers: Readonly<Record<string, unknown>>, what: string) {
  expect([what, headers['x-content-type-options']]).toEqual([what, 'nosniff']);
  expect([what, headers['x-frame-options']]).toEqual([what, 'DENY']);
  expect([what, headers['referrer-policy']]).toEqual([what, 'same-origin']);
  expect([what, headers['cross-origin-opener-policy']]).toEqual([what, 'same-origin']);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
}

describe('the edge', () => {
  it('sends the security headers with every kind of answer, and pages for errors', async () => {
    const { app, funnel, takeLog } = await testFunnel({ env: HTTPS });
    Object.assign(funnel.store, { accounts: () => Promise.reject(new Error('broken on purpose')) });
    const requests = [
      { status: 200, url: '/' },
      { status: 200, url: '/healthz' },
      { status: 200, url: '/favicon.ico' },
      { status: 404, url: '/nothing-here' },
      { status: 404, url: '/download/forged' },
      { status: 404, url: '/download/%E0%A4%A' },
      { status: 404, url: `/unsubscribe/${'x'.repeat(600)}` },
      { status: 404, url: '/white-paper', method: 'DELETE' },
      { status: 303, url: '/admin' },
      { status: 401, url: '/admin/leads.csv' },
      {
        status: 403,
        url: '/white-paper',
        method: 'POST',
        headers: { ...FORM, origin: 'https://evil.example' },
      },
      {
        status: 413,
        url: '/white-paper',
        method: 'POST',
        headers: FORM,
        payload: `email=${'x'.repeat(17_000)}`,
      },
      {
        status: 415,
        url: '/white-paper',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        payload: '{}',
      },
      {
        status: 415,
        url: '/white-paper',
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        payload: '--x--',
      },
      {
        status: 415,
        url: '/white-paper',
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        payload: 'email=a',
      },
      { status: 422, url: '/white-paper', method: 'POST', headers: FORM, payload: 'email=a' },
      { status: 500, url: '/admin/login' },
    ] as const;
    for (const { status, ...request } of requests) {
      const answer = await app.server.inject(request);
      const what = `${request.url.slice(0, 40)} ${status}`;
      expect([what, answer.statusCode]).toEqual([what, status]);
      expectSafe(answer.headers, what);
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    }
    for (const { status, ...request } of requests.filter((one) => one.status > 401)) {
      const answer = await app.server.inject(request);
      const { 'content-type': type, 'cache-control': kept } = answer.headers;
      expect([status, type, kept]).toEqual([status, 'text/html; charset=utf-8', 'no-store']);
      expect(answer.body).toMatch(/<h1[ >]/);
      expect(answer.body).not.toMatch(/broken on purpose|FST_|node:/);
    }
    const logged = takeLog();
    expect(logged).toHaveLength(2);
    expect(logged[0]).toMatch(/broken on purpose.*\/admin\/login.*request failed/);
  });

  it('promises https only where the public address has it', async () => {
    const { app } = await testFunnel();
    expect((await app.server.inject('/')).headers['strict-transport-security']).toBeUndefined();
  });

  it('takes a form of 16 KiB, and not one byte more', async () => {
    const { app, inbox } = await testFunnel();
    const post = (length: number) => {
      const start = 'email=ana%40example.com&first_name=Ana&x=';
      const payload = start + 'x'.repeat(length - start.length);
      return app.server.inject({ method: 'POST', url: '/white-paper', headers: FORM, payload });
    };
    expect((await post(16 * 1024)).statusCode).toBe(303);
    expect((await post(16 * 1024 + 1)).statusCode).toBe(413);
    expect(inbox).toEqual([]);
  });

  it('lets only the sites that were named post the signup form, and nothing of the desk', async () => {
    const { app } = await testFunnel({ env: { ALLOWED_ORIGINS: 'https://coach.example' } });
    const post = async (url: string, origin: string) => {
      const headers = { ...FORM, origin, 'sec-fetch-site': 'cross-site' };
      const payload = 'email=ana%40example.com&first_name=Ana';
      return (await app.server.inject({ method: 'POST', url, headers, payload })).statusCode;
    };
    expect(await post('/white-paper', 'https://coach.example')).toBe(303);
    expect(await post('/white-paper', 'https://other.example')).toBe(403);
    for (const url of [
      '/admin/login',
      '/admin/logout',
      '/admin/account',
      '/admin/leads/x/stop',
      '/admin/setup/x',
    ]) {
      expect([url, await post(url, 'https://coach.example')]).toEqual([url, 403]);
    }
  });

  it('stores nothing of a request that it refuses', async () => {
    const { app, funnel, signUp } = await testFunnel();
    await signUp({}, 'white-paper').then((answer) => expect(answer.statusCode).toBe(303));
    const payload = 'email=eve%40example.com&first_name=Eve';
    for (const headers of [{ ...FORM, origin: 'https://evil.example' }, { 'content-type': 'text/plain' }]) {
      await app.server.inject({ method: 'POST', url: '/white-paper', headers, payload });
    }
    expect(await funnel.store.countLeads({})).toBe(1);
  });

  it('answers HEAD as GET, without a body and without a change', async () => {
    const { app, funnel, signUp, send, inbox, linkIn } = await testFunnel();
    await signUp({ follow_up: 'yes' });
    await send();
    const [email] = inbox;
    if (email === undefined) throw new Error('no email');
    const before = await funnel.store.facts();
    const paths = [
      '/',
      '/white-paper',
      '/articles',
      '/privacy',
      '/robots.txt',
      '/sitemap.xml',
      '/healthz',
      '/favicon.ico',
    ];
    for (const url of [...paths, linkIn(email, '/download/'), linkIn(email, '/unsubscribe/')]) {
      const head = await app.server.inject({ method: 'HEAD', url });
      const get = await app.server.inject(url);
      expect([url, head.statusCode, head.body]).toEqual([url, 200, '']);
      expect([url, head.headers['content-type']]).toEqual([url, get.headers['content-type']]);
      expect([url, head.headers['content-length']]).toEqual([url, get.headers['content-length']]);
    }
    expect((await funnel.store.facts()).rows).toEqual(before.rows);
  });

  it('carries the campaign from page to page', async () => {
    const { app } = await testFunnel();
    const { body } = await app.server.inject('/?utm_source=linkedin&utm_campaign=a%22b&page=2');
    expect(body).toContain('href="/white-paper?utm_source=linkedin&amp;utm_campaign=a%22b"');
    expect(body).not.toContain('page=2');
  });
});
