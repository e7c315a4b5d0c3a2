import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { createComposer } from '../../src/mail/compose.ts';
import { freezeEmail } from '../../src/mail/frozen.ts';
import { unlimited } from '../../src/mail/rate.ts';
import { createResendTransport } from '../../src/mail/resend.ts';
import type { Submission } from '../../src/mail/email.ts';
import { LEASE } from '../../src/sequence/retries.ts';
import { NOON, stationery } from '../support/email.ts';
import { startFakeResend } from '../support/fake-resend.ts';
import { sendingKit } from '../support/sending.ts';

const passing: Submission = { kind: 'try_again', reason: 'timeout', afterMs: null, ambiguous: true };

describe('one message', () => {
  it('is composed, kept, offered with its key and written down as submitted', async () => {
    const { store, transport, sender } = sendingKit();
    const message = store.plan('step', NOON);
    expect(await sender.sendNextDue()).toEqual({
      messageId: message.messageId,
      step: 'tide',
      kind: 'submitted',
      reason: null,
      until: null,
    });
    expect(transport.offered).toHaveLength(1);
    expect(transport.offered[0]?.key).toBe(`msg/${message.messageId}`);
    expect(Buffer.from(freezeEmail(transport.offered[0]!.email)).equals(Buffer.from(message.payload!))).toBe(
      true,
    );
    expect(message.state).toBe('submitted');
  });

  it('is not sent before its time', async () => {
    const { store, clock, transport, sender } = sendingKit();
    store.plan('step', NOON + 1);
    expect(await sender.sendNextDue()).toBeNull();
    clock.advance(1);
    expect((await sender.sendNextDue())?.kind).toBe('submitted');
    expect(transport.offered).toHaveLength(1);
    expect(await sender.sendNextDue()).toBeNull();
  });

  it('is not sent when it was stopped between the claim and the keeping of its bytes', async () => {
    const { store, transport, sender } = sendingKit();
    const message = store.plan('step', NOON);
    store.afterClaim = (claimed) => {
      claimed.state = 'cancelled';
    };
    expect(await sender.sendNextDue()).toMatchObject({
      kind: 'skipped',
      reason: 'kept back: stopped, paused or taken by another process',
    });
    expect(transport.offered).toEqual([]);
    expect(message.state).toBe('cancelled');
  });

  it('fails when its step is gone, and the next step is planned', async () => {
    const { store, sender } = sendingKit();
    const message = store.plan('step', NOON, { step: 'removed' });
    expect(await sender.sendNextDue()).toMatchObject({
      kind: 'failed',
      reason: 'the step is no longer in the content',
    });
    expect(message.state).toBe('failed');
    expect(store.messages.map(({ step }) => step)).toEqual(['removed', 'tide']);
  });

  it('tells what the claim itself decided', async () => {
    const { store, sender } = sendingKit();
    store.nextClaim = { kind: 'skipped', messageId: 'a', step: 'reminder', reason: 'already confirmed' };
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'skipped', reason: 'already confirmed' });
    store.nextClaim = {
      kind: 'postponed',
      messageId: 'a',
      step: 'tide',
      until: NOON + HOUR,
      reason: 'paused',
    };
    expect(await sender.sendNextDue()).toMatchObject({
      kind: 'postponed',
      until: NOON + HOUR,
      reason: 'paused',
    });
  });
});

describe('after the delivery', () => {
  it('a reminder is planned for the day after', async () => {
    const { store, sender } = sendingKit();
    store.plan('delivery', NOON);
    await sender.sendNextDue();
    expect(store.messages[1]).toMatchObject({ kind: 'reminder', dueAt: NOON + DAY });
  });

  it.each(['renewal', 'reminder', 'data', 'erase', 'step'] as const)('but none after a %s', async (kind) => {
    const { store, sender } = sendingKit();
    store.plan(kind, NOON);
    await sender.sendNextDue();
    expect(store.messages.filter((message, index) => index > 0 && message.kind === 'reminder')).toEqual([]);
  });

  it('nor after one that was refused or is tried again', async () => {
    const { store, transport, sender } = sendingKit();
    store.plan('delivery', NOON);
    transport.answer = () => passing;
    await sender.sendNextDue();
    transport.answer = () => ({ kind: 'rejected', reason: 'validation_error 400' });
    store.messages[0]!.dueAt = NOON;
    await sender.sendNextDue();
    expect(store.messages).toHaveLength(1);
    expect(store.messages[0]?.state).toBe('failed');
  });
});

