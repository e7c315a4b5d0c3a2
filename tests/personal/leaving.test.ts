import { describe, expect, it } from 'vitest';
import { visitor } from './visitor.ts';
import type { Visitor } from './visitor.ts';

/** Presses the button with the follow-up ticked and returns the unsubscribe path of the first step's email. */
async function follower(): Promise<Visitor & { readonly unsubscribe: string }> {
  const world = await visitor({ follow_up: 'yes' });
  await world.post(world.page, {});
  world.clock.set('2026-11-25T12:00:00Z');
  await world.send();
  const step = world.inbox.findLast((email) => email.headers['List-Unsubscribe'] !== undefined);
  if (step === undefined) throw new Error('No step came.');
  return { ...world, unsubscribe: world.linkIn(step, '/unsubscribe/') };
}

describe('unsubscribing', () => {
  it('changes nothing by GET and HEAD', async () => {
    const { get, head, unsubscribe, lead } = await follower();
    const page = await get(unsubscribe);
    await head(unsubscribe);
    expect(page.statusCode).toBe(200);
    expect(page.body.match(/<button/g)).toHaveLength(1);
    expect(page.body).toContain('a•••@example.com');
    expect(await lead()).toMatchObject({ status: 'confirmed', followUp: 'active' });
  });

  it('takes any body, of any type, from anywhere, and answers 200 without redirect and cookie', async () => {
    const { app, unsubscribe, lead } = await follower();
    const bodies = [
      { headers: {}, payload: undefined },
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      },
      {
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        payload:
          '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
      },
      { headers: { 'content-type': 'application/json' }, payload: '{broken' },
      {
        headers: { 'content-type': 'nonsense', 'user-agent': '', origin: 'https://elsewhere.example' },
        payload: '?',
      },
      { headers: { 'sec-fetch-site': 'cross-site' }, payload: 'x' },
    ];
    for (const { headers, payload } of bodies) {
      const answer = await app.server.inject({
        method: 'POST',
        url: unsubscribe,
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(await lead()).toMatchObject({
        status: 'unsubscribed',
        followUp: 'stopped',
        exitReason: 'unsubscribed',
      });
    }
  });

  it('is 200 when the lead is long gone', async () => {
    const { funnel, get, post, unsubscribe, leadId, clock } = await follower();
    await funnel.store.eraseLead(leadId, clock.now());
    clock.set('2036-01-01T00:00:00Z');
    expect((await get(unsubscribe)).statusCode).toBe(200);
    expect((await post(unsubscribe, {})).statusCode).toBe(200);
  });

  it('says nothing to a forged token', async () => {
    const { get, post, unsubscribe, lead } = await follower();
    const forged = unsubscribe.slice(0, -1);
    expect((await get(forged)).statusCode).toBe(404);
    expect((await post(forged, {})).statusCode).toBe(404);
    expect(await lead()).toMatchObject({ followUp: 'active' });
  });
});

describe('"this was not me"', () => {
  it('changes nothing by GET', async () => {
    const { get, notMe, lead } = await visitor();
    const page = await get(notMe);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('a•••@example.com');
    expect(await lead()).not.toBeNull();
  });

  it('says to who has the document already that removing ends its link, and does so', async () => {
    const { get, post, notMe, page, lead, clock } = await visitor({ timezone: 'Asia/Tokyo' });
    expect((await get(notMe)).body).not.toContain('The document was made');
    clock.set('2026-11-22T20:00:00Z');
    await post(page, {});
    const { body } = await get(notMe);
    expect(body).toContain('The document was made on November 23, 2026,');
    expect(body).toContain('Removing the request ends that link');
    expect(body).not.toContain('nothing more will come of it');
    expect(body.match(/<button[^>]*>([^<]*)/)?.[1]).toBe('Remove the request all the same');
    expect((await get(page)).statusCode).toBe(200);
    await post(notMe, {});
    expect(await lead()).toBeNull();
    expect((await get(page)).statusCode).toBe(410);
  });

  it('removes the signup and its reminder, suppresses nothing, and is 200 again and again', async () => {
    const { get, post, notMe, page, lead, signUp, send, inbox, clock } = await visitor();
    expect((await post(notMe, {})).statusCode).toBe(200);
    expect((await post(notMe, {})).statusCode).toBe(200);
    expect((await get(notMe)).statusCode).toBe(200);
    expect(await lead()).toBeNull();
    expect((await get(page)).statusCode).toBe(410);
    clock.set('2026-11-24T12:00:00Z');
    await send();
    expect(inbox).toHaveLength(1);
    await signUp();
    await send();
    expect(inbox).toHaveLength(2);
  });
});
