import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/kernel/clock.ts';
import { visitor } from './visitor.ts';
import type { Visitor } from './visitor.ts';

type Holder = Visitor & { readonly path: string };

/** A confirmed lead on the way through the sequence, with the path of her preferences page. */
async function holder(): Promise<Holder> {
  const world = await visitor({ follow_up: 'yes' });
  await world.post(world.page, {});
  const path = /href="(\/preferences\/[\w-]+)"/.exec((await world.get(world.page)).body)?.[1];
  if (path === undefined) throw new Error('The download page does not link the preferences.');
  return { ...world, path };
}

describe('the preferences page', () => {
  it('shows the consent receipt in its exact words, the next email and what is held, but not the address', async () => {
    const { get, path, funnel } = await holder();
    const { body, headers, statusCode } = await get(path);
    const { consent } = funnel.content.current();
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain(consent.wording);
    expect(body).toContain(consent.version);
    expect(body).toContain('November 22, 2026 at 9:00 a.m. GMT');
    expect(body).toContain('planned for Tuesday, November 24, 2026');
    expect(body).toContain('a•••@example.com');
    expect(body).not.toContain('ana@example.com');
  });

  it('carries out every wish and comes back with a notice, so that a reload repeats nothing', async () => {
    const { get, post, path, lead } = await holder();
    const act = async (fields: Record<string, string>) => {
      const answer = await post(path, fields);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, `${path}?done=${fields['action']}`]);
      // The focus is on it, so that it is read out; a live region would have it read twice.
      const { body } = await get(String(answer.headers.location));
      expect(body).toContain('<p class="notice" tabindex="-1" autofocus>');
      expect(body).not.toContain('role="status"');
      return lead();
    };
    const until = Date.parse('2026-12-24T00:00:00Z');
    expect(await act({ action: 'pause', until: '2026-12-24' })).toMatchObject({
      followUp: 'paused',
      pausedUntil: until,
    });
    expect(await act({ action: 'resume' })).toMatchObject({ followUp: 'active', pausedUntil: null });
    expect(await act({ action: 'fewer' })).toMatchObject({ pace: 'fewer' });
    expect(await act({ action: 'rename', first_name: 'Ana Sofía' })).toMatchObject({
      firstName: 'Ana Sofía',
    });
    expect(await act({ action: 'booked_call' })).toMatchObject({
      followUp: 'stopped',
      exitReason: 'booked_call',
    });
    expect(await act({ action: 'stop' })).toMatchObject({ status: 'unsubscribed' });
    expect(await act({ action: 'stop' })).toMatchObject({ status: 'unsubscribed' });
  });

  it('pauses by one press for two weeks, a month or into the new year, and tells the day', async () => {
    const { get, post, path } = await holder();
    const { body } = await get(path);
    expect([...body.matchAll(/name="until" value="(\d[\d-]+)"/g)].map(([, day]) => day)).toEqual([
      '2026-12-06',
      '2026-12-22',
      '2027-01-04',
    ]);
    await post(path, { action: 'pause', until: '2027-01-04' });
    const paused = await get(`${path}?done=pause`);
    expect(paused.body).toContain('The emails are paused. None will come before Monday, January 4, 2027.');
    expect(paused.body).toContain('<title>Done: your preferences');
    expect(paused.body).toContain('value="resume">Let them go on now');
  });

  it('goes back to the usual pace, to the day that it would have been', async () => {
    const { get, post, path, lead, funnel, leadId } = await holder();
    const due = async () =>
      (await funnel.store.messagesOf(leadId)).find(({ kind }) => kind === 'step')?.dueAt ?? 0;
    const before = await due();
    await post(path, { action: 'fewer' });
    expect(await due()).toBeGreaterThan(before);
    expect((await get(path)).body).toContain('value="resume">Back to the usual pace');
    await post(path, { action: 'resume' });
    expect(await lead()).toMatchObject({ followUp: 'active', pace: 'normal' });
    expect(await due()).toBe(before);
    expect((await post(path, { action: 'resume' })).headers.location).toBe(`${path}?done=unchanged`);
  });

  it('ends a pause without touching the pace that was asked for', async () => {
    const { post, path, lead } = await holder();
    await post(path, { action: 'fewer' });
    await post(path, { action: 'pause', until: '2026-12-24' });
    await post(path, { action: 'resume' });
    expect(await lead()).toMatchObject({ followUp: 'active', pace: 'fewer' });
  });

  it('tells after a stop how to come back', async () => {
    const { get, post, path } = await holder();
    expect((await get(path)).body).not.toContain('tick the box');
    await post(path, { action: 'stop' });
    expect((await get(path)).body).toContain('ask for a document once more and tick the box');
  });

  it('stops for a found job, with that reason, and keeps the withdrawal as a receipt', async () => {
    const { get, post, path, lead } = await holder();
    await post(path, { action: 'found_job' });
    expect(await lead()).toMatchObject({ status: 'confirmed', followUp: 'stopped', exitReason: 'found_job' });
    const { body } = await get(path);
    expect(body).toContain('Withdrawn');
    expect(body).not.toContain('value="stop"');
    expect((await post(path, { action: 'stop' })).headers.location).toBe(`${path}?done=stop`);
  });

  it('says so when there was nothing to change', async () => {
    const { post, path } = await holder();
    await post(path, { action: 'stop' });
    const answer = await post(path, { action: 'pause', until: '2026-12-24' });
    expect(answer.headers.location).toBe(`${path}?done=unchanged`);
  });

  it('answers wrong input with 422 and changes nothing', async () => {
    const { post, path, lead } = await holder();
    const before = await lead();
    for (const fields of [
      {},
      { action: 'dance' },
      { action: 'pause' },
      { action: 'pause', until: '2026-11-22' },
      { action: 'pause', until: '2027-11-23' },
      { action: 'rename', first_name: '\u0007' },
    ]) {
      const answer = await post(path, fields as Record<string, string>);
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toMatch(/<title>Error/);
      expect(answer.body).toMatch(/class="error-summary"/);
    }
    expect(await lead()).toEqual(before);
  });

  it('shows no notice that is not one of ours', async () => {
    const { get, path } = await holder();
    expect((await get(`${path}?done=<script>`)).body).not.toContain('role="status"');
    expect((await get(`${path}?done=pause&done=stop`)).statusCode).toBe(200);
    for (const untrue of ['pause', 'fewer', 'stop', 'found_job', 'booked_call'])
      expect((await get(`${path}?done=${untrue}`)).body).not.toContain('role="status"');
  });

  it('is open for a year', async () => {
    const { get, post, path, clock, lead } = await holder();
    clock.advance(364 * DAY);
    expect((await get(path)).statusCode).toBe(200);
    clock.advance(2 * DAY);
    expect((await get(path)).statusCode).toBe(410);
    expect((await post(path, { action: 'stop' })).statusCode).toBe(410);
    expect((await lead())?.status).toBe('confirmed');
  });
});

