import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askLinks } from '../../src/commands/doctor/ask-links.ts';
import { isPrivateAddress } from '../../src/commands/doctor/private-addresses.ts';
import { createProbe } from '../../src/commands/doctor/web-probe.ts';

const probe = createProbe(() => false);
const patience = () => AbortSignal.timeout(5000);

async function site(
  answer: RequestListener,
): Promise<{ readonly url: string; readonly requests: readonly IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

describe('a link is asked for', () => {
  it('by HEAD, under an honest name', async () => {
    const { url, requests } = await site((_, response) => response.end());
    expect(await probe(`${url}/a`, patience())).toEqual({ kind: 'answered', status: 200, movedTo: null });
    expect(requests.map(({ method }) => method)).toEqual(['HEAD']);
    expect(requests[0]?.headers['user-agent']).toMatch(/^funnel-doctor/);
  });

  it('by GET where HEAD is refused or the connection is closed on it', async () => {
    const picky = await site((request, response) =>
      response.writeHead(request.method === 'GET' ? 200 : 405).end('body'),
    );
    expect(await probe(picky.url, patience())).toMatchObject({ status: 200 });
    const rude = await site((request, response) =>
      request.method === 'GET' ? response.end('x') : request.socket.destroy(),
    );
    expect(await probe(rude.url, patience())).toMatchObject({ status: 200 });
  });

  it('without waiting for a page that never ends', async () => {
    const { url } = await site((request, response) => {
      if (request.method === 'HEAD') response.writeHead(404).end();
      else response.writeHead(200).write('for ever');
    });
    expect(await probe(url, patience())).toMatchObject({ status: 200 });
  });

  it('over redirects, and tells a move only where each hop is for good', async () => {
    const { url } = await site((request, response) => {
      const next: Record<string, readonly [number, string]> = {
        '/old': [301, '/new'],
        '/now': [302, '/new'],
        '/loop': [301, '/loop'],
      };
      const [status, location] = next[request.url ?? ''] ?? [200, ''];
      response.writeHead(status, location === '' ? {} : { location }).end();
    });
    expect(await probe(`${url}/old`, patience())).toEqual({
      kind: 'answered',
      status: 200,
      movedTo: `${url}/new`,
    });
    expect(await probe(`${url}/now`, patience())).toEqual({ kind: 'answered', status: 200, movedTo: null });
    expect(await probe(`${url}/loop`, patience())).toEqual({ kind: 'silent', code: 'too many redirects' });
  });

  it('and not where a redirect leads into a private network, by address or by name', async () => {
    const inner = await site((_, response) => response.end());
    const outer = await site((request, response) =>
      response.writeHead(302, { location: targets[request.url ?? ''] }).end(),
    );
    const { port } = new URL(inner.url);
    const targets: Record<string, string> = {
      '/address': `${inner.url}/admin`,
      '/name': `http://localhost:${port}/`,
      '/mapped': `http://[::ffff:127.0.0.1]:${port}/`,
      '/other': 'file:///etc/passwd',
    };
    // The outer one is let through as if it were on the internet.
    const outerHost = new URL(outer.url).hostname;
    let first = true;
    const guarded = createProbe((ip) => {
      const isOuter = first && ip === outerHost;
      first = false;
      return !isOuter && isPrivateAddress(ip);
    });
    for (const path of ['/address', '/name', '/mapped']) {
      first = true;
      expect(await guarded(`${outer.url}${path}`, patience())).toEqual({ kind: 'private' });
    }
    first = true;
    expect(await guarded(`${outer.url}/other`, patience())).toMatchObject({ kind: 'silent' });
    expect(inner.requests).toEqual([]);
  });

  it('and a server that never answers is given up', async () => {
    const { url } = await site(() => {});
    expect(await probe(url, AbortSignal.timeout(50))).toEqual({ kind: 'silent', code: 'ETIMEDOUT' });
  });

  it('and what the time does not suffice for is told', async () => {
    const { url, requests } = await site(() => {});
    const links = ['a', 'b'].map((name) => ({ url: `${url}/${name}`, places: [], post: null }));
    expect((await askLinks(links, probe, 50)).map(({ answer }) => answer)).toEqual([
      { kind: 'silent', code: 'ETIMEDOUT' },
      'not_asked',
    ]);
    expect(requests).toHaveLength(1);
  });
});

describe('addresses that are not on the internet', () => {
  it.each([
    '10.1.2.3',
    '127.0.0.1',
    '169.254.169.254',
    '192.168.0.1',
    '172.31.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'nonsense',
  ])('%s', (ip) => expect(isPrivateAddress(ip)).toBe(true));
  it.each(['93.184.215.14', '172.32.0.1', '2606:2800:21f::1'])('but not %s', (ip) =>
    expect(isPrivateAddress(ip)).toBe(false),
  );
});
