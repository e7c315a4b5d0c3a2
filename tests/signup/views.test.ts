import { expect, it } from 'vitest';
import { createViewCounter } from '../../src/signup/views.ts';
import type { ViewRequest } from '../../src/signup/views.ts';
import { testClock } from '../support/clock.ts';

type Views = readonly { readonly day: string; readonly path: string; readonly count: number }[];
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';

function counter(failing = false) {
  const written: Views[] = [];
  const errors: string[] = [];
  const clock = testClock('2026-11-22T23:59:00Z');
  const views = createViewCounter({
    clock,
    store: {
      addPageViews: async (batch) => {
        if (failing) throw new Error('disk full');
        written.push(batch);
      },
    },
    log: {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: (_, message) => void errors.push(message),
    },
  });
  return { views, written, errors, clock };
}

function look(headers: ViewRequest['headers'] = {}, method = 'GET'): ViewRequest {
  return { method, headers: { 'user-agent': firefox, ...headers } };
}

it('adds views up per UTC day and page, and writes them at the close', async () => {
  const { views, written, clock } = counter();
  views.count(look(), '/');
  views.count(look(), '/');
  views.count(look(), '/white-paper');
  clock.set('2026-11-23T00:00:00Z');
  views.count(look(), '/');
  await views.close();
  expect(written.flat()).toEqual([
    { day: '2026-11-22', path: '/', count: 2 },
    { day: '2026-11-22', path: '/white-paper', count: 1 },
    { day: '2026-11-23', path: '/', count: 1 },
  ]);
});

it('does not count a check of the headers, a browser’s guess, or a robot that says so', async () => {
  const { views, written } = counter();
  views.count(look({}, 'HEAD'), '/');
  views.count(look({ 'sec-purpose': 'prefetch;prerender' }), '/');
  views.count(
    look({ 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }),
    '/',
  );
  views.count(look({ 'user-agent': 'curl/8.5.0' }), '/');
  views.count(look({ 'user-agent': 'Mozilla/5.0 (Linux; Android 13) Proofpoint' }), '/');
  await views.close();
  expect(written).toEqual([]);
});

it('writes nothing when nobody looked, and counts nothing after the close', async () => {
  const { views, written } = counter();
  await views.flush();
  await views.close();
  views.count(look(), '/');
  await views.flush();
  expect(written).toEqual([]);
});

it('loses counts rather than requests when the disk is full', async () => {
  const { views, errors } = counter(true);
  views.count(look(), '/');
  await views.close();
  expect(errors).toEqual(['page views not written']);
});
