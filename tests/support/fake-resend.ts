import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** How the server treats the calls from now on. */
type FakeResendMode =
  | { readonly kind: 'ok' }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly name: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Any body with any status. */
  | { readonly kind: 'raw'; readonly status: number; readonly body: string }
  /** Takes the email and never answers. */
  | { readonly kind: 'hang' }
  /** The connection breaks, before or after the email was taken. */
  | { readonly kind: 'reset'; readonly accepted: boolean }
  /** Takes the email and answers 200 with half a body. */
  | { readonly kind: 'broken' };

type RecordedRequest = {
  readonly path: string;
  readonly key: string | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** When it was here as a whole, by `performance.now()` of this process. */
  readonly at: number;
};

/** Milliseconds that a call takes: until the email is taken, and from there until the answer leaves. */
export type Latency = { readonly taking: number; readonly answering: number };

export type AcceptedEmail = { readonly id: string; readonly key: string | null; readonly body: string };

/** A Resend on loopback that keeps its promise about `Idempotency-Key`, for the real SDK and for whole processes. */
export interface FakeResend {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The emails that went out, in order: one for each key, however often it was offered. */
  readonly accepted: readonly AcceptedEmail[];
  /** Calls that came under a known key with other bytes. */
  readonly conflicts: number;
  /** Where the newest call stands; `none` before the first. */
  stage(): 'none' | 'on its way in' | 'taken' | 'answered';
  mode(mode: FakeResendMode): void;
  /** For control runs that must show doubles: every call is an email of its own. */
  ignoreKeys(): void;
  close(): Promise<void>;
}

/**
 * @param options.port a free one unless told.
 * @param options.latency of each call in turn; at once without it.
 */
export async function startFakeResend(
  options: { readonly port?: number; readonly latency?: () => Latency } = {},
): Promise<FakeResend> {
  const { port = 0, latency } = options;
  const requests: RecordedRequest[] = [];
  const accepted: AcceptedEmail[] = [];
  const byKey = new Map<string, AcceptedEmail>();
  const beingTaken = new Set<string>();
  let conflicts = 0;
  let stage: ReturnType<FakeResend['stage']> = 'none';
  let mode: FakeResendMode = { kind: 'ok' };
  let honoursKeys = true;

  const server = createServer((request, response) => {
    // A look whether anybody is there is no offer.
    if (request.method === 'HEAD') return void response.end();
    void receive(request).then(async (body) => {
      if (body === null) return;
      const header = request.headers['idempotency-key'];
      const key = typeof header === 'string' ? header : null;
      requests.push({ path: request.url ?? '', key, headers: request.headers, body, at: performance.now() });
      await give(response, key, body);
    });
  });

  /** Goes on to the end when the caller is gone, as the real one does. */
  const give = async (response: ServerResponse, key: string | null, body: string) => {
    if (latency === undefined) return decide(key, body)(response);
    const { taking, answering } = latency();
    if (key !== null && honoursKeys && beingTaken.has(key)) {
      return failed(409, 'concurrent_idempotent_requests', 'still under way')(response);
    }
    stage = 'on its way in';
    if (key !== null) beingTaken.add(key);
    await wait(taking);
    if (key !== null) beingTaken.delete(key);
    const answer = decide(key, body);
    stage = 'taken';
    await wait(answering);
    stage = 'answered';
    answer(response);
  };

  /** What becomes of an email, and how that is told. */
  const decide = (key: string | null, body: string): Answer => {
    if (mode.kind === 'error') {
      const { status, name, message = 'as ordered', headers = {} } = mode;
      return failed(status, name, message, headers);
    }
    if (mode.kind === 'raw') {
      const { status, body: raw } = mode;
      return (response) => reply(response, status, raw);
    }
    if (mode.kind === 'reset' && !mode.accepted) return hangUp;
    const email = accept(key, body);
    if (email === null) {
      conflicts += 1;
      return failed(409, 'invalid_idempotent_request', 'other body');
    }
    if (mode.kind === 'reset') return hangUp;
    if (mode.kind === 'hang') return () => {};
    const whole = JSON.stringify({ id: email.id });
    const told = mode.kind === 'broken' ? whole.slice(0, 8) : whole;
    return (response) => reply(response, 200, told);
  };

  const accept = (key: string | null, body: string) => {
    const known = key === null || !honoursKeys ? undefined : byKey.get(key);
    if (known !== undefined) return known.body === body ? known : null;
    const email = { id: `fake-${accepted.length + 1}`, key, body };
    accepted.push(email);
    if (key !== null) byKey.set(key, email);
    return email;
  };

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    accepted,
    get conflicts() {
      return conflicts;
    },
    stage: () => stage,
    mode: (next) => {
      mode = next;
    },
    ignoreKeys: () => {
      honoursKeys = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = (response: ServerResponse) => void;

const hangUp: Answer = (response) => void response.socket?.resetAndDestroy();

function failed(
  statusCode: number,
  name: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (response) => reply(response, statusCode, JSON.stringify({ statusCode, name, message }), headers);
}

/** Null when the caller died before all of it was here. */
async function receive(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString();
}

function reply(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}
