import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { emailCards } from '../../src/desk/emails-view.ts';
import type { Submission } from '../../src/mail/email.ts';
import { ROOT } from '../../src/root.ts';
import { addDemoLeads, confirmedLead, signedInDesk } from './desk.ts';
import type { Desk } from './desk.ts';

const NOBODY = '019aa000-0000-7000-8000-000000000001';
/** From the press on Sunday morning to the hours in which the first step goes out in Toronto. */
const TUESDAY_NOON = 2 * DAY + 8 * HOUR;
const BROKEN = { kind: 'in_doubt', reason: 'application_error, given up' } as const;

describe('the page of the emails', () => {
  it('says that sending is on, and lists every email in its order, with when it goes out', async () => {
    const desk = await signedInDesk();
    const text = await textOf(desk, '/admin/emails');
    expect(text).toContain('Sending is on. Emails are written to files; none is sent.');
    expect(text).toMatch(
      /The two markets for a senior role 2 days after the press on the download page, at 9:00, Monday to Friday/,
    );
    const { body } = await desk.get('/admin/emails');
    const order = [
      ...body.matchAll(/<th scope="row" class="words"><a href="\/admin\/emails\/([\w-]+)"/g),
    ].map(([, step]) => step);
    const steps = desk.funnel.content.current().sequence.map(({ key }) => key);
    expect(order).toEqual([...steps, 'delivery', 'reminder', 'renewal', 'data', 'erase']);
    expect(body).not.toContain('id="doubts"');
    expect(body).not.toContain('id="stale"');
  });

  it('counts what waits, went out and was clicked, and leaves made-up leads out', async () => {
    const desk = await signedInDesk();
    await addDemoLeads(desk, 50);
    await confirmedLead(desk);
    expect(await rowOf(desk, 'two-markets')).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    await desk.later(TUESDAY_NOON);
    await desk.send();
    const read = desk.linkIn(desk.inbox.at(-1)!, '/read/');
    await desk.later(HOUR);
    for (const agent of ['Mozilla/5.0 (Macintosh) Safari/605', 'python-requests/2.32'])
      await desk.app.server.inject({ url: read, headers: { 'user-agent': agent } });
    await desk.later(HOUR);
    await desk.funnel.store.catchUp(desk.clock.now(), desk.funnel.timetable());
    expect(await rowOf(desk, 'two-markets')).toEqual([0, 1, 0, 0, 0, 0, 0, 1, 2]);
    expect(await rowOf(desk, 'weak-ties')).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(await rowOf(desk, 'delivery')).toEqual([0, 1, 0, 0, 0, 0, 0]);
  });

  it('keeps the numbers of a step that was taken out of the sequence', async () => {
    const desk = await signedInDesk();
    await confirmedLead(desk);
    const content = desk.funnel.content.current();
    const without = { ...content, sequence: content.sequence.filter(({ key }) => key !== 'two-markets') };
    const { sequence } = emailCards(without, await desk.funnel.store.stepNumbers());
    expect(sequence.map(({ step }) => step)).toEqual([
      ...without.sequence.map(({ key }) => key),
      'two-markets',
    ]);
    expect(sequence.at(-1)).toMatchObject({ isThere: false, numbers: { planned: 1, open: 1 } });
  });

  it('changes nothing by being looked at', async () => {
    const desk = await signedInDesk();
    const leadId = await doubtfulLead(desk);
    const before = ledgerOf(desk);
    for (const url of [
      '/admin/emails',
      '/admin/emails?done=resumed&moved=3',
      '/admin/emails/two-markets',
      '/admin/emails/two-markets/preview.html',
      '/admin/emails/pause',
      '/admin/emails/resume',
      `/admin/leads/${leadId}`,
    ]) {
      await desk.get(url);
      await desk.app.server.inject({ method: 'HEAD', url, headers: { cookie: desk.cookie } });
    }
    expect(ledgerOf(desk)).toEqual(before);
  });

  it('repeats nothing out of its address but what it wrote there itself', async () => {
    const { get } = await signedInDesk();
    for (const query of [
      'done=%3Cb%3E',
      'done=toString',
      'done=resumed&moved=1e9',
      'moved=7',
      'done=a&done=b',
    ])
      expect((await get(`/admin/emails?${query}`)).body).not.toMatch(/<b>|1e9|new times/);
    expect((await get('/admin/emails?done=resumed&moved=1')).body).toContain(
      'One follow-up email that came due meanwhile has a new time',
    );
  });
});

