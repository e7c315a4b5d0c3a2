import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { LEAD_COLUMNS } from '../../src/leads/csv.ts';
import { addDemoLeads, confirmedLead, cookieOf, PASSWORD, signedInDesk } from './desk.ts';

const PAGES = [
  '/admin',
  '/admin/leads',
  '/admin/emails',
  '/admin/emails/two-markets',
  '/admin/emails/delivery',
  '/admin/documents',
  '/admin/health',
  '/admin/account',
];

describe('every page of the desk', () => {
  it('is there for the coach, and is kept nowhere', async () => {
    const { get } = await signedInDesk();
    for (const url of PAGES) {
      const page = await get(url);
      expect([url, page.statusCode]).toEqual([url, 200]);
      expect(page.headers['cache-control']).toBe('no-store');
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.body).toMatch(/<meta name="robots" content="noindex">/);
      expect(page.body).toMatch(/aria-current="page"/);
      expect(page.body).not.toMatch(/ style="| on[a-z]+="|undefined|\[object|NaN/);
    }
  });

  it('sends everybody else to the login, scripts that want the CSV a 401', async () => {
    const { app } = await signedInDesk();
    for (const url of [
      ...PAGES,
      '/admin/leads/019aa000-0000-7000-8000-000000000001',
      '/admin/emails/two-markets/preview.html',
      '/admin/emails/nonsense',
      '/admin/documents/white-paper',
      '/admin/documents/white-paper.pdf',
      '/admin/documents/white-paper/pages/1',
      '/admin/documents/white-paper/pages/1.svg',
      '/admin/documents/nonsense',
    ]) {
      for (const headers of [{}, { cookie: 'desk=forged' }]) {
        const answer = await app.server.inject({ url, headers });
        expect([url, answer.statusCode, answer.headers.location]).toEqual([url, 303, '/admin/login']);
        expect(answer.headers['cache-control']).toBe('no-store');
      }
    }
    const csv = await app.server.inject('/admin/leads.csv');
    expect([csv.statusCode, csv.headers['www-authenticate'], csv.headers['cache-control']]).toEqual([
      401,
      'Bearer',
      'no-store',
    ]);
  });

  it('changes nothing for another site, nor for who is not signed in', async () => {
    const desk = await signedInDesk();
    const leadId = await confirmedLead(desk);
    const forms = [
      `/admin/leads/${leadId}/stop`,
      '/admin/held/x/release',
      '/admin/emails/pause',
      '/admin/emails/resume',
      '/admin/messages/x/settle',
      '/admin/account',
      '/admin/logout',
    ];
    for (const url of forms) {
      const foreign = await desk.post(url, {}, { cookie: desk.cookie, origin: 'https://evil.example' });
      expect([url, foreign.statusCode]).toEqual([url, 403]);
      const answer = await desk.post(url, {});
      expect([url, answer.statusCode, answer.headers.location]).toEqual([url, 303, '/admin/login']);
    }
    expect((await desk.funnel.store.findLead(leadId))?.followUp).toBe('active');
    expect(await desk.funnel.store.senderPause(desk.clock.now())).toBeNull();
    expect((await desk.get('/admin')).statusCode).toBe(200);
  });
});