describe('a try that fails', () => {
  it('is repeated later with the same key and the same bytes, whatever the content says by then', async () => {
    const { store, clock, transport, sender } = sendingKit();
    store.plan('step', NOON);
    transport.answer = () => passing;
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'retry', until: NOON + 22_500 });
    clock.advance(22_500);
    transport.answer = () => ({ kind: 'submitted', providerId: 'x' });
    expect((await sender.sendNextDue())?.kind).toBe('submitted');
    const [one, two] = transport.offered;
    expect(two?.key).toBe(one?.key);
    expect(two?.email).toEqual(one?.email);
    expect(two?.email.composedAt).toBe(NOON);
  });

  it('goes on through an outage of a day, and ends in doubt when the key may be forgotten', async () => {
    const { store, clock, transport, sender } = sendingKit();
    const message = store.plan('step', NOON);
    transport.answer = () => passing;
    for (let tries = 0; tries < 20; tries += 1) {
      await sender.sendNextDue();
      clock.advance(HOUR);
    }
    expect(transport.offered).toHaveLength(20);
    expect(message.state).toBe('planned');
    for (let hours = 0; hours < 4; hours += 1) {
      await sender.sendNextDue();
      clock.advance(HOUR);
    }
    expect(message.state).toBe('in_doubt');
  });

  it('is not repeated by a process that comes back a day later', async () => {
    const { store, clock, transport, sender } = sendingKit();
    const message = store.plan('step', NOON);
    transport.answer = () => passing;
    await sender.sendNextDue();
    clock.advance(DAY);
    expect(await sender.sendNextDue()).toMatchObject({
      kind: 'in_doubt',
      reason: 'an earlier try ended unknown',
    });
    expect(transport.offered).toHaveLength(1);
    expect(message.state).toBe('in_doubt');
  });

  it('is not made by a machine that slept a day between its last look and the offer', async () => {
    const { store, clock, transport, sender } = sendingKit();
    store.plan('step', NOON);
    const beginTry = store.beginTry.bind(store);
    store.beginTry = async (begun) => {
      const tryNumber = await beginTry(begun);
      clock.advance(DAY);
      return tryNumber;
    };
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'retry', reason: 'the machine slept' });
    expect(transport.offered).toEqual([]);
  });

  it('because of a crash is taken up when its lease has run out, with the bytes that were kept', async () => {
    const { store, clock, transport, sender } = sendingKit();
    const message = store.plan('step', NOON);
    transport.answer = () => {
      throw new Error('killed');
    };
    const settle = store.settle.bind(store);
    store.settle = () => Promise.reject(new Error('killed'));
    await expect(sender.sendNextDue()).rejects.toThrow('killed');
    store.settle = settle;
    transport.answer = () => ({ kind: 'submitted', providerId: 'x' });
    clock.advance(LEASE - 1);
    expect(await sender.sendNextDue()).toBeNull();
    clock.advance(1);
    expect((await sender.sendNextDue())?.kind).toBe('submitted');
    expect(transport.offered[1]?.email).toEqual(transport.offered[0]?.email);
    expect(message.state).toBe('submitted');
  });
});