describe('a pause by the coach', () => {
  it('stops everything until she ends it, and says so on every page that tells how things are', async () => {
    const desk = await signedInDesk();
    const answer = await desk.submit('/admin/emails/pause');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/admin/emails?done=paused']);
    await desk.signUp();
    await desk.later(20 * MINUTE);
    expect(await desk.send()).toEqual([]);
    const text = await textOf(desk, '/admin/emails?done=paused');
    expect(text).toContain('All emails are paused. ');
    expect(text).toMatch(
      /Sending is paused\. You paused all emails\. Since November 22, 2026 at 4:00 a\.m\. EST\./,
    );
    expect(text).toContain('1 email has waited for more than 15 minutes. It waits for the end of the pause.');
    expect(text).toContain('Send again from now');
    expect(text).not.toContain('Pause all emails');
    expect(await textOf(desk, '/admin')).toContain('Sending is paused. You paused all emails.');
    expect(await textOf(desk, '/admin/health')).toContain('Sending is paused. You paused all emails.');
    expect((await desk.submit('/admin/emails/pause')).headers.location).toBe(
      '/admin/emails?done=paused-already',
    );

    const resumed = await desk.submit('/admin/emails/resume');
    expect(resumed.headers.location).toBe('/admin/emails?done=resumed&moved=0');
    expect((await desk.send()).map(({ kind }) => kind)).toEqual(['submitted']);
    expect(await textOf(desk, '/admin/emails')).toContain('Sending is on.');
    expect(await textOf(desk, '/admin')).not.toContain('Sending is paused');
  });

  it('of three weeks costs nobody an email and makes nobody stale: the steps have new times', async () => {
    const desk = await signedInDesk();
    const leadId = await confirmedLead(desk);
    await confirmedLead(desk, { email: 'bo@example.com', first_name: 'Bo' });
    await desk.submit('/admin/emails/pause');
    await desk.later(21 * DAY);
    expect(await desk.send()).toEqual([]);
    const { headers } = await desk.submit('/admin/emails/resume');
    expect(headers.location).toBe('/admin/emails?done=resumed&moved=2');
    expect(await textOf(desk, headers.location ?? '')).toContain(
      'Emails are sent again. 2 follow-up emails that came due meanwhile have new times',
    );
    await desk.later(2 * DAY + 8 * HOUR);
    expect((await desk.send()).map(({ step, kind }) => [step, kind])).toEqual([
      ['two-markets', 'submitted'],
      ['two-markets', 'submitted'],
    ]);
    expect((await desk.funnel.store.findLead(leadId))?.followUp).toBe('active');
  });

  it('is not ended twice: a press on an old page plans nothing anew', async () => {
    const desk = await signedInDesk();
    await confirmedLead(desk);
    await desk.later(TUESDAY_NOON);
    const before = ledgerOf(desk);
    const { headers } = await desk.submit('/admin/emails/resume');
    expect(headers.location).toBe('/admin/emails?done=sending-already');
    expect(ledgerOf(desk)).toEqual(before);
  });
});

