import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOUR, SECOND } from '../../src/kernel/clock.ts';
import type { Email } from '../../src/mail/email.ts';
import { testFunnel } from '../support/funnel.ts';
import type { TestFunnel } from '../support/funnel.ts';
import { bounce, emailEvent, OTHER_SECRET, signedEvent, WEBHOOK_SECRET } from '../support/webhook.ts';
import type { SignedEvent } from '../support/webhook.ts';

const STALE = 5 * 60 * SECOND + SECOND;

/** A funnel with its secret, and the delivery email to Ana on its way. */
async function withDelivery() {
  const kit = await testFunnel({ env: { RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET } });
  await kit.signUp({ follow_up: 'yes' });
  await kit.send();
  const [delivery] = kit.inbox;
  if (delivery === undefined) throw new Error('no delivery email');
  return {
    ...kit,
    delivery,
    event: (type: string, data = {}) => emailEvent(type, delivery.messageId, { data }),
  };
}

const post = ({ app }: Pick<TestFunnel, 'app'>, { payload, headers }: Partial<SignedEvent>) =>
  app.server.inject({
    method: 'POST',
    url: '/webhooks/resend',
    headers: { ...headers },
    ...(payload === undefined ? {} : { payload }),
  });

async function stateOf({ funnel }: Pick<TestFunnel, 'funnel'>, { messageId }: Email) {
  const lead = await funnel.store.findLeadByEmail('ana@example.com');
  const messages = lead === null ? [] : await funnel.store.messagesOf(lead.leadId);
  return messages.find((message) => message.messageId === messageId)?.state;
}

const stopsIn = (dataDir: string) => {
  try {
    return readFileSync(join(dataDir, 'stops.log'), 'utf8');
  } catch {
    return '';
  }
};

describe('the webhook', () => {
  it('takes what Resend signed, and says so', async () => {
    const kit = await withDelivery();
    const answer = await post(kit, signedEvent(kit.event('email.delivered')));
    expect([answer.statusCode, answer.json(), answer.headers['cache-control']]).toEqual([
      200,
      { status: 'ok' },
      'no-store',
    ]);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await stateOf(kit, kit.delivery)).toBe('delivered');
  });

  it.each([
    ['email.sent', {}, 'submitted', 'unconfirmed'],
    ['email.delivery_delayed', {}, 'submitted', 'unconfirmed'],
    ['email.delivered', {}, 'delivered', 'unconfirmed'],
    ['email.bounced', bounce('Transient', 'MailboxFull'), 'bounced', 'unconfirmed'],
    ['email.bounced', bounce('Undetermined'), 'bounced', 'unconfirmed'],
    ['email.bounced', bounce('Permanent'), 'bounced', 'bounced'],
    ['email.complained', {}, 'complained', 'complained'],
    ['email.failed', { failed: { reason: 'reached_daily_quota' } }, 'failed', 'unconfirmed'],
    ['email.suppressed', { suppressed: { type: 'x', message: 'listed' } }, 'bounced', 'bounced'],
    ['email.opened', {}, 'submitted', 'unconfirmed'],
    ['email.clicked', {}, 'submitted', 'unconfirmed'],
    ['email.teleported', {}, 'submitted', 'unconfirmed'],
  ])('%s %j: the email is %s, the lead %s', async (type, data, state, status) => {
    const kit = await withDelivery();
    expect((await post(kit, signedEvent(kit.event(type, data)))).statusCode).toBe(200);
    expect(await stateOf(kit, kit.delivery)).toBe(state);
    expect((await kit.funnel.store.findLeadByEmail('ana@example.com'))?.status).toBe(status);
  });

  const strange: readonly (readonly [string, object | string])[] = [
    [
      'another type of event',
      { type: 'contact.created', created_at: 'now', data: { email: 'ana@example.com' } },
    ],
    ['an event without data', { type: 'email.complained' }],
    ['an event of an email that is not ours', emailEvent('email.complained', 'none of ours')],
    ['a list', []],
    ['an empty object', {}],
    ['null', 'null'],
    ['no JSON', 'email.complained'],
    ['an empty body', ''],
  ];
  it('takes what it cannot read, and does nothing', async () => {
    const kit = await withDelivery();
    for (const [i, [what, event]] of strange.entries()) {
      const { statusCode } = await post(kit, signedEvent(event, { id: `msg_${i}` }));
      expect([what, statusCode]).toEqual([what, 200]);
    }
    expect(await stateOf(kit, kit.delivery)).toBe('submitted');
  });

  it.each([
    ['a JSON type with a character set', 'application/json; charset=utf-8'],
    ['another type', 'text/plain'],
    ['a form’s type', 'application/x-www-form-urlencoded'],
    ['a type that is none', ';;;'],
  ])('reads the body as it came under %s', async (_, type) => {
    const kit = await withDelivery();
    const answer = await post(kit, signedEvent(kit.event('email.delivered'), { type }));
    expect([answer.statusCode, await stateOf(kit, kit.delivery)]).toEqual([200, 'delivered']);
  });

  it('minds every byte: spaces, order and letters beyond ASCII stay as they were signed', async () => {
    const kit = await withDelivery();
    const payload = ` {"data" : {"subject":"Grüße – 💼", "tags": {"message":"${kit.delivery.messageId}"}},\n"type":"email.delivered"}\n`;
    expect((await post(kit, signedEvent(payload))).statusCode).toBe(200);
    expect(await stateOf(kit, kit.delivery)).toBe('delivered');
  });

  it.each(['https://elsewhere.example', 'null'])('does not mind the origin %s', async (origin) => {
    const kit = await withDelivery();
    const { payload, headers } = signedEvent(kit.event('email.delivered'));
    const foreign = { ...headers, origin, 'sec-fetch-site': 'cross-site' };
    expect((await post(kit, { payload, headers: foreign })).statusCode).toBe(200);
  });

  it('answers repeats with 200 and one effect, 20 copies at once too', async () => {
    const kit = await withDelivery();
    const copies = Array.from({ length: 20 }, () => post(kit, signedEvent(kit.event('email.complained'))));
    expect(new Set((await Promise.all(copies)).map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    // Sent again days later, an event has its old id and a new time.
    const late = signedEvent(kit.event('email.complained'), { sentAt: Date.now() + 60 * SECOND });
    expect((await post(kit, late)).statusCode).toBe(200);
    const lead = await kit.funnel.store.findLeadByEmail('ana@example.com');
    const kinds = (await kit.funnel.store.timeline(lead?.leadId ?? '')).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'message.complained')).toHaveLength(1);
    expect(stopsIn(kit.dataDir).match(/\tcomplained\t/g)).toHaveLength(1);
  });

  it('takes any of several signatures, as while a secret is exchanged', async () => {
    const kit = await withDelivery();
    const rotated = signedEvent(kit.event('email.delivered'), { secrets: [OTHER_SECRET, WEBHOOK_SECRET] });
    const list = `v1a,bm90IG91cnM= ${rotated.headers['svix-signature']}`;
    expect((await post(kit, change('svix-signature', list)(rotated))).statusCode).toBe(200);
    expect(await stateOf(kit, kit.delivery)).toBe('delivered');
  });
});