describe('the list of leads', () => {
  it('says so when there is nobody', async () => {
    const { get } = await signedInDesk();
    expect((await get('/admin/leads')).body).toMatch(/Nobody matches\. When somebody signs up/);
    expect((await get('/admin/leads?q=nobody')).body).toMatch(
      /Nobody matches\. <a href="\/admin\/leads">Show all/,
    );
  });

  it('shows made-up leads, fifty a page, each once, the newest first', async () => {
    const desk = await signedInDesk();
    await addDemoLeads(desk, 120);
    const seen: string[] = [];
    let url: string | undefined = '/admin/leads';
    while (url !== undefined) {
      const { body } = await desk.get(url);
      expect(body).toContain('120 leads');
      seen.push(...[...body.matchAll(/href="\/admin\/leads\/([\w-]{36})"/g)].map(([, id = '']) => id));
      url = /<a href="([^"]+)">Older<\/a>/.exec(body)?.[1]?.replaceAll('&amp;', '&');
    }
    expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
    const created = await Promise.all(
      seen.map(async (id) => (await desk.funnel.store.findLead(id))?.createdAt ?? 0),
    );
    expect(created).toEqual(created.toSorted((a, b) => b - a));
  });

  it('filters, keeps the filter while paging, and offers the same as CSV', async () => {
    const desk = await signedInDesk();
    await addDemoLeads(desk, 600);
    const query = 'status=confirmed&offer=white-paper';
    const { body } = await desk.get(`/admin/leads?${query}`);
    expect(body).toContain('<option selected>confirmed</option>');
    expect(body).toContain('<option value="white-paper" selected>');
    expect(body).toContain(`href="/admin/leads.csv?${query.replace('&', '&amp;')}"`);
    expect(body).toMatch(new RegExp(`href="/admin/leads\\?${query.replace('&', '&amp;')}&amp;after=`));
    const csv = await desk.get(`/admin/leads.csv?${query}`);
    const rows: { status: string; offers: string }[] = parse(csv.body, { bom: true, columns: true });
    expect(rows.length).toBe(Number(/(\d+) leads?\./.exec(body)?.[1]));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every(({ status, offers }) => status === 'confirmed' && offers.includes('white-paper'))).toBe(
      true,
    );
  });

  it('finds by a part of name or address, and survives any query', async () => {
    const desk = await signedInDesk();
    await desk.signUp({ email: 'Maria.Weber@example.com', first_name: 'María <b>' });
    const found = await desk.get('/admin/leads?q=WEBER%40');
    expect(found.body).toContain('1 lead.');
    expect(found.body).toContain('María &lt;b&gt;');
    for (const query of [
      'q=%25',
      'q=a&q=b',
      'after=nonsense',
      'after=9999999999999999.1',
      'after=1.1&after=2.2',
      'x=1',
      'status=&from=',
      '__proto__=1',
    ]) {
      expect([query, (await desk.get(`/admin/leads?${query}`)).statusCode]).toEqual([query, 200]);
    }
  });

  it('tells what is wrong with a filter, and keeps what was typed', async () => {
    const { get } = await signedInDesk();
    const page = await get('/admin/leads?status=happy&from=2026-11-31&q=ana');
    expect(page.statusCode).toBe(422);
    expect(page.body).toMatch(/<title>Error/);
    expect(page.body).toMatch(/“happy” is no status/);
    expect(page.body).toMatch(/“2026-11-31” is no day/);
    expect(page.body).toContain('value="ana"');
    const csv = await get('/admin/leads.csv?from=2026-12-02&to=2026-12-01');
    expect([csv.statusCode, csv.headers['content-type']]).toEqual([422, 'text/plain; charset=utf-8']);
  });
});

describe('the CSV', () => {
  it('is a download with a day in its name, read by any reader', async () => {
    const desk = await signedInDesk();
    await desk.signUp({ first_name: '=cmd' }, 'white-paper', '?utm_source=linkedin');
    const csv = await desk.get('/admin/leads.csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toBe('attachment; filename="leads-2026-11-22.csv"');
    const rows: Record<string, string>[] = parse(csv.body, { bom: true, columns: true });
    expect(Object.keys(rows[0] ?? {})).toEqual(LEAD_COLUMNS);
    expect(rows).toMatchObject([
      { email: 'ana@example.com', first_name: "'=cmd", first_source: 'linkedin', status: 'unconfirmed' },
    ]);
    const head = await desk.app.server.inject({
      method: 'HEAD',
      url: '/admin/leads.csv',
      headers: { cookie: desk.cookie },
    });
    expect([head.statusCode, head.body]).toEqual([200, '']);
  });

  it('is given for a key made on the account page, until a new key is made', async () => {
    const desk = await signedInDesk();
    const keyFrom = (body: string) => /<code>([\w-]{43})<\/code>/.exec(body)?.[1] ?? '';
    const first = keyFrom((await desk.submit('/admin/account', { action: 'csv-token' })).body);
    const ask = async (authorization: string) =>
      (await desk.app.server.inject({ url: '/admin/leads.csv', headers: { authorization } })).statusCode;
    expect(await ask(`Bearer ${first}`)).toBe(200);
    expect(await ask(`bearer ${first}`)).toBe(200);
    for (const wrong of [`Basic ${first}`, `Bearer ${first}x`, 'Bearer', 'Bearer ', ''])
      expect(await ask(wrong)).toBe(401);
    const second = keyFrom((await desk.submit('/admin/account', { action: 'csv-token' })).body);
    expect([await ask(`Bearer ${first}`), await ask(`Bearer ${second}`)]).toEqual([401, 200]);
    // The key opens the CSV and nothing else, and is shown once.
    const page = await desk.app.server.inject({
      url: '/admin',
      headers: { authorization: `Bearer ${second}` },
    });
    expect(page.statusCode).toBe(303);
    expect((await desk.get('/admin/account')).body).not.toContain(second);
  });
});

describe('the page of one lead', () => {
  it('shows who it is, what was sent, what happened, and the words of the consent', async () => {
    const desk = await signedInDesk();
    const leadId = await confirmedLead(desk);
    const { statusCode, body } = await desk.get(`/admin/leads/${leadId}`);
    expect(statusCode).toBe(200);
    const { consent } = desk.funnel.content.current();
    for (const words of [
      'ana@example.com',
      'Signed up',
      'the address is confirmed',
      'The follow-up emails began',
      'delivery',
      consent.version,
    ]) {
      expect(body).toContain(words);
    }
    expect(body.replaceAll('&#39;', "'").replaceAll('&amp;', '&')).toContain(`<q>${consent.wording}</q>`);
    expect((await desk.get('/admin/leads/019aa000-0000-7000-8000-000000000001')).statusCode).toBe(404);
    expect((await desk.get('/admin/leads/nonsense')).statusCode).toBe(404);
  });

  it('tells the history in words, without a raw value', async () => {
    const desk = await signedInDesk();
    const leadId = await confirmedLead(desk);
    const until = Date.UTC(2026, 11, 20, 5);
    const { store, clock, timetable } = desk.funnel;
    await store.changePreferences(
      leadId,
      { kind: 'pause', until },
      { at: clock.now(), place: '/preferences', timetable: timetable() },
    );
    const { body } = await desk.get(`/admin/leads/${leadId}`);
    const text = (body.split('id="timeline"')[1] ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toMatch(/Signed up the person, offer: white-paper, an email goes out/);
    expect(text).toMatch(/Email sent or written the program, email: delivery /);
    expect(text).toMatch(/Paused the emails the person, until December 20, 2026/);
    expect(text).not.toMatch(/\d{13}|: -|_/);
  });

  it('lets the coach stop the emails: nothing more is sent', async () => {
    const desk = await signedInDesk();
    const leadId = await confirmedLead(desk);
    const answer = await desk.submit(`/admin/leads/${leadId}/stop`);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `/admin/leads/${leadId}`]);
    const { body } = await desk.get(`/admin/leads/${leadId}`);
    expect(body).toContain('stopped: you stopped the emails');
    expect(body).toContain('You stopped the emails');
    expect(body).not.toContain('Stop the follow-up emails');
    expect((await desk.submit(`/admin/leads/${leadId}/stop`)).statusCode).toBe(303);
    expect((await desk.submit('/admin/leads/019aa000-0000-7000-8000-000000000001/stop')).statusCode).toBe(
      404,
    );
    desk.clock.advance(30 * DAY);
    expect((await desk.send()).filter(({ kind }) => kind === 'submitted')).toEqual([]);
  });
});