describe('other pauses', () => {
  it('by the provider tell what it said and when the next try is, and need nobody', async () => {
    const desk = await signedInDesk({
      answer: { kind: 'account_fault', reason: 'invalid_api_key 401: API key <is> invalid' },
    });
    await desk.signUp();
    await desk.send();
    const text = await textOf(desk, '/admin/emails');
    expect(text).toContain('Sending is paused. The email provider refuses our account.');
    expect(text).toContain('The provider says: invalid_api_key 401: API key &lt;is&gt; invalid');
    expect(text).toMatch(/The next try is at November 22, 2026 at 4:10 a\.m\. EST/);
    const health = await textOf(desk, '/admin/health');
    expect(health.split('invalid_api_key')).toHaveLength(2);
    expect(health.split('Sending is paused')).toHaveLength(2);
    const { body } = await desk.get('/admin/emails');
    expect(body).not.toContain('action="/admin/emails/resume"');
    expect(body).toContain('action="/admin/emails/pause"');
    expect((await desk.submit('/admin/emails/resume')).headers.location).toBe(
      '/admin/emails?done=sending-already',
    );
    // The coach's own pause may come on top, and is told first.
    await desk.submit('/admin/emails/pause');
    expect(await textOf(desk, '/admin/emails')).toContain('You paused all emails.');
  });

  it('by the rate say when it goes on', async () => {
    const desk = await signedInDesk({
      answer: { kind: 'slow_down', reason: 'rate_limit_exceeded 429', afterMs: 5 * MINUTE },
    });
    await desk.signUp();
    await desk.send();
    expect(await textOf(desk, '/admin/emails')).toMatch(
      /asks us to go slower\..* It goes on by itself at November 22, 2026 at 4:05 a\.m\. EST/,
    );
  });

  it('of a restored database last until the coach ends them', async () => {
    const desk = await signedInDesk();
    await desk.funnel.store.holdSending({ kind: 'restored', reason: 'restored', at: desk.clock.now() });
    expect(await textOf(desk, '/admin/emails')).toContain('The data come from a backup.');
    await desk.submit('/admin/emails/resume');
    expect(await textOf(desk, '/admin/emails')).toContain('Sending is on.');
  });
});

describe('an email in doubt', () => {
  it('is shown with whom it was for, why and until when, also on the lead’s page, the numbers and the health', async () => {
    const desk = await signedInDesk();
    const leadId = await doubtfulLead(desk);
    const text = await textOf(desk, '/admin/emails');
    expect(text).toMatch(
      /In doubt: 1 .* Ana ana@example\.com The two markets for a senior role In doubt since just now/,
    );
    expect(text).toContain('It counts as sent from November 25, 2026 at 12:01 p.m. EST.');
    expect(text).toContain(
      'did not answer, or had a fault of its own (application_error); given up after many tries',
    );
    expect(text).toMatch(/Send again for Ana, The two markets for a senior role/);
    expect(await rowOf(desk, 'two-markets')).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0]);
    expect(await textOf(desk, '/admin')).toContain('1 email is in doubt.');
    expect(await textOf(desk, '/admin/health')).toContain('1 email is in doubt.');
    const page = await textOf(desk, `/admin/leads/${leadId}`);
    expect(page).toContain('in doubt: nobody can tell whether it went out');
    expect(page).toContain('It arrived');
  });

  it('counts as sent when the coach says that it arrived, and the next step follows', async () => {
    const desk = await signedInDesk();
    const leadId = await doubtfulLead(desk);
    const url = await settleUrl(desk);
    const answer = await desk.submit(url, { word: 'arrived', from: 'emails' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/admin/emails?done=arrived']);
    expect(await rowOf(desk, 'two-markets')).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(await rowOf(desk, 'weak-ties')).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect((await desk.get('/admin/emails')).body).not.toContain('id="doubts"');
    const page = await textOf(desk, `/admin/leads/${leadId}`);
    expect(page).toContain('sent: you said that it arrived');
    expect(page).toContain('You said that the email in doubt arrived you, email: two-markets');
  });

  it('goes out once more, under another key, when she wants it sent again', async () => {
    const options: { answer?: Submission } = {};
    const desk = await signedInDesk(options);
    const leadId = await doubtfulLead(desk, options);
    const url = await settleUrl(desk);
    const answer = await desk.submit(url, { word: 'send_again', from: 'lead' });
    expect(answer.headers.location).toBe(`/admin/leads/${leadId}?done=send-again`);
    expect(await textOf(desk, answer.headers.location ?? '')).toMatch(
      /The email goes out again: .* waits for its time: you had it sent again/,
    );
    await desk.later(DAY);
    await desk.send();
    expect(desk.inbox.at(-1)?.subject).toBe('The two markets for a senior role');
    expect(await rowOf(desk, 'two-markets')).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('is settled once: the second press is told so, and changes nothing', async () => {
    const desk = await signedInDesk();
    await doubtfulLead(desk);
    const url = await settleUrl(desk);
    await desk.submit(url, { word: 'arrived' });
    const before = ledgerOf(desk);
    for (const word of ['arrived', 'send_again']) {
      const { headers } = await desk.submit(url, { word });
      expect(headers.location).toBe('/admin/emails?done=settled-meanwhile');
    }
    expect(ledgerOf(desk)).toEqual(before);
    expect(await textOf(desk, '/admin/emails?done=settled-meanwhile')).toContain(
      'Nothing was changed: this email is not in doubt any more.',
    );
  });

  it('counts as sent by itself after a day; the lead’s page still takes the coach’s word', async () => {
    const desk = await signedInDesk();
    const leadId = await doubtfulLead(desk);
    await desk.later(DAY);
    await desk.send();
    expect((await desk.get('/admin/emails')).body).not.toContain('id="doubts"');
    expect(await textOf(desk, '/admin/health')).not.toContain('in doubt.');
    expect(await rowOf(desk, 'two-markets')).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0]);
    const page = await textOf(desk, `/admin/leads/${leadId}`);
    expect(page).toContain('was in doubt, and counts as sent');
    expect(page).toContain('It counts as sent since November 25, 2026 at 12:01 p.m. EST.');
  });

  it('is not sent again behind a later one, nor to somebody whose emails are stopped', async () => {
    const desk = await signedInDesk();
    const leadId = await doubtfulLead(desk);
    const url = await settleUrl(desk);
    await desk.submit(`/admin/leads/${leadId}/stop`);
    const { headers } = await desk.submit(url, { word: 'send_again' });
    expect(headers.location).toBe('/admin/emails?done=not-again');
    expect(await textOf(desk, '/admin/emails?done=not-again')).toContain(
      'the emails to this person are stopped',
    );
    expect(desk.inbox.filter(({ subject }) => subject === 'The two markets for a senior role')).toEqual([]);
  });

  it('that does not exist is a 404, and a word that is none a 400', async () => {
    const desk = await signedInDesk();
    await doubtfulLead(desk);
    const url = await settleUrl(desk);
    const before = ledgerOf(desk);
    for (const word of ['', 'yes', 'arrived; drop'])
      expect((await desk.submit(url, { word })).statusCode).toBe(400);
    expect((await desk.submit(url)).statusCode).toBe(400);
    for (const id of [NOBODY, 'nonsense'])
      expect((await desk.submit(`/admin/messages/${id}/settle`, { word: 'arrived' })).statusCode).toBe(404);
    expect(ledgerOf(desk)).toEqual(before);
  });
});

