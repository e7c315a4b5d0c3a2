import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MINUTE, SECOND } from '../../src/kernel/clock.ts';
import { createScheduler } from '../../src/sequence/scheduler.ts';
import { NOON } from '../support/email.ts';
import { memoryLog, sendingKit } from '../support/sending.ts';

beforeEach(() => void vi.useFakeTimers({ now: NOON, toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

/** The scheduler over the in-memory store, with a clock that the test's timers move. */
function schedulerKit() {
  const clock = { now: () => Date.now() };
  const kit = sendingKit({ clock });
  const { log, lines } = memoryLog();
  let looks = 0;
  const sender = {
    sendNextDue: () => {
      looks += 1;
      return kit.sender.sendNextDue();
    },
  };
  const scheduler = createScheduler({
    sender,
    store: kit.store,
    timetable: () => kit.timetable,
    clock,
    log,
  });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  return { ...kit, scheduler, lines, pass, looks: () => looks };
}

describe('the scheduler', () => {
  it('sends everything that is overdue at its start', async () => {
    const { store, scheduler, transport, pass } = schedulerKit();
    for (let count = 0; count < 5; count += 1) store.plan('delivery', NOON - count);
    scheduler.start();
    await pass(0);
    expect(transport.offered).toHaveLength(5);
    await scheduler.stop();
  });

  it('sends a message as soon as it is woken', async () => {
    const { store, scheduler, transport, pass } = schedulerKit();
    scheduler.start();
    await pass(10 * SECOND);
    store.plan('delivery', Date.now());
    scheduler.wake();
    await pass(0);
    expect(transport.offered).toHaveLength(1);
    await scheduler.stop();
  });

  it('does not lose a call that comes while it works', async () => {
    const { store, scheduler, transport, pass } = schedulerKit();
    store.plan('delivery', NOON);
    const nextDueAt = store.nextDueAt.bind(store);
    store.nextDueAt = async () => {
      // After the last look and before the nap: the moment at which a call is easily lost.
      const next = await nextDueAt();
      if (store.messages.filter(({ kind }) => kind === 'delivery').length < 4) {
        store.plan('delivery', NOON);
        scheduler.wake();
      }
      return next;
    };
    scheduler.start();
    await pass(0);
    expect(transport.offered).toHaveLength(4);
    await scheduler.stop();
  });

  it('looks when the next message is due, not later', async () => {
    const { store, scheduler, transport, pass } = schedulerKit();
    store.plan('step', NOON + 7 * SECOND);
    scheduler.start();
    await pass(7 * SECOND - 1);
    expect(transport.offered).toHaveLength(0);
    await pass(1);
    expect(transport.offered).toHaveLength(1);
    await scheduler.stop();
  });

  it('never naps longer than 30 seconds, even with nothing planned for months', async () => {
    const { store, scheduler, pass, looks } = schedulerKit();
    store.plan('step', NOON + 90 * 24 * 60 * MINUTE);
    scheduler.start();
    await pass(0);
    expect(looks()).toBe(1);
    await pass(30 * SECOND);
    expect(looks()).toBe(2);
    await scheduler.stop();
  });

  it('does not spin while sending is paused, and goes on when the pause is over', async () => {
    const { store, scheduler, transport, pass, looks } = schedulerKit();
    store.plan('delivery', NOON);
    transport.answer = () => ({ kind: 'account_fault', reason: 'invalid_api_key 403' });
    scheduler.start();
    await pass(0);
    transport.answer = () => ({ kind: 'submitted', providerId: 'x' });
    const before = looks();
    await pass(5 * MINUTE);
    expect(looks() - before).toBeLessThanOrEqual(11);
    await pass(5 * MINUTE);
    expect(transport.offered).toHaveLength(2);
    await scheduler.stop();
  });

  it('does not spin over a message that is due but not handed out', async () => {
    const { store, scheduler, pass, looks } = schedulerKit();
    store.nextDueAt = async () => NOON - MINUTE;
    scheduler.start();
    await pass(SECOND);
    expect(looks()).toBeLessThanOrEqual(5);
    await scheduler.stop();
  });

  it('survives a store that fails, tells it, and tries again', async () => {
    const { store, scheduler, transport, pass, lines } = schedulerKit();
    store.plan('delivery', NOON);
    const claim = store.claimNextDue.bind(store);
    store.claimNextDue = () => Promise.reject(new Error('disk I/O error'));
    scheduler.start();
    await pass(0);
    expect(lines).toEqual([
      { level: 'error', fields: { fault: 'disk I/O error' }, message: 'the sender failed' },
    ]);
    store.claimNextDue = claim;
    await pass(5 * SECOND);
    expect(transport.offered).toHaveLength(1);
    await scheduler.stop();
  });

  it('stops after the message in hand, and begins no other', async () => {
    const { store, scheduler, transport, pass } = schedulerKit();
    const messages = [store.plan('delivery', NOON), store.plan('delivery', NOON)];
    let finish = () => {};
    transport.answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ kind: 'submitted', providerId: 'x' });
      });
    scheduler.start();
    await pass(0);
    let stopped = false;
    const stopping = scheduler.stop().then(() => {
      stopped = true;
    });
    await pass(SECOND);
    expect(stopped).toBe(false);
    finish();
    await stopping;
    expect(messages.map(({ state }) => state)).toEqual(['submitted', 'planned']);
    await pass(MINUTE);
    expect(transport.offered).toHaveLength(1);
  });

  it('stops at once while it naps, and when it never began', async () => {
    const { scheduler, pass } = schedulerKit();
    scheduler.start();
    await pass(0);
    await scheduler.stop();
    await schedulerKit().scheduler.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
