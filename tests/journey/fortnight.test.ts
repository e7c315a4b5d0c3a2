import { describe, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import { CSV_HEAD, LEAD_COLUMNS } from '../../src/leads/csv.ts';
import { exportLeads } from '../../src/leads/export.ts';
import { DAY, HOUR } from '../../src/kernel/clock.ts';
import { testFunnel } from '../support/funnel.ts';
import type { TestFunnel } from '../support/funnel.ts';

const STEPS = ['two-markets', 'weak-ties', 'early-by-name', 'from-within', 'the-interview', 'the-offer'];

/** Lets the days go by, sending once an hour; tells what was submitted and when. */
async function daysGoBy(house: TestFunnel, days: number) {
  const sent: { step: string; at: string }[] = [];
  for (let hour = 0; hour < days * 24; hour++) {
    house.clock.advance(HOUR);
    const reports = await house.send();
    for (const { kind, step } of reports) {
      if (kind === 'submitted') sent.push({ step, at: new Date(house.clock.now()).toISOString() });
    }
  }
  return sent;
}

async function csvOf({ funnel }: TestFunnel): Promise<Record<string, string>[]> {
  let text = '';
  for await (const chunk of exportLeads(funnel.store, {}, 'csv')) text += chunk;
  expect(text.startsWith(CSV_HEAD)).toBe(true);
  return parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });
}

