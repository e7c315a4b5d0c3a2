import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startFakeResend } from '../support/fake-resend.ts';
import { START, freshStore, signUp } from '../support/store.ts';
import { funnel } from './run.ts';

/** A data folder in which one delivery email is due. */
async function oneDue() {
  const { store, dataDir } = freshStore();
  await signUp(store);
  await store.close();
  return { DATA_DIR: dataDir, FUNNEL_CLOCK: new Date(START + 1000).toISOString() };
}

describe('send', () => {
  it('sends what is due, tells it, and then has nothing to do', async () => {
    const env = await oneDue();
    const ran = await funnel(['send'], env);
    expect([ran.code, ran.err]).toEqual([0, 'Done: 1 submitted.\n']);
    expect(ran.out).toMatch(/^submitted +delivery +[\w-]{36}\n$/);
    expect(readdirSync(join(env.DATA_DIR, 'outbox'))).toHaveLength(1);
    expect(await funnel(['send'], env)).toEqual({ code: 0, out: '', err: 'Nothing is due.\n' });
  });

  it('sends through Resend, and tells as JSON', async () => {
    const resend = await startFakeResend();
    const env = { ...(await oneDue()), RESEND_API_KEY: 're_x', RESEND_BASE_URL: resend.url };
    const ran = await funnel(['send', '--json'], env);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ kind: 'submitted', step: 'delivery' });
    expect(resend.requests.map(({ path, key }) => [path, key !== null])).toEqual([['/emails', true]]);
    await resend.close();
  });

  it('ends with 1 when the provider refuses the key, and says why', async () => {
    const resend = await startFakeResend();
    resend.mode({ kind: 'error', status: 401, name: 'invalid_api_key' });
    const env = { ...(await oneDue()), RESEND_API_KEY: 're_x', RESEND_BASE_URL: resend.url };
    const ran = await funnel(['send'], env);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/Sending is paused until 2026-.*Z: \S/);
    await resend.close();
  });
});