describe('data and erasure', () => {
  /** Asks for a link and returns its path from the email that came. */
  async function linked(world: Holder, action: 'request_data' | 'request_erase'): Promise<string> {
    await world.post(world.path, { action });
    await world.send();
    const email = world.inbox.at(-1);
    if (email === undefined) throw new Error('No email came.');
    return world.linkIn(email, '/preferences/');
  }

  it('come only by a link mailed to the address, once in 10 minutes', async () => {
    const world = await holder();
    const token = world.path.slice('/preferences/'.length);
    expect((await world.get(`/preferences/${token}/data.json`)).statusCode).toBe(404);
    expect((await world.get(`/preferences/${token}/erase`)).statusCode).toBe(404);
    expect((await world.post(`/preferences/${token}/erase`, {})).statusCode).toBe(404);
    const before = world.inbox.length;
    await world.post(world.path, { action: 'request_data' });
    const again = await world.post(world.path, { action: 'request_data' });
    expect(again.headers.location).toBe(`${world.path}?done=request_data`);
    await world.send();
    expect(world.inbox.length).toBe(before + 1);
  });

  it('gives all that is held as a file, for 15 minutes', async () => {
    const world = await holder();
    const path = await linked(world, 'request_data');
    expect(path).toMatch(/\/data\.json$/);
    const answer = await world.get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-disposition']).toMatch(/^attachment/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toContain('ana@example.com');
    expect(() => answer.json()).not.toThrow();
    world.clock.advance(16 * MINUTE);
    expect((await world.get(path)).statusCode).toBe(410);
  });

  it('erases by the button only, once and for all, and the press may be repeated', async () => {
    const world = await holder();
    const path = await linked(world, 'request_erase');
    expect(path).toMatch(/\/erase$/);
    expect((await world.get(path)).statusCode).toBe(200);
    await world.head(path);
    expect(await world.lead()).not.toBeNull();
    expect((await world.post(path, {})).statusCode).toBe(200);
    expect(await world.lead()).toBeNull();
    expect((await world.post(path, {})).statusCode).toBe(200);
    expect((await world.get(world.path)).statusCode).toBe(410);
    expect((await world.get(world.page)).statusCode).toBe(410);
  });

  it('erases nothing after 15 minutes', async () => {
    const world = await holder();
    const path = await linked(world, 'request_erase');
    world.clock.advance(16 * MINUTE);
    expect((await world.post(path, {})).statusCode).toBe(410);
    expect(await world.lead()).not.toBeNull();
  });
});
