import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/kernel/clock.ts';
import { testFunnel } from '../support/funnel.ts';

describe('healthz', () => {
  it('is ok while the process lives', async () => {
    const { app } = await testFunnel();
    const answer = await app.server.inject('/healthz');
    expect([answer.statusCode, answer.json(), answer.headers['cache-control']]).toEqual([
      200,
      { status: 'ok' },
      'no-store',
    ]);
  });
});

describe('readyz', () => {
  it('is ok when all is well', async () => {
    const { app } = await testFunnel();
    const answer = await app.server.inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('is degraded, and still 200, when emails are overdue', async () => {
    const { app, signUp, clock } = await testFunnel();
    await signUp();
    clock.advance(14 * MINUTE);
    expect((await app.server.inject('/readyz')).json()).toEqual({ status: 'ok' });
    clock.advance(HOUR);
    const answer = await app.server.inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { status: 'degraded', reasons: ['1 email has waited for more than 15 minutes.'] },
    ]);
  });

  it('tells the world no folder, no address and nothing in the provider’s words', async () => {
    const reason = 'invalid_api_key 401: API key re_secret of Ana Weiss, see /srv/funnel';
    const { app, funnel, signUp, send, clock } = await testFunnel({
      answer: { kind: 'account_fault', reason },
    });
    await signUp();
    await send();
    await funnel.store.setSetting(
      'backup.fault',
      'There is too little room on the disk for /srv/funnel/x.db.',
    );
    const reasons = async () => (await app.server.inject('/readyz')).json<{ reasons: string[] }>().reasons;
    expect(await reasons()).toEqual([
      'Sending is paused: the email provider refuses our account (invalid_api_key 401).',
      'The last nightly backup failed.',
    ]);
    const at = clock.now();
    await funnel.store.holdSending({ kind: 'restored', reason: 'restored from /srv/funnel/x.db', at });
    expect((await reasons())[0]).toBe('Sending is paused: restored from a backup.');
  });

  it('is 503 when the data folder is gone', async () => {
    const { app, dataDir } = await testFunnel();
    rmSync(dataDir, { recursive: true });
    const answer = await app.server.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ status: 'unavailable' });
    expect(answer.json<{ reasons: string[] }>().reasons).toContain(
      'The data folder is gone or cannot be used.',
    );
    expect((await app.server.inject('/healthz')).statusCode).toBe(200);
  });

  it('is 503 when the database cannot be written', async () => {
    const { app, funnel } = await testFunnel();
    Object.assign(funnel.store, { isWritable: async () => false });
    const answer = await app.server.inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { status: 'unavailable', reasons: ['The database cannot be written.'] },
    ]);
  });
});