describe('the webhook refuses', () => {
  const cases: readonly (readonly [string, (signed: SignedEvent) => Partial<SignedEvent>])[] = [
    ['another secret', ({ payload }) => signedEvent(payload, { secrets: [OTHER_SECRET] })],
    [
      'what is older than five minutes',
      ({ payload }) => signedEvent(payload, { sentAt: Date.now() - STALE }),
    ],
    [
      'what is more than five minutes ahead',
      // Whole seconds count, and one may begin between here and there.
      ({ payload }) => signedEvent(payload, { sentAt: Date.now() + STALE + SECOND }),
    ],
    [
      'a changed body',
      ({ payload, headers }) => ({ payload: payload.replace('delivered', 'complained'), headers }),
    ],
    ['a body written anew', ({ payload, headers }) => ({ payload: `${payload} `, headers })],
    ['no body', ({ headers }) => ({ headers })],
    ['another id', change('svix-id', 'msg_2')],
    ['another time', change('svix-timestamp', String(Math.floor(Date.now() / 1000) - 10))],
    ['a time that is none', change('svix-timestamp', 'now')],
    ['no signature', change('svix-signature', undefined)],
    ['no id', change('svix-id', undefined)],
    ['no time', change('svix-timestamp', undefined)],
    ['an empty signature', change('svix-signature', '')],
    [
      'a signature of another version',
      ({ payload, headers }) => ({
        payload,
        headers: { ...headers, 'svix-signature': headers['svix-signature']?.replace('v1,', 'v2,') ?? '' },
      }),
    ],
    ['a signature of the right length', change('svix-signature', `v1,${'A'.repeat(43)}=`)],
    ['half a signature', change('svix-signature', 'v1')],
    ['no headers at all', ({ payload }) => ({ payload, headers: { 'content-type': 'application/json' } })],
  ];
  it('whatever is not signed so, here and now', async () => {
    const kit = await withDelivery();
    for (const [what, tamper] of cases) {
      const answer = await post(kit, tamper(signedEvent(kit.event('email.delivered'))));
      expect([what, answer.statusCode]).toEqual([what, 400]);
      expect(kit.takeLog().join()).toContain('a webhook was refused');
    }
    expect(await stateOf(kit, kit.delivery)).toBe('submitted');
    expect(stopsIn(kit.dataDir)).toBe('');
  });

  it('nothing that is younger than five minutes', async () => {
    const kit = await withDelivery();
    const sentAt = Date.now() - STALE + 3 * SECOND;
    expect((await post(kit, signedEvent(kit.event('email.delivered'), { sentAt }))).statusCode).toBe(200);
  });

  it('more than 256 KiB, and takes what is less', async () => {
    const kit = await withDelivery();
    const padded = (bytes: number) => {
      const event = JSON.stringify(kit.event('email.delivered'));
      return signedEvent(`${event}${' '.repeat(bytes - Buffer.byteLength(event))}`);
    };
    expect((await post(kit, padded(256 * 1024 + 1))).statusCode).toBe(413);
    expect(await stateOf(kit, kit.delivery)).toBe('submitted');
    expect((await post(kit, padded(256 * 1024))).statusCode).toBe(200);
    expect(await stateOf(kit, kit.delivery)).toBe('delivered');
  });

  it('everything with 503 as long as there is no secret', async () => {
    const kit = await testFunnel();
    const answer = await post(kit, signedEvent(emailEvent('email.delivered', 'x')));
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { status: 'unavailable', reasons: ['RESEND_WEBHOOK_SECRET is not set.'] },
    ]);
  });

  it('with 500 only when our database failed, and then the event is not known', async () => {
    const kit = await withDelivery();
    const { store } = kit.funnel;
    const working = store.applyReport.bind(store);
    Object.assign(store, { applyReport: async () => Promise.reject(new Error('disk I/O error')) });
    const signed = signedEvent(kit.event('email.delivered'));
    expect((await post(kit, signed)).statusCode).toBe(500);
    expect(kit.takeLog().join()).toContain('disk I/O error');
    Object.assign(store, { applyReport: working });
    expect((await post(kit, signed)).statusCode).toBe(200);
    expect(await stateOf(kit, kit.delivery)).toBe('delivered');
  });

  it('GET, as any address that is not there', async () => {
    const kit = await withDelivery();
    expect((await kit.app.server.inject('/webhooks/resend')).statusCode).toBe(404);
  });
});

