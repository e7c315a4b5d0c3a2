import { lookup } from 'node:dns';
import type { LookupOptions } from 'node:dns';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Answer } from '../../content/link-verdicts.ts';
import { SECOND } from '../../kernel/clock.ts';
import { isPrivateAddress } from './private-addresses.ts';
import { codeOf } from '../../kernel/fault.ts';

/** Asks for a web address and reads nothing of what it holds. Never rejects. */
export type Probe = (url: string, signal: AbortSignal) => Promise<Answer>;

const TIMEOUT = 5 * SECOND;
const MOST_REDIRECTS = 5;
const MOVED_FOR_GOOD = [301, 308];

/**
 * HEAD first, since most servers answer it and it costs them nothing; GET where they do not. Each hop is asked on its own, so that
 * no redirect leads into a private network: the address is looked at when the connection is made, not before.
 * @param isForbidden for tests, whose servers are on this machine.
 */
export function createProbe(isForbidden: (ip: string) => boolean = isPrivateAddress): Probe {
  return async (url, signal) => {
    const head = await follow('HEAD', url, signal);
    const isDoubtful =
      head.kind === 'answered' ? head.status >= 400 : head.kind === 'silent' && isRude(head.code);
    return isDoubtful ? await follow('GET', url, signal) : head;
  };

  async function follow(method: 'HEAD' | 'GET', url: string, signal: AbortSignal): Promise<Answer> {
    let [at, hops, isForGood] = [url, 0, true];
    for (;;) {
      const hop = await ask(method, at, signal);
      if (hop.kind !== 'answered') return hop;
      const next = hop.location === null ? null : URL.parse(hop.location, at);
      const isRedirect = hop.status >= 300 && hop.status < 400 && next !== null;
      if (!isRedirect)
        return { kind: 'answered', status: hop.status, movedTo: hops > 0 && isForGood ? at : null };
      isForGood &&= MOVED_FOR_GOOD.includes(hop.status);
      at = next.href;
      hops += 1;
      if (hops > MOST_REDIRECTS) return { kind: 'silent', code: 'too many redirects' };
    }
  }

  type Hop =
    | { readonly kind: 'answered'; readonly status: number; readonly location: string | null }
    | Exclude<Answer, { kind: 'answered' }>;

  async function ask(method: string, url: string, signal: AbortSignal): Promise<Hop> {
    const { protocol, hostname } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    if (protocol !== 'http:' && protocol !== 'https:')
      return { kind: 'silent', code: `${protocol} is no web address` };
    // A literal address is never looked up, so the guard below would not see it.
    if (isIP(host) !== 0 && isForbidden(host)) return { kind: 'private' };
    try {
      const { statusCode = 0, headers } = await headOf(method, url, signal);
      return { kind: 'answered', status: statusCode, location: headers.location ?? null };
    } catch (error) {
      const code = whatFailed(error);
      return code === FORBIDDEN ? { kind: 'private' } : { kind: 'silent', code };
    }
  }

  async function headOf(method: string, url: string, signal: AbortSignal): Promise<IncomingMessage> {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    return await new Promise((resolve, reject) => {
      const asking = send(url, {
        method,
        agent: false,
        lookup: guardedLookup,
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
        headers: {
          'user-agent': 'funnel-doctor/1 (checks once whether this link still answers)',
          accept: '*/*',
        },
      });
      asking.once('error', reject);
      asking.once('response', (answer) => {
        resolve(answer);
        asking.destroy();
      });
      asking.end();
    });
  }

  function guardedLookup(
    hostname: string,
    options: LookupOptions,
    done: Parameters<LookupFunction>[2],
  ): void {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) return done(error ?? withCode('ENOTFOUND'), '');
      if (addresses.some(({ address }) => isForbidden(address))) return done(withCode(FORBIDDEN), '');
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  }
}

const FORBIDDEN = 'EPRIVATE';

function withCode(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

function whatFailed(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'ETIMEDOUT';
  return codeOf(error) ?? error.name;
}

/** The connection was closed in our face: some servers do so to HEAD. */
function isRude(code: string): boolean {
  return code === 'ECONNRESET' || code.startsWith('HPE_');
}