describe('emails that fell too far behind', () => {
  it('are listed with their people for thirty days, and the lead’s page says why', async () => {
    const desk = await signedInDesk();
    const leadId = await confirmedLead(desk);
    await desk.signUp({ email: 'bo@example.com', first_name: 'Bo' });
    await desk.later(30 * DAY);
    await desk.send();
    const { body } = await desk.get('/admin/emails');
    expect(body).toMatch(/id="stale"/);
    expect(body).toContain(`<a href="/admin/leads/${leadId}">Ana</a>`);
    expect(body.split('id="stale"')[1]?.split('</section>')[0]).not.toContain('Bo');
    const page = await textOf(desk, `/admin/leads/${leadId}`);
    expect(page).toContain('stopped: the emails had fallen more than 14 days behind');
    expect(page).toMatch(/they had fallen too far behind the program, email: two-markets, \d+ days behind/);
    await desk.later(31 * DAY);
    expect((await desk.get('/admin/emails')).body).not.toContain('id="stale"');
  });
});

describe('the page of one email', () => {
  it('shows its words, its numbers, when it goes out and the last that went', async () => {
    const desk = await signedInDesk();
    const leadId = await confirmedLead(desk);
    await desk.later(TUESDAY_NOON);
    await desk.send();
    const { body } = await desk.get('/admin/emails/two-markets');
    const text = plain(body);
    expect(text).toContain('at 9:00, Monday to Friday. The hour is that of each reader’s own time zone');
    expect(text).toMatch(/still goes out up to 10 days late/);
    expect(text).toMatch(/Sent 1 /);
    expect(body).toMatch(new RegExp(`<a href="/admin/leads/${leadId}">Ana</a>.*sent`));
    expect(text).toContain('Hello Alex');
    expect(body).toContain('src="/admin/emails/two-markets/preview.html?language=en"');
    expect(body).toMatch(/<iframe [^>]* sandbox>/);
  });

  it('is there for every email of the content, with a preview that any browser may show and nothing may act in', async () => {
    const desk = await signedInDesk();
    const { sequence } = desk.funnel.content.current();
    const steps = [...sequence.map(({ key }) => key), 'delivery', 'reminder', 'renewal', 'data', 'erase'];
    for (const step of steps) {
      const page = await desk.get(`/admin/emails/${step}`);
      expect([step, page.statusCode]).toEqual([step, 200]);
      expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*; frame-src 'self'$/);
      const preview = await desk.get(`/admin/emails/${step}/preview.html`);
      expect([step, preview.statusCode]).toEqual([step, 200]);
      expect(preview.headers['content-security-policy']).toBe(
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
      );
      expect(preview.headers['x-frame-options']).toBe('SAMEORIGIN');
      expect(preview.body).toContain('<base target="_blank">');
      expect(preview.body).not.toMatch(/<script|<form|undefined/);
    }
    // Every other page keeps the policy that allows no frame and no style of its own.
    expect((await desk.get('/admin/emails')).headers['content-security-policy']).not.toMatch(
      /frame-src|unsafe/,
    );
  });

  it('is a 404 for an email that there is not, its preview too', async () => {
    const { get } = await signedInDesk();
    for (const step of ['nonsense', 'Delivery', '__proto__', '%3Cb%3E', 'pause'])
      for (const path of ['', '/preview.html'])
        expect((await get(`/admin/emails/${step}${path}`)).statusCode).toBe(404);
  });

  it('sets two subjects side by side, and says that there are too few to tell', async () => {
    const dataDir = folderWith({
      'sequence/01-two-markets.md': (text) =>
        text.replace('preheader:', 'subject_b: “{{first_name|Hello}}, two markets”\npreheader:'),
    });
    const desk = await signedInDesk({ dataDir });
    for (const name of ['Ana', 'Bo', 'Cy', 'Di', 'Ed', 'Flo', 'Gus', 'Hal'])
      await confirmedLead(desk, { email: `${name}@example.com`, first_name: name });
    await desk.later(TUESDAY_NOON);
    await desk.send();
    const text = await textOf(desk, '/admin/emails/two-markets');
    expect(text).toContain('Two subjects');
    const [, a = '', b = ''] =
      /The two markets for a senior role (\d+) 0 0\.0% “Alex, two markets” (\d+) 0 0\.0%/.exec(text) ?? [];
    expect(Number(a) + Number(b)).toBe(8);
    expect(text).toMatch(/too few to tell/i);
    expect(await textOf(desk, '/admin/emails')).toMatch(
      /Two subjects\. Too few to tell: 0 of \d \(0\.0%\) clicked after the first/,
    );
  });
});

