import { describe, expect, it } from 'vitest';
import { testFunnel } from '../support/funnel.ts';
import type { TestFunnel } from '../support/funnel.ts';

/** Signs one person after another up through a peer, and counts who got in: ten an hour from one network. */
async function signUps({ app }: TestFunnel, peer: string, forwarded: (i: number) => string, count = 12) {
  const statuses: number[] = [];
  for (let i = 0; i < count; i++) {
    const answer = await app.server.inject({
      method: 'POST',
      url: '/white-paper',
      remoteAddress: peer,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': forwarded(i) },
      payload: `email=p${i}%40d${i}.example.com&first_name=P`,
    });
    statuses.push(answer.statusCode);
  }
  return statuses.filter((status) => status === 303).length;
}

describe('forwarding headers', () => {
  it('of a trusted proxy tell who the visitor is', async () => {
    const funnel = await testFunnel({ env: { TRUST_PROXY: '10.0.0.0/8' } });
    expect(await signUps(funnel, '10.1.2.3', (i) => `203.0.113.${i}`)).toBe(12);
    expect(funnel.takeLog()).toEqual([]);
  });

  it('that a visitor wrote before the proxy’s own do not count', async () => {
    const funnel = await testFunnel({ env: { TRUST_PROXY: '10.0.0.0/8' } });
    expect(await signUps(funnel, '10.1.2.3', (i) => `198.51.100.${i}, 203.0.113.7`)).toBe(10);
  });

  it('of anybody else are ignored, and warned about once', async () => {
    const funnel = await testFunnel({ env: { TRUST_PROXY: '10.0.0.0/8' } });
    expect(await signUps(funnel, '192.0.2.1', (i) => `203.0.113.${i}`)).toBe(10);
    const logged = funnel.takeLog();
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/TRUST_PROXY/);
    expect(logged[0]).not.toMatch(/203\.0|192\.0/);
  });

  it('are ignored and warned about where no proxy is named', async () => {
    const funnel = await testFunnel();
    expect(await signUps(funnel, '127.0.0.1', (i) => `203.0.113.${i}`)).toBe(10);
    expect(funnel.takeLog()).toHaveLength(1);
  });
});