describe('after a complaint', () => {
  it('nothing goes to the lead any more, and what waited is cancelled before the answer', async () => {
    const kit = await withDelivery();
    const { delivery, clock, inbox, funnel } = kit;
    await kit.post(kit.linkIn(delivery, '/download/'), { first_name: 'Ana', follow_up: 'yes' });
    clock.set(new Date((await funnel.store.nextDueAt()) ?? 0).toISOString());
    await kit.send();
    const [, first] = inbox;
    if (first === undefined) throw new Error('no step went out');
    const waiting = await messagesOf(kit, 'planned');
    expect(waiting.length).toBeGreaterThan(0);

    const complaint = emailEvent('email.complained', first.messageId, {
      data: { tags: [{ name: 'message', value: first.messageId }] },
    });
    expect((await post(kit, signedEvent(complaint))).statusCode).toBe(200);
    expect(stopsIn(kit.dataDir)).toContain('\tcomplained\t');
    expect(await messagesOf(kit, 'planned')).toEqual([]);
    expect(await messagesOf(kit, 'cancelled')).toEqual(expect.arrayContaining(waiting));

    const sent = inbox.length;
    await kit.signUp({ follow_up: 'yes' });
    for (let hour = 0; hour < 40 * 24; hour += 6) {
      clock.advance(6 * HOUR);
      await kit.send();
    }
    expect(inbox).toHaveLength(sent);
    expect(await funnel.store.findLeadByEmail('ana@example.com')).toMatchObject({
      status: 'complained',
      exitReason: 'complained',
      followUp: 'stopped',
    });
  });
});

async function messagesOf({ funnel }: Pick<TestFunnel, 'funnel'>, state: string) {
  const lead = await funnel.store.findLeadByEmail('ana@example.com');
  const all = lead === null ? [] : await funnel.store.messagesOf(lead.leadId);
  return all.filter((message) => message.state === state).map(({ messageId }) => messageId);
}

function change(name: string, value: string | undefined) {
  return ({ payload, headers }: SignedEvent): SignedEvent => {
    const { [name]: _, ...rest } = headers;
    return { payload, headers: value === undefined ? rest : { ...rest, [name]: value } };
  };
}
