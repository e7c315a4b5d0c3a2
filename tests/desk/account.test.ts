import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { PASSWORD, cookieOf, signedInDesk } from './desk.ts';

const NEW = 'a wholly different passphrase';

describe('changing the password', () => {
  it('asks for the current one, and signs every other browser out', async () => {
    const desk = await signedInDesk();
    const other = cookieOf(await desk.post('/admin/login', { password: PASSWORD }));
    const answer = await desk.submit('/admin/account', {
      action: 'password',
      current: PASSWORD,
      password: NEW,
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Your password is changed');
    const seen = async (cookie: string) =>
      (await desk.app.server.inject({ url: '/admin', headers: { cookie } })).statusCode;
    expect([await seen(other), await seen(desk.cookie), await seen(cookieOf(answer))]).toEqual([
      303, 303, 200,
    ]);
    expect((await desk.post('/admin/login', { password: PASSWORD })).statusCode).toBe(422);
    expect((await desk.post('/admin/login', { password: NEW })).statusCode).toBe(303);
  });

  it.each([
    [{ current: 'wrong password', password: NEW }, 'current', 'The current password is not right.'],
    [{ current: PASSWORD, password: 'short' }, 'password', '12 characters or more'],
    [{}, 'current', 'The current password is not right.'],
  ])('with %j changes nothing and says why', async (fields, field, words) => {
    const desk = await signedInDesk();
    const answer = await desk.submit('/admin/account', { action: 'password', ...fields });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(/<title>Error/);
    expect(answer.body).toMatch(new RegExp(`<a href="#${field}">[^<]*${words}`));
    expect((await desk.get('/admin')).statusCode).toBe(200);
    expect((await desk.post('/admin/login', { password: PASSWORD })).statusCode).toBe(303);
  });
});

describe('guessing the current password', () => {
  it('shuts the door after ten wrong ones, for the right one and the sign-in too, for a quarter of an hour', async () => {
    const desk = await signedInDesk();
    const change = (current: string) =>
      desk.submit('/admin/account', { action: 'password', current, password: NEW });
    for (let tries = 0; tries < 10; tries++) expect((await change('wrong password')).statusCode).toBe(422);
    const shut = await change(PASSWORD);
    expect([shut.statusCode, shut.headers['retry-after']]).toEqual([429, '900']);
    expect(shut.body).toContain('Too many wrong passwords. Try again in 15 minutes.');
    expect((await desk.post('/admin/login', { password: PASSWORD })).statusCode).toBe(429);
    desk.clock.advance(15 * MINUTE);
    expect((await change(PASSWORD)).statusCode).toBe(200);
  });
});

describe('the page about the funnel’s health', () => {
  it('says that all is well, and what is where', async () => {
    const { get } = await signedInDesk();
    const { body } = await get('/admin/health');
    expect(body).toContain('All is well.');
    expect(body).toMatch(/SQLite 3\.\d+/);
    expect(body).toContain('written to files; none is sent');
    expect(body).toContain('they refuse to go live');
  });

  it('shows what waits and what is wrong with the content', async () => {
    const desk = await signedInDesk();
    await desk.signUp();
    desk.clock.advance(HOUR);
    const folder = join(desk.dataDir, 'content');
    mkdirSync(folder);
    writeFileSync(join(folder, 'site.yaml'), 'name: <half a site>\n');
    await desk.funnel.content.reload();
    // The idle session has ended meanwhile.
    const cookie = cookieOf(await desk.post('/admin/login', { password: PASSWORD }));
    const { body } = await desk.get('/admin/health', { cookie });
    expect(body).toContain('1 email has waited for more than 15 minutes.');
    expect(body).toMatch(/The content folder has \d+ mistakes?; the last valid version is served/);
    expect(body).toContain('/content/site.yaml:1</code>');
    expect((await desk.get('/white-paper')).statusCode).toBe(200);
  });
});