it('a trial of two subjects keeps its numbers when somebody gets the email in another language, where it has its own', async () => {
  const second = (subject: string) => (text: string) =>
    text.replace('preheader:', `subject_b: ${subject}\npreheader:`);
  const dataDir = folderWith({
    'sequence/01-two-markets.md': second('Another one'),
    'languages/fr/sequence/01-two-markets.md': second('Un autre'),
  });
  const desk = await signedInDesk({ dataDir });
  for (const name of ['Ana', 'Bo', 'Cy']) await confirmedLead(desk, { email: `${name}@example.com` });
  await desk.signUp({ email: 'eve@example.com', follow_up: 'yes' }, 'livre-blanc');
  await desk.send();
  await desk.post(desk.linkIn(desk.inbox.at(-1)!, '/download/'), {});
  await desk.later(TUESDAY_NOON);
  await desk.send();
  const sent = async (path: string, other: string) => {
    const text = await textOf(desk, path);
    const [, a = '', b = ''] = new RegExp(`(\\d+) 0 [^ ]+ ${other} (\\d+) 0 `).exec(text) ?? [];
    return Number(a) + Number(b);
  };
  expect(await sent('/admin/emails/two-markets', 'Another one')).toBe(3);
  expect(await sent('/admin/emails/two-markets?language=fr', 'Un autre')).toBe(1);
});

