import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DAY } from '../../src/kernel/clock.ts';
import { visitor } from './visitor.ts';

const follow = { follow_up: 'yes' };

describe('the download page', () => {
  it('shows what was asked for, the name, both questions and one button, and is kept by nobody', async () => {
    const { get, page } = await visitor();
    const answer = await get(page);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toContain('value="Ana"');
    expect(answer.body).toContain('name="situation"');
    expect(answer.body).toContain('name="target_role"');
    expect(answer.body).not.toContain('name="follow_up"');
    expect(answer.body).not.toContain('ana@example.com');
  });

  it('shows the ticked sentence and the second button', async () => {
    const { get, page, funnel } = await visitor(follow);
    const { body } = await get(page);
    expect(body).toContain(funnel.content.current().consent.wording);
    expect(body).toContain('name="follow_up" value="no"');
  });

  it('changes nothing by GET and HEAD, however often', async () => {
    const { get, head, page, lead, row } = await visitor(follow);
    for (let i = 0; i < 3; i += 1) {
      await get(page);
      await head(page);
      expect((await get(`${page}/white-paper.pdf`)).statusCode).toBe(303);
      await head(`${page}/white-paper.pdf`);
    }
    expect(await lead()).toMatchObject({ status: 'unconfirmed', followUp: 'none', confirmedAt: null });
    expect(await row()).toMatchObject({ downloads: 0 });
  });

  it('escapes what was typed into the form', async () => {
    const { get, page } = await visitor({ first_name: '<b>"Ana"</b>' });
    const { body } = await get(page);
    expect(body).not.toContain('<b>"Ana"');
    expect(body).toContain('&lt;b&gt;');
  });

  it('is the same page as any unknown address for a forged, a cut and another purpose’s token', async () => {
    const { get, post, page, notMe } = await visitor();
    const unknown = await get('/download/nothing-at-all');
    const token = page.slice('/download/'.length);
    const other = notMe.slice('/unsubscribe/'.length);
    const flipped = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    for (const wrong of [token.slice(0, -1), `${token}=`, other, flipped]) {
      for (const path of [`/download/${wrong}`, `/download/${wrong}/white-paper.pdf`]) {
        const answer = await get(path);
        expect([answer.statusCode, answer.body]).toEqual([404, unknown.body]);
      }
      expect((await post(`/download/${wrong}`, {})).statusCode).toBe(404);
      expect((await post(`/download/${wrong}/renew`, {})).statusCode).toBe(404);
    }
  });
});

describe('the page after the press', () => {
  const NAVIGATION = { 'user-agent': 'Mozilla/5.0 (iPhone)' };

  it('tells the browser to fetch the file, once it is there by the press, and not to whoever comes again', async () => {
    const { get, post, page } = await visitor(follow);
    expect((await get(`${page}?file=1`)).headers.refresh).toBeUndefined();
    await post(page, {});
    const arrived = await get(`${page}?file=1`);
    expect(arrived.headers.refresh).toBe(`1; url=${page}/white-paper.pdf`);
    expect(arrived.body).toContain('Your browser is saving the file');
    const again = await get(page);
    expect(again.headers.refresh).toBeUndefined();
    expect(again.body).not.toContain('Your browser is saving the file');
    const wrong = await post(`${page}?file=1`, { first_name: 'x'.repeat(81) });
    expect([wrong.statusCode, wrong.headers.refresh]).toEqual([422, undefined]);
  });

  it('tells the day of the next email, in the reader’s zone, or that none is on its way', async () => {
    const wanted = await visitor(follow);
    await wanted.post(wanted.page, {});
    expect((await wanted.get(wanted.page)).body).toContain(
      'The first follow-up email is planned for Tuesday, November 24, 2026, and goes to a•••@example.com',
    );
    wanted.clock.set('2026-11-24T16:00:00Z');
    await wanted.send();
    expect((await wanted.get(wanted.page)).body).toContain('The next follow-up email is planned for ');
    const declined = await visitor(follow);
    await declined.post(declined.page, { follow_up: 'no' });
    expect((await declined.get(declined.page)).body).toContain('no follow-up emails are on their way');
  });

  it('has its script named in the security policy, and does not need it', async () => {
    const { get, page } = await visitor();
    const { body, headers } = await get(page);
    const scripts = [...body.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) =>
      createHash('sha256').update(text).digest('base64'),
    );
    expect(scripts.length).toBeGreaterThan(1);
    for (const hash of scripts) expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
    expect(body).toMatch(/<noscript>[\s\S]+href="\/download\//);
  });

  it('asks the two questions openly as long as they are unanswered', async () => {
    const { get, post, page } = await visitor();
    await post(page, {});
    expect((await get(page)).body).toMatch(/<details class="change" open>\s*<summary>Make it fit you better/);
    await post(page, { situation: 'between-roles' });
    expect((await get(page)).body).toMatch(/<details class="change">\s*<summary>Change the name/);
  });

  it('counts looks before the press as looks at own pages, robots and HEAD left out, and at no other page', async () => {
    const { get, head, post, page, funnel, app, clock } = await visitor();
    await get(page, NAVIGATION);
    await get(page, NAVIGATION);
    await get(page, { 'user-agent': 'Slackbot-LinkExpanding 1.0' });
    await head(page, NAVIGATION);
    await post(page, {});
    await get(page, NAVIGATION);
    await app.close();
    const { views, links } = await funnel.store.funnelNumbers({ from: 0, to: clock.now() + 1 });
    expect(links).toMatchObject({ mailed: 1, pressed: 1, looks: 2 });
    expect(views).toBe(0);
  });
});

