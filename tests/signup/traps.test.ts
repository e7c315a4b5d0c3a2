import { describe, expect, it } from 'vitest';
import { FORM_LIMIT } from '../../src/http/server.ts';
import { testFunnel } from '../support/funnel.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Posts a body as it is. */
async function poster() {
  const made = await testFunnel();
  const send = (payload: string | Buffer, type = FORM) =>
    made.app.server.inject({
      method: 'POST',
      url: '/white-paper',
      headers: { 'content-type': type },
      payload,
    });
  return { ...made, send };
}

describe('a body that means harm', () => {
  it('cannot reach what all objects share, by whatever name its fields go', async () => {
    const { send, funnel } = await poster();
    const names = [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      '__proto__[admin]',
      'constructor.prototype.admin',
    ];
    const strange = names.map((name) => `${encodeURIComponent(name)}=x`).join('&');
    const before = Object.getOwnPropertyNames(Object.prototype);
    expect((await send(`${strange}&email=ana%40example.com&first_name=Ana&${strange}`)).statusCode).toBe(303);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(await funnel.store.findLeadByEmail('ana@example.com')).toMatchObject({ firstName: 'Ana' });
  });

  it('counts the last of a field that comes twice, also where it comes a thousand times', async () => {
    const { send, funnel } = await poster();
    const many = 'email=x&'.repeat(1000);
    expect(
      (await send(`${many}email=a%40x.com&email=ana%40example.com&first_name=A&first_name=Ana&website=`))
        .statusCode,
    ).toBe(303);
    expect(await funnel.store.findLeadByEmail('ana@example.com')).toMatchObject({ firstName: 'Ana' });
    expect(await funnel.store.findLeadByEmail('a@x.com')).toBeNull();
  });

  it('is taken up to 16 KiB and not a byte more', async () => {
    const { send } = await poster();
    const base = 'email=ana%40example.com&first_name=Ana&other=';
    expect((await send(base.padEnd(FORM_LIMIT, 'x'))).statusCode).toBe(303);
    expect((await send(base.padEnd(FORM_LIMIT + 1, 'x'))).statusCode).toBe(413);
  });

  it('is refused in another type, however it is called', async () => {
    const { send } = await poster();
    const types = [
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/xml',
      'x',
      '*/*',
    ];
    for (const type of types) expect([type, (await send('email=a', type)).statusCode]).toEqual([type, 415]);
    expect((await send('email=ana%40example.com&first_name=Ana', `${FORM}; charset=utf-8`)).statusCode).toBe(
      303,
    );
  });

  it('of bytes that are no text is a mistake in the form and nothing worse', async () => {
    const { send } = await poster();
    for (const body of [
      'email=%',
      'email=%ff%fe&first_name=%00',
      '%%%',
      '&&&===',
      'email',
      Buffer.from([0, 255, 254, 38, 61]),
    ])
      expect((await send(body)).statusCode).toBe(422);
  });

  it('leaves no control or mark of direction in what is kept', async () => {
    const { send, funnel } = await poster();
    const name = encodeURIComponent('An\u202ea\u0000\u0085\u2066\r\nBcc: x');
    const answer = await send(
      `email=${encodeURIComponent('\u202dana@example.com\u202c')}&first_name=${name}`,
    );
    expect(answer.statusCode).toBe(303);
    const lead = await funnel.store.findLeadByEmail('ana@example.com');
    expect(lead?.firstName).toBe('Ana Bcc: x');
  });

  it('is read in no time at its worst', async () => {
    const { send } = await poster();
    const room = FORM_LIMIT - 60;
    const worst = [
      'a@',
      'a.',
      '.',
      '@',
      '%EF%BC%A0',
      '<',
      "'+",
      'www.',
      'http://',
      '%CC%81',
      '\u202e',
      '+',
    ].map((unit) => encodeURI(unit).repeat(Math.floor(room / encodeURI(unit).length)));
    const begun = performance.now();
    for (const text of worst) {
      await send(`first_name=Ana&email=${text}`);
      await send(`email=ana%40example.com&first_name=${text}`);
      await send(`email=ana%40example.com&first_name=&work=${text}&timezone=${text.slice(0, 100)}`);
    }
    // Some milliseconds each, most of them for the page that comes back; a pattern that backtracks takes seconds for one.
    expect(performance.now() - begun).toBeLessThan(8000);
  });
});