describe('the emails on a lead’s page', () => {
  it('are what she has had and will get, in her own zone', async () => {
    const desk = await signedInDesk();
    const leadId = await confirmedLead(desk, { timezone: 'Europe/London' });
    const text = await textOf(desk, `/admin/leads/${leadId}`);
    expect(text).toContain('Times in Europe/London, Ana’s own zone.');
    expect(text).toMatch(/Sun, November 22, 2026 at 9:00 AM \S+ Your link to .*? delivery sent/);
    expect(text).toMatch(/The link to .*?, once more reminder not sent: the button was pressed already/);
    expect(text).toMatch(
      /Tue, November 24, 2026 at 9:00 AM \S+ The two markets for a senior role two-markets planned/,
    );
    const { sequence } = desk.funnel.content.current();
    for (const { key } of sequence) expect(text).toContain(` ${key} planned`);
  });

  it('say why none comes any more', async () => {
    const desk = await signedInDesk();
    const leadId = await confirmedLead(desk);
    await desk.submit(`/admin/leads/${leadId}/stop`);
    const text = await textOf(desk, `/admin/leads/${leadId}`);
    expect(text).toContain('two-markets not sent: you stopped the emails');
    expect(text).toContain('weak-ties will not be sent: you stopped the emails');
  });
});

/** Ana, whose first follow-up email was handed over, and nobody knows what became of it. @returns her id. */
async function doubtfulLead(desk: Desk, options: { answer?: Submission } | null = null): Promise<string> {
  const leadId = await confirmedLead(desk);
  await desk.later(TUESDAY_NOON);
  if (options !== null) {
    options.answer = BROKEN;
    await desk.send();
    delete options.answer;
    return leadId;
  }
  const { store, clock, timetable } = desk.funnel;
  const leaseToken = 'test:doubt';
  const claim = await store.claimNextDue({
    now: clock.now(),
    leaseMs: MINUTE,
    leaseToken,
    timetable: timetable(),
  });
  if (claim?.kind !== 'claimed') throw new Error('Nothing was due.');
  const { messageId } = claim.message;
  const tryNumber = await store.beginTry({
    messageId,
    leaseToken,
    payload: new TextEncoder().encode('{}'),
    subject: 'The two markets for a senior role',
    transport: 'resend',
    choices: null,
    at: clock.now(),
  });
  await store.settle({
    messageId,
    leaseToken,
    tryNumber,
    outcome: BROKEN,
    at: clock.now(),
    timetable: timetable(),
    reminder: null,
  });
  return leadId;
}

async function settleUrl(desk: Desk): Promise<string> {
  const { body } = await desk.get('/admin/emails');
  return /action="(\/admin\/messages\/[\w-]+\/settle)"/.exec(body)?.[1] ?? '';
}

async function textOf(desk: Desk, url: string): Promise<string> {
  return plain((await desk.get(url)).body);
}

function plain(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' .', '.');
}

/** The numbers in a step's row: waiting, sent, arrived, came back, refused, left out, in doubt, and for steps the clicks. */
async function rowOf(desk: Desk, step: string): Promise<readonly number[]> {
  const { body } = await desk.get('/admin/emails');
  const row = body
    .split(`<th scope="row" class="words"><a href="/admin/emails/${step}"`)[1]
    ?.split('</tr>')[0];
  return [...(row ?? '').matchAll(/<td class="number(?: none)?">([\d,]+)<\/td>/g)].map(([, n]) => Number(n));
}

/** All that the sender stands on, as it is on the disk. */
function ledgerOf({ dataDir }: Desk): unknown {
  const db = new Database(join(dataDir, 'funnel.db'), { readonly: true });
  try {
    return ['messages', 'tries', 'events', 'enrollments', 'leads', 'clicks', 'settings'].map((table) =>
      db.prepare(`select * from ${table} order by 1`).all(),
    );
  } finally {
    db.close();
  }
}

function sample(file: string): string {
  return readFileSync(join(ROOT, 'assets/content', file), 'utf8');
}

/** A data folder in which some files of the content are other ones. */
function folderWith(changes: Readonly<Record<string, (text: string) => string>>): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'funnel-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  for (const [file, change] of Object.entries(changes)) {
    mkdirSync(dirname(join(dataDir, 'content', file)), { recursive: true });
    writeFileSync(join(dataDir, 'content', file), change(sample(file)));
  }
  return dataDir;
}