describe('when the account is at fault', () => {
  it('everything waits ten minutes, and no try is counted', async () => {
    const { store, clock, transport, sender } = sendingKit();
    const one = store.plan('delivery', NOON);
    store.plan('step', NOON);
    transport.answer = () => ({ kind: 'account_fault', reason: 'invalid_api_key 403' });
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'paused', until: NOON + 10 * MINUTE });
    expect(one).toMatchObject({ state: 'planned', attempts: 0, dueAt: NOON });
    expect(await sender.sendNextDue()).toBeNull();
    clock.advance(10 * MINUTE - 1);
    expect(await sender.sendNextDue()).toBeNull();
    expect(transport.offered).toHaveLength(1);
    clock.advance(1);
    transport.answer = () => ({ kind: 'submitted', providerId: 'x' });
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'submitted', step: 'delivery' });
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'submitted', step: 'tide' });
  });

  it('a pause of days puts nothing in doubt', async () => {
    const { store, clock, transport, sender } = sendingKit();
    store.plan('delivery', NOON);
    transport.answer = () => ({ kind: 'account_fault', reason: 'daily_quota_exceeded 429' });
    await sender.sendNextDue();
    clock.advance(3 * DAY);
    transport.answer = () => ({ kind: 'submitted', providerId: 'x' });
    expect((await sender.sendNextDue())?.kind).toBe('submitted');
  });
});

describe('a bug in one message', () => {
  it('puts that one off for an hour, tells its ids and nothing of the lead, and the others go out', async () => {
    const healthy = createComposer(stationery());
    const { store, sender, lines } = sendingKit({
      compose: (order, at) => {
        if (order.step === 'wind') throw new Error('the template is broken');
        return healthy(order, at);
      },
    });
    const bad = store.plan('step', NOON - 1, { step: 'wind' });
    store.plan('step', NOON);
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'retry', step: 'wind', until: NOON + HOUR });
    expect((await sender.sendNextDue())?.kind).toBe('submitted');
    expect(bad.state).toBe('planned');
    const errors = lines.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.fields).toEqual({
      messageId: bad.messageId,
      step: 'wind',
      fault: 'the template is broken',
    });
    expect(JSON.stringify(lines)).not.toMatch(/example\.com|Grace/);
  });

  it('or in the way out counts as a try whose end nobody knows', async () => {
    const { store, transport, sender, lines } = sendingKit();
    store.plan('step', NOON);
    transport.answer = () => Promise.reject(new Error('bug'));
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'retry', reason: 'unexpected fault' });
    expect(lines.some(({ level }) => level === 'error')).toBe(true);
  });
});

it('marks the database before the first email to a real person, and only then', async () => {
  const quiet = sendingKit();
  quiet.store.plan('delivery', NOON);
  await quiet.sender.sendNextDue();
  expect(quiet.store.sentLiveAt).toBeNull();
  const { store, transport, sender } = sendingKit();
  transport.live = true;
  transport.answer = () => {
    expect(store.sentLiveAt).toBe(NOON);
    return { kind: 'submitted', providerId: 'x' };
  };
  store.plan('delivery', NOON);
  expect((await sender.sendNextDue())?.kind).toBe('submitted');
});

it('waits for its turn before it claims, so that no lease runs down', async () => {
  const order: string[] = [];
  const { store, sender, transport } = sendingKit({
    rate: {
      ...unlimited,
      ready: async () => void order.push('ready'),
      spend: () => void order.push('spend'),
    },
  });
  store.afterClaim = () => order.push('claim');
  transport.answer = () => {
    order.push('submit');
    return { kind: 'submitted', providerId: null };
  };
  store.plan('delivery', NOON);
  await sender.sendNextDue();
  expect(order).toEqual(['ready', 'claim', 'spend', 'submit']);
});

describe('over the real SDK', () => {
  it('gives a provider up that never answers, and sends once in all', async () => {
    const fake = await startFakeResend();
    const transport = createResendTransport({
      apiKey: 're_x',
      baseUrl: fake.url,
      live: false,
      rate: unlimited,
    });
    const { store, clock, sender } = sendingKit({ transport, tryTimeout: 1000 });
    store.plan('delivery', NOON);
    fake.mode({ kind: 'hang' });
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'retry' });
    fake.mode({ kind: 'ok' });
    clock.advance(HOUR);
    expect(await sender.sendNextDue()).toMatchObject({ kind: 'submitted' });
    expect(fake.requests).toHaveLength(2);
    expect(fake.accepted).toHaveLength(1);
    await fake.close();
  });
});
