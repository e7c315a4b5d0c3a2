import { expect, it } from 'vitest';
import { createRate } from '../../src/mail/rate.ts';

/** A clock that only sleeping moves. */
function rateOf(perSecond: number) {
  let now = 1_000_000;
  const clock = { now: () => now };
  const rate = createRate(perSecond, clock, async (ms) => {
    now += ms;
  });
  const call = async () => {
    const before = now;
    await rate.ready();
    rate.spend();
    return now - before;
  };
  return {
    rate,
    call,
    jump: (ms: number) => {
      now += ms;
    },
  };
}

it('lets one second’s worth through at once and then keeps the pace', async () => {
  const { call } = rateOf(2);
  expect([await call(), await call(), await call(), await call()]).toEqual([0, 0, 500, 500]);
});

it('does not use a call up by waiting for it', async () => {
  const { rate, call } = rateOf(1);
  await rate.ready();
  await rate.ready();
  expect(await call()).toBe(0);
});

it('saves no more than one second’s worth while nothing is sent', async () => {
  const { call, jump } = rateOf(2);
  jump(3_600_000);
  expect([await call(), await call(), await call()]).toEqual([0, 0, 500]);
});

it('works slower than one call a second', async () => {
  const { call } = rateOf(0.5);
  expect([await call(), await call()]).toEqual([0, 2000]);
});

it('slows down to the provider’s limit, never speeds up beyond the setting', async () => {
  const { rate, call } = rateOf(2);
  rate.heed({ 'ratelimit-limit': '1' });
  expect([await call(), await call(), await call()]).toEqual([0, 1000, 1000]);
  rate.heed({ 'ratelimit-limit': '100, 100;w=1' });
  await call();
  await call();
  expect(await call()).toBe(500);
  rate.heed({ 'ratelimit-limit': '30;w=60' });
  await call();
  expect(await call()).toBe(2000);
});

it('closes for as long as “retry-after” or an empty window says, five seconds at most', async () => {
  const { rate, call } = rateOf(10);
  rate.heed({ 'retry-after': '3' });
  expect(await call()).toBe(3000);
  rate.heed({ 'ratelimit-remaining': '0', 'ratelimit-reset': '2' });
  expect(await call()).toBe(2000);
  rate.heed({ 'retry-after': '86400' });
  expect(await call()).toBe(5000);
});

it('makes nothing of headers that are no numbers', async () => {
  const { rate, call } = rateOf(10);
  rate.heed({
    'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT',
    'ratelimit-limit': 'x',
    'ratelimit-reset': '-1',
  });
  expect(await call()).toBe(0);
});

it('goes on when the machine’s clock is set back', async () => {
  const { rate, call, jump } = rateOf(1);
  rate.heed({ 'retry-after': '5' });
  jump(-86_400_000);
  expect(await call()).toBeLessThanOrEqual(1000);
});