describe('the whole journey', () => {
  test('a signup gets her document at the press, and the six emails in their order and time', async () => {
    // A Monday, 14:00 in London.
    const house = await testFunnel({ now: '2026-11-23T14:00:00Z' });
    const query = '?utm_source=linkedin&utm_medium=post&utm_campaign=november';
    const answer = await house.signUp(
      { follow_up: 'yes', timezone: 'Europe/London', referrer: 'https://www.linkedin.com/feed/' },
      'white-paper',
      query,
    );
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `/white-paper/check-inbox${query}`]);
    expect(answer.headers['set-cookie']).toBeUndefined();

    await house.send();
    const [delivery] = house.inbox;
    expect(delivery?.to).toBe('ana@example.com');
    expect(delivery?.html).not.toContain('Ana');
    const page = house.linkIn(delivery!, '/download/');

    for (const method of ['GET', 'HEAD'] as const) {
      expect((await house.app.server.inject({ method, url: page })).statusCode).toBe(200);
    }
    expect((await house.app.server.inject(`${page}/white-paper.pdf`)).statusCode).toBe(303);
    expect((await csvOf(house))[0]).toMatchObject({ status: 'unconfirmed', follow_up: 'none' });

    const press = await house.post(page, {
      first_name: 'Ana Lucía',
      situation: 'between-roles',
      target_role: 'CFO',
    });
    expect([press.statusCode, press.headers.location]).toEqual([303, `${page}/white-paper.pdf`]);
    const pdf = await house.app.server.inject(`${page}/white-paper.pdf`);
    expect(pdf.statusCode).toBe(200);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');

    const sent = await daysGoBy(house, 40);
    expect(sent.map(({ step }) => step)).toEqual(STEPS);
    expect(sent[0]?.at).toBe('2026-11-25T09:00:00.000Z');
    for (const { at } of sent) {
      expect(at.slice(11)).toBe('09:00:00.000Z');
      expect([1, 2, 3, 4, 5]).toContain(new Date(at).getUTCDay());
    }
    const times = sent.map(({ at }) => Date.parse(at));
    expect(times[1]! - Date.parse('2026-11-23T14:00:00Z')).toBeLessThanOrEqual(8 * DAY);
    expect(times[5]! - Date.parse('2026-11-23T14:00:00Z')).toBeLessThanOrEqual(35 * DAY);

    const step = house.inbox.find(({ tags }) => tags.some(({ value }) => value === 'two-markets'))!;
    const read = await house.app.server.inject({
      url: house.linkIn(step, '/read/'),
      headers: { 'user-agent': 'Mozilla/5.0 (iPhone)' },
    });
    expect(read.statusCode).toBe(302);
    expect(read.headers.location).toContain('/articles/');
    // Whether a person followed it shows within a minute.
    house.clock.advance(HOUR);
    await house.send();

    const [row] = await csvOf(house);
    expect(Object.keys(row!)).toEqual(LEAD_COLUMNS);
    expect(row).toMatchObject({
      email: 'ana@example.com',
      first_name: 'Ana Lucía',
      status: 'confirmed',
      follow_up: 'finished',
      offers: 'white-paper',
      situation: 'between-roles',
      target_role: 'CFO',
      downloads: '1',
      emails_sent: '7',
      clicks: '1',
      timezone: 'Europe/London',
      first_source: 'linkedin',
      first_campaign: 'november',
      first_referrer: 'https://www.linkedin.com/feed/',
      last_medium: 'post',
    });
    expect(row?.['consent_version']).toBe(house.funnel.content.current().consent.version);
    expect(row?.['exit_reason']).toBe('');
  });

  test('an unsubscribe stops the emails at once and for good, and is answered however often it comes', async () => {
    const house = await testFunnel({ now: '2026-11-23T14:00:00Z' });
    await house.signUp({ follow_up: 'yes' });
    await house.send();
    await house.post(house.linkIn(house.inbox[0]!, '/download/'), {});
    expect((await daysGoBy(house, 3)).map(({ step }) => step)).toEqual(['two-markets']);
    const link = house.linkIn(house.inbox.at(-1)!, '/unsubscribe/');
    expect(house.inbox.at(-1)!.headers['List-Unsubscribe']).toBe(`<http://funnel.test${link}>`);

    for (const [type, payload] of [
      ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
      [
        'multipart/form-data; boundary=x',
        '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
      ],
      ['application/json', '{}'],
    ] as const) {
      const answer = await house.app.server.inject({
        method: 'POST',
        url: link,
        payload,
        headers: { 'content-type': type, origin: 'https://mail.example', 'user-agent': '' },
      });
      expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([200, undefined]);
    }
    expect((await house.app.server.inject({ method: 'POST', url: link })).statusCode).toBe(200);
    expect(await daysGoBy(house, 40)).toEqual([]);
    expect((await csvOf(house))[0]).toMatchObject({
      status: 'unsubscribed',
      follow_up: 'stopped',
      exit_reason: 'unsubscribed',
    });
  });

  test('who does not press gets one reminder after a day and nothing more', async () => {
    const house = await testFunnel({ now: '2026-11-23T14:00:00Z' });
    await house.signUp({ follow_up: 'yes' });
    await house.send();
    const sent = await daysGoBy(house, 35);
    expect(sent).toEqual([{ step: 'reminder', at: '2026-11-24T14:00:00.000Z' }]);
  });

  test('the second button gives the document without the follow-ups', async () => {
    const house = await testFunnel();
    await house.signUp({ follow_up: 'yes' });
    await house.send();
    const page = house.linkIn(house.inbox[0]!, '/download/');
    expect((await house.post(page, { follow_up: 'no' })).statusCode).toBe(303);
    expect((await house.app.server.inject(`${page}/white-paper.pdf`)).statusCode).toBe(200);
    expect(await daysGoBy(house, 20)).toEqual([]);
    expect((await csvOf(house))[0]).toMatchObject({ status: 'confirmed', follow_up: 'none', consent_at: '' });
  });

  test('a second signup for a known address changes nothing on its record before the press', async () => {
    const house = await testFunnel();
    await house.signUp({ first_name: 'Ana', timezone: 'Europe/London' }, 'white-paper', '?utm_source=first');
    await house.send();
    await house.post(house.linkIn(house.inbox[0]!, '/download/'), {});
    house.clock.advance(HOUR);
    const [before] = await csvOf(house);
    await house.signUp(
      { first_name: 'Mallory', timezone: 'Asia/Tokyo', follow_up: 'yes' },
      'infographic',
      '?utm_source=second',
    );
    await house.send();
    const [after] = await csvOf(house);
    expect({ ...after, offers: '', emails_sent: '', last_email_at: '' }).toEqual({
      ...before,
      offers: '',
      emails_sent: '',
      last_email_at: '',
    });
    expect(after?.['offers']).toBe('white-paper|infographic');

    await house.post(house.linkIn(house.inbox.at(-1)!, '/download/'), { first_name: 'Anna' });
    const [pressed] = await csvOf(house);
    expect(pressed).toMatchObject({ first_name: 'Anna', timezone: 'Asia/Tokyo', follow_up: 'active' });
    expect(pressed).toMatchObject({ first_source: 'first', last_source: 'second' });
  });

  test('“this was not me” removes the signup, cancels the reminder and suppresses nothing', async () => {
    const house = await testFunnel();
    await house.signUp({ follow_up: 'yes' });
    await house.send();
    const link = house.linkIn(house.inbox[0]!, '/unsubscribe/');
    expect((await house.app.server.inject(link)).statusCode).toBe(200);
    expect(await csvOf(house)).toHaveLength(1);
    expect((await house.app.server.inject({ method: 'POST', url: link })).statusCode).toBe(200);
    expect(await csvOf(house)).toEqual([]);
    expect(await daysGoBy(house, 3)).toEqual([]);
    expect((await house.app.server.inject({ method: 'POST', url: link })).statusCode).toBe(200);
    await house.signUp();
    expect((await house.send()).map(({ kind }) => kind)).toEqual(['submitted']);
  });
});
