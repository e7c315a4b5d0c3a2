import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { testFunnel } from '../support/funnel.ts';
import { PASSWORD, cookieOf, signedInDesk } from './desk.ts';

const WRONG = { password: 'wrong horse battery staple' };

describe('the set-up link', () => {
  it('shows a form as often as it is opened, and sets the password once', async () => {
    const { app, post, setup } = await testFunnel();
    const url = `/admin/setup/${await setup.link()}`;
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      const page = await app.server.inject({ method, url });
      expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-store']);
    }
    const answer = await post(url, { password: PASSWORD });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/admin']);
    expect(
      (await app.server.inject({ url: '/admin', headers: { cookie: cookieOf(answer) } })).statusCode,
    ).toBe(200);
    expect((await app.server.inject(url)).statusCode).toBe(404);
    expect((await post(url, { password: 'another long password' })).statusCode).toBe(404);
    expect(await setup.link()).toBeNull();
  });

  it('refuses a short password and stays good', async () => {
    const { post, setup, funnel } = await testFunnel();
    const url = `/admin/setup/${await setup.link()}`;
    const answer = await post(url, { password: 'short' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(/<title>Error.*role="alert".*12 characters/s);
    expect(await funnel.store.accounts()).toEqual([]);
    expect((await post(url, { password: PASSWORD })).statusCode).toBe(303);
  });

  it('is good for an hour', async () => {
    const { app, post, setup, clock, funnel } = await testFunnel();
    const url = `/admin/setup/${await setup.link()}`;
    clock.advance(HOUR - 1);
    expect((await app.server.inject(url)).statusCode).toBe(200);
    clock.advance(1);
    expect((await app.server.inject(url)).statusCode).toBe(404);
    expect((await post(url, { password: PASSWORD })).statusCode).toBe(404);
    expect(await funnel.store.accounts()).toEqual([]);
  });

  it('sets one password when it is pressed twice at one moment', async () => {
    const { post, setup } = await testFunnel();
    const url = `/admin/setup/${await setup.link()}`;
    const answers = await Promise.all([
      post(url, { password: PASSWORD }),
      post(url, { password: 'a second password' }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 404]);
  });

  it('is void once a password exists, and any other token always', async () => {
    const { app, setup, funnel, clock } = await testFunnel();
    const token = await setup.link();
    expect((await app.server.inject('/admin/setup/guess')).statusCode).toBe(404);
    await funnel.store.setPassword({
      accountId: funnel.random.uuid(),
      email: null,
      passwordHash: 'x',
      at: clock.now(),
    });
    expect((await app.server.inject(`/admin/setup/${token}`)).statusCode).toBe(404);
  });
});

describe('signing in', () => {
  it('has its page before a password exists, and says what to do', async () => {
    const { app, post } = await testFunnel();
    const page = await app.server.inject('/admin/login');
    expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(page.body).toContain('No password has been set yet');
    expect((await post('/admin/login', { password: PASSWORD })).statusCode).toBe(422);
  });

  it('takes the password, with any email as long as the one account has none', async () => {
    const { post } = await signedInDesk();
    for (const fields of [
      { password: PASSWORD },
      { password: PASSWORD, email: '' },
      { password: PASSWORD, email: 'a@b.example' },
    ]) {
      const answer = await post('/admin/login', fields);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, '/admin']);
      expect(answer.cookies).toHaveLength(1);
    }
  });

  it('keeps the spaces of a password', async () => {
    const { post, setup } = await testFunnel();
    await post(`/admin/setup/${await setup.link()}`, { password: `  ${PASSWORD}` });
    expect((await post('/admin/login', { password: PASSWORD })).statusCode).toBe(422);
    expect((await post('/admin/login', { password: `  ${PASSWORD}` })).statusCode).toBe(303);
  });

  it('refuses a wrong password with the form again, and no cookie', async () => {
    const { post } = await signedInDesk();
    const answer = await post('/admin/login', WRONG);
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toMatch(/<title>Error.*That password is not right/s);
    expect(answer.body).not.toContain(WRONG.password);
  });

  it('shuts the door after ten wrong passwords, for the right one too, until the first is 15 minutes old', async () => {
    const { post, clock } = await signedInDesk();
    for (let i = 0; i < 10; i++) {
      expect((await post('/admin/login', WRONG)).statusCode).toBe(422);
      clock.advance(MINUTE);
    }
    for (const password of [WRONG.password, PASSWORD]) {
      const answer = await post('/admin/login', { password });
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '300']);
      expect(answer.body).toContain('Try again in 5 minutes');
    }
    clock.advance(5 * MINUTE - 1);
    expect((await post('/admin/login', { password: PASSWORD })).statusCode).toBe(429);
    clock.advance(2);
    expect((await post('/admin/login', { password: PASSWORD })).statusCode).toBe(303);
    // The count began anew.
    expect((await post('/admin/login', WRONG)).statusCode).toBe(422);
  });

  it('counts guesses that come at one moment', async () => {
    const { post } = await signedInDesk();
    const answers = await Promise.all(Array.from({ length: 25 }, () => post('/admin/login', WRONG)));
    expect(answers.filter(({ statusCode }) => statusCode === 422).length).toBeLessThanOrEqual(10);
    expect(answers.filter(({ statusCode }) => statusCode === 429).length).toBeGreaterThanOrEqual(15);
  });

  it('keeps out one stranger’s network and not the coach; a household’s IPv6 addresses are one network', async () => {
    const { app } = await signedInDesk();
    const from = async (remoteAddress: string, password: string) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const payload = new URLSearchParams({ password }).toString();
      return (
        await app.server.inject({ method: 'POST', url: '/admin/login', remoteAddress, headers, payload })
      ).statusCode;
    };
    for (let i = 0; i < 10; i++) expect(await from(`2001:db8:1:2::${i}`, WRONG.password)).toBe(422);
    expect(await from('2001:db8:1:2:ffff::1', WRONG.password)).toBe(429);
    expect(await from('2001:db8:1:3::1', PASSWORD)).toBe(303);
  });
});

describe('the session', () => {
  it('is a cookie that scripts and other sites do not get', async () => {
    const { post, setup } = await testFunnel();
    const answer = await post(`/admin/setup/${await setup.link()}`, { password: PASSWORD });
    expect(answer.headers['set-cookie']).toMatch(/^desk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('is bound to the host where the public address has https', async () => {
    const { post, setup } = await testFunnel({ env: { PUBLIC_URL: 'https://funnel.test' } });
    const answer = await post(`/admin/setup/${await setup.link()}`, { password: PASSWORD });
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-desk=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('ends at sign-out on the server as well', async () => {
    const { get, submit } = await signedInDesk();
    expect((await get('/admin')).statusCode).toBe(200);
    const answer = await submit('/admin/logout');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/admin/login']);
    expect(answer.headers['set-cookie']).toMatch(/^desk=; .*Expires=Thu, 01 Jan 1970/);
    expect((await get('/admin')).statusCode).toBe(303);
  });

  it('ends after 30 minutes without a look, and after 12 hours anyway', async () => {
    const { get, clock } = await signedInDesk();
    for (let i = 0; i < 28; i++) {
      clock.advance(25 * MINUTE);
      expect((await get('/admin/account')).statusCode).toBe(200);
    }
    clock.advance(25 * MINUTE);
    expect((await get('/admin/account')).statusCode).toBe(303);
    const { get: look, clock: time } = await signedInDesk();
    time.advance(31 * MINUTE);
    expect((await look('/admin')).statusCode).toBe(303);
  });
});