describe('a signup that was held back', () => {
  it('waits on the first page, and the coach’s release sends the delivery email', async () => {
    const desk = await signedInDesk();
    await desk.signUp({ website: 'https://spam.example', email: 'held@example.com' });
    expect(await desk.send()).toEqual([]);
    const { body } = await desk.get('/admin');
    expect(body).toContain('held@example.com');
    const url = /action="(\/admin\/held\/[\w-]+\/release)"/.exec(body)?.[1] ?? '';
    const answer = await desk.submit(url);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/admin']);
    await desk.send();
    expect(desk.inbox.map(({ to }) => to)).toEqual(['held@example.com']);
    expect((await desk.get('/admin')).body).not.toContain('held@example.com');
    expect((await desk.submit(url)).statusCode).toBe(404);
    expect((await desk.submit('/admin/held/nonsense/release')).statusCode).toBe(404);
  });
});

describe('the numbers', () => {
  it('count people, and say what share of the step before they are', async () => {
    const desk = await signedInDesk();
    await addDemoLeads(desk, 50);
    await confirmedLead(desk);
    await desk.signUp({ email: 'bo@example.com', first_name: 'Bo' }, 'infographic', '?utm_source=linkedin');
    const { body } = await desk.get('/admin');
    const text = body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('In the last 7 days 2 people signed up, 1 confirmed');
    expect(text).toMatch(/Mailed a link 1 50% of signups/);
    expect(text).toMatch(/Pressed the button on their page 1 100% of those/);
    expect(text).toContain('There are too few people yet to say where most are lost');
    expect(text).toContain('1 signup was mailed a link. The button was pressed.');
    expect(text).toMatch(/linkedin 1 0/);
    expect(text).toContain('No link in an email was followed.');
  });

  it('show clicks by people beside the raw ones, and say what is left out', async () => {
    const desk = await signedInDesk();
    await confirmedLead(desk);
    desk.clock.advance(2 * DAY + 6 * HOUR);
    await desk.send();
    const link = desk.linkIn(desk.inbox.at(-1)!, '/read/');
    const follow = async (userAgent: string) => {
      desk.clock.advance(MINUTE);
      await desk.app.server.inject({ url: link, headers: { 'user-agent': userAgent } });
    };
    await follow('Mozilla/5.0 (iPhone)');
    await follow('Slackbot-LinkExpanding 1.0');
    await follow('');
    desk.clock.advance(MINUTE);
    await desk.send();
    // The session of before is over by now.
    const cookie = cookieOf(await desk.post('/admin/login', { password: PASSWORD }));
    const { body } = await desk.get('/admin', { cookie });
    const text = body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toMatch(/Clicked a link 1 100% of those/);
    expect(text).toMatch(/Clicks by people 1 Clicks, raw 3/);
    expect(text).toContain(
      'Links in emails were followed 3 times, once by people. Left out: 1 by machines, which open links to check them, and 1 of which nobody can tell, or not yet.',
    );
  });
});