describe('a name that may not be printed as it is written', () => {
  it.each([
    ['Ana Sofía', false],
    ['Ελένη Иванова', false],
    ['李小龙', true],
    ['Maximiliana von und zu Hohenstein-Oberwaldenfels', true],
  ])('%s is told what can be printed: %s', async (name, isTold) => {
    const { get, page } = await visitor({ first_name: name });
    expect((await get(page)).body.includes('letters can be printed')).toBe(isTold);
  });
});

describe('the press', () => {
  it('confirms, starts the follow-up and leads to the file, again and again', async () => {
    const { post, page, lead, funnel, leadId } = await visitor(follow);
    for (let i = 0; i < 3; i += 1) {
      const answer = await post(page, {});
      expect([answer.statusCode, answer.headers.location]).toEqual([303, `${page}/white-paper.pdf`]);
    }
    expect(await lead()).toMatchObject({ status: 'confirmed', followUp: 'active' });
    expect(await funnel.store.consentReceipts(leadId)).toHaveLength(1);
    const steps = (await funnel.store.messagesOf(leadId)).filter((message) => message.kind === 'step');
    expect(steps).toHaveLength(1);
  });

  it('needs no fields and no body at all', async () => {
    const { app, page } = await visitor();
    const answer = await app.server.inject({ method: 'POST', url: page });
    expect(answer.statusCode).toBe(303);
  });

  it('gives the document without follow-ups by the second button, and they cannot start by the first one later', async () => {
    const { post, get, page, lead } = await visitor(follow);
    await post(page, { follow_up: 'no' });
    expect(await lead()).toMatchObject({ status: 'confirmed', followUp: 'none' });
    expect((await get(page)).body).not.toContain('name="follow_up"');
    await post(page, {});
    expect(await lead()).toMatchObject({ followUp: 'none' });
  });

  it('writes name, situation and role, keeps them when they are not sent, and takes back what is emptied', async () => {
    const { post, page, lead } = await visitor();
    await post(page, { first_name: ' Ana  Sofía ', situation: 'between-roles', target_role: 'CFO' });
    expect(await lead()).toMatchObject({
      firstName: 'Ana Sofía',
      situation: 'between-roles',
      targetRole: 'CFO',
    });
    await post(page, {});
    expect(await lead()).toMatchObject({
      firstName: 'Ana Sofía',
      situation: 'between-roles',
      targetRole: 'CFO',
    });
    await post(page, { situation: '', target_role: '' });
    expect(await lead()).toMatchObject({ firstName: 'Ana Sofía', situation: null, targetRole: null });
  });

  it('answers wrong fields with 422, a summary, the typed values, and changes nothing', async () => {
    const { post, page, lead } = await visitor(follow);
    const answer = await post(page, {
      first_name: 'x'.repeat(81),
      situation: 'pirate',
      target_role: 'y'.repeat(81),
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(/<title>Error/);
    for (const field of ['first_name', 'situation', 'target_role']) {
      expect(answer.body).toContain(`href="#${field}"`);
      expect(answer.body).toContain(`id="${field}-error"`);
      expect(answer.body).toContain(`id="${field}"`);
    }
    expect(answer.body).toContain('x'.repeat(81));
    expect((await post(page, { first_name: '\u0007\u0008' })).statusCode).toBe(422);
    expect(await lead()).toMatchObject({ status: 'unconfirmed' });
  });

  it('leaves a page that says what comes next, with the file, the preferences and "Let’s talk"', async () => {
    const { post, get, page, funnel } = await visitor(follow);
    await post(page, {});
    const { body, statusCode } = await get(page);
    expect(statusCode).toBe(200);
    expect(body).toContain(`${page}/white-paper.pdf"`);
    expect(body).toContain(`${page}/white-paper.pdf?view=1`);
    expect(body).toContain('href="/preferences/');
    expect(body).toContain(funnel.content.current().site.talk.label);
    expect(body).toContain('a•••@example.com');
  });
});

describe('the file', () => {
  it('is a PDF to be saved, or shown in the browser, with a readable name, and kept in no shared cache', async () => {
    const { post, get, page } = await visitor();
    await post(page, {});
    const saved = await get(`${page}/white-paper.pdf`);
    expect(saved.statusCode).toBe(200);
    expect(saved.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect(saved.headers['content-type']).toBe('application/pdf');
    expect(saved.headers['cache-control']).toMatch(/private/);
    expect(saved.headers['content-disposition']).toMatch(
      /^attachment; filename="[\w-]+\.pdf"; filename\*=UTF-8''[\w-]+\.pdf$/,
    );
    const shown = await get(`${page}/white-paper.pdf?view=1`);
    expect(shown.headers['content-disposition']).toMatch(/^inline; /);
    expect((await get(`${page}/infographic.pdf`)).statusCode).toBe(404);
  });

  it('is counted when it was given whole, and not for HEAD, ranges or a copy that the browser has already', async () => {
    const { post, get, head, page, row } = await visitor();
    await post(page, {});
    const file = `${page}/white-paper.pdf`;
    const whole = await get(file);
    const etag = String(whole.headers.etag);
    await vi.waitFor(async () => expect(await row()).toMatchObject({ downloads: 1 }));

    const seen = await head(file);
    expect([seen.statusCode, seen.headers['content-length']]).toEqual([200, String(whole.rawPayload.length)]);
    const part = await get(file, { range: 'bytes=0-99' });
    expect([part.statusCode, part.headers['content-range']]).toEqual([
      206,
      `bytes 0-99/${whole.rawPayload.length}`,
    ]);
    expect(part.rawPayload.equals(whole.rawPayload.subarray(0, 100))).toBe(true);
    expect((await get(file, { range: 'bytes=99999999-' })).statusCode).toBe(416);
    expect((await get(file, { range: 'bytes=0-9', 'if-range': etag })).statusCode).toBe(206);
    expect((await get(file, { 'if-none-match': etag })).statusCode).toBe(304);
    expect(await row()).toMatchObject({ downloads: 1 });

    const changed = await get(file, { range: 'bytes=0-9', 'if-range': '"another"' });
    expect([changed.statusCode, changed.rawPayload.length]).toEqual([200, whole.rawPayload.length]);
    await vi.waitFor(async () => expect(await row()).toMatchObject({ downloads: 2 }));
  });

  it('carries the security headers of every answer, though it goes past the server’s own sending', async () => {
    const { post, get, page } = await visitor();
    await post(page, {});
    const [file, html] = [await get(`${page}/white-paper.pdf`), await get(page)];
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(html.headers['content-security-policy']).toMatch(/^default-src 'none'; /);
    for (const name of [
      'content-security-policy',
      'x-content-type-options',
      'x-frame-options',
      'referrer-policy',
      'cross-origin-opener-policy',
      'permissions-policy',
    ])
      expect([name, file.headers[name]]).toEqual([name, html.headers[name] ?? 'a header']);
  });

  it.each([
    ['filled in', 'Zoë'],
    ['made whole for its letters', 'محمد'],
  ])(
    'is kept in the ledger by hash, length and version of the very bytes that were given (%s)',
    async (_, name) => {
      const { post, get, page, funnel, dataDir } = await visitor();
      await post(page, { first_name: name, target_role: 'CFO' });
      const { rawPayload: bytes, headers } = await get(`${page}/white-paper.pdf`);
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      const raw = new Database(join(dataDir, 'funnel.db'), { readonly: true });
      onTestFinished(() => void raw.close());
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await expect
        .poll(() => raw.prepare('select sha256, bytes, content_version as version from downloads').all())
        .toEqual([{ sha256, bytes: bytes.length, version: funnel.content.current().version }]);
      expect(headers.etag).toBe(`"${sha256}"`);
    },
  );

  it('changes with the name', async () => {
    const { post, get, page } = await visitor();
    await post(page, {});
    const before = await get(`${page}/white-paper.pdf`);
    await post(page, { first_name: 'Ana Sofía' });
    const after = await get(`${page}/white-paper.pdf`);
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });
});

describe('an expired link', () => {
  it('offers a fresh one by one button, to the same address, shown masked', async () => {
    const { get, post, page, clock, send, inbox, linkIn } = await visitor();
    clock.advance(31 * DAY);
    const expired = await get(page);
    expect(expired.statusCode).toBe(410);
    expect(expired.body).toContain(`action="${page}/renew"`);
    expect(expired.body).toContain('a•••@example.com');
    expect(expired.body).not.toContain('ana@example.com');
    expect((await get(`${page}/white-paper.pdf`)).statusCode).toBe(410);
    expect((await post(page, {})).statusCode).toBe(410);

    const first = await post(`${page}/renew`, {});
    const second = await post(`${page}/renew`, {});
    expect(first.statusCode).toBe(200);
    expect([second.statusCode, second.body]).toEqual([200, first.body]);
    await send();
    const renewals = inbox.filter((email) => email.tags.some((tag) => tag.value === 'renewal'));
    expect(renewals).toHaveLength(1);
    const [renewal] = renewals;
    if (renewal === undefined) throw new Error('No renewal came.');
    expect((await get(linkIn(renewal, '/download/'))).statusCode).toBe(200);
  });

  it('is not renewed while it is good', async () => {
    const { post, page } = await visitor();
    const answer = await post(`${page}/renew`, {});
    expect([answer.statusCode, answer.headers.location]).toEqual([303, page]);
  });
});
