import { expect, it } from 'vitest';
import { HOUR } from '../../src/kernel/clock.ts';
import { visitor } from './visitor.ts';

const FRENCH = { 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.8' };
const languageOf = (html: string) => /<html lang="([^"]*)"/.exec(html)?.[1];

/** Her links, and her data erased. */
async function erased() {
  const world = await visitor();
  const { get, post, page, notMe, clock, send, inbox, linkIn, funnel, leadId } = world;
  await post(page, {});
  const preferences = /\/preferences\/[^"?]+/.exec((await get(page)).body)?.[0] ?? '';
  await post(preferences, { action: 'request_erase' });
  await send();
  const letter = inbox.at(-1);
  if (letter === undefined) throw new Error('No link came.');
  const erase = linkIn(letter, '/preferences/');
  const unsubscribe = `/unsubscribe/${funnel.tokens.mint({ purpose: 'unsubscribe', id: leadId })}`;
  await funnel.store.eraseLead(leadId, clock.now());
  return { ...world, preferences, erase, unsubscribe, notMe };
}

it('where nothing tells a reader’s language any more, her browser does', async () => {
  const { get, post, page, preferences, erase, unsubscribe, notMe, clock } = await erased();
  const ask = async (headers: Record<string, string>) => [
    await get(page, headers),
    await post(page, {}, headers),
    await get(preferences, headers),
    await get(erase, headers),
    await post(erase, {}, headers),
    await get(unsubscribe, headers),
    await post(unsubscribe, {}, headers),
    await get(notMe, headers),
    await post(notMe, {}, headers),
  ];
  const told = (answers: Awaited<ReturnType<typeof ask>>) =>
    answers.map(({ statusCode, body, headers }) => [
      statusCode,
      languageOf(body),
      headers.vary,
      headers['cache-control'],
    ]);
  const expected = (language: string) =>
    [410, 410, 410, 410, 200, 200, 200, 200, 200].map((status) => [
      status,
      language,
      'accept-language, accept-encoding',
      'no-store',
    ]);
  expect(told(await ask(FRENCH))).toEqual(expected('fr'));
  expect(told(await ask({}))).toEqual(expected('en'));
  clock.advance(HOUR);
  const over = await get(erase, FRENCH);
  expect([over.statusCode, languageOf(over.body)]).toEqual([410, 'fr']);
});

it('a forged token gets what every unknown address gets, in the language of the browser', async () => {
  const { get, page, notMe } = await visitor();
  for (const headers of [FRENCH, {}]) {
    const unknown = await get('/no-such-page', headers);
    expect([unknown.statusCode, languageOf(unknown.body)]).toEqual([404, headers === FRENCH ? 'fr' : 'en']);
    const { date: _, ...head } = unknown.headers;
    for (const path of [page, notMe, '/preferences/x', '/read/x']) {
      const forged = await get(path.slice(0, -1) + (path.endsWith('x') ? 'y' : ''), headers);
      expect(forged.statusCode).toBe(404);
      expect(forged.body).toBe(unknown.body);
      expect(forged.headers).toMatchObject(head);
    }
  }
});

it('what a path or a record tells goes before the browser', async () => {
  const { get, page, notMe } = await visitor();
  for (const path of [page, notMe, '/articles/no-such-article', '/', '/white-paper']) {
    const { body, headers } = await get(path, FRENCH);
    expect([path, languageOf(body), headers.vary]).toEqual([path, 'en', 'accept-encoding']);
  }
  const french = await get('/fr/no-such-page', { 'accept-language': 'en' });
  expect([languageOf(french.body), french.headers.vary]).toEqual(['fr', 'accept-encoding']);
});
