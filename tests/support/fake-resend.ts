import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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
};

/** A Resend on loopback that keeps its promise about `Idempotency-Key`, for the real SDK and for whole processes. */
export interface FakeResend {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The emails that went out, in order: one for each key, however often it was offered. */
  readonly accepted: readonly { readonly id: string; readonly body: string }[];
  mode(mode: FakeResendMode): void;
  /** For control runs that must show doubles: every call is an email of its own. */
  ignoreKeys(): void;
  close(): Promise<void>;
}

/** @param port a free one unless told. */
export async function startFakeResend(port = 0): Promise<FakeResend> {
  const requests: RecordedRequest[] = [];
  const accepted: { id: string; body: string }[] = [];
  const byKey = new Map<string, { id: string; body: string }>();
  let mode: FakeResendMode = { kind: 'ok' };
  let honoursKeys = true;

  const server = createServer((request, response) => {
    // A look whether anybody is there is no offer.
    if (request.method === 'HEAD') return void response.end();
    void receive(request).then((body) => {
      const header = request.headers['idempotency-key'];
      const key = typeof header === 'string' ? header : null;
      requests.push({ path: request.url ?? '', key, headers: request.headers, body });
      answer(response, key, body);
    });
  });

  const answer = (response: ServerResponse, key: string | null, body: string) => {
    if (mode.kind === 'error') {
      const { status: statusCode, name, message = 'as ordered', headers = {} } = mode;
      return reply(response, statusCode, JSON.stringify({ statusCode, name, message }), headers);
    }
    if (mode.kind === 'raw') return reply(response, mode.status, mode.body);
    if (mode.kind === 'reset' && !mode.accepted) return void response.socket?.resetAndDestroy();
    const email = accept(key, body);
    if (email === null) {
      const conflict = { statusCode: 409, name: 'invalid_idempotent_request', message: 'other body' };
      return reply(response, 409, JSON.stringify(conflict));
    }
    if (mode.kind === 'reset') return void response.socket?.resetAndDestroy();
    if (mode.kind === 'hang') return;
    const whole = JSON.stringify({ id: email.id });
    reply(response, 200, mode.kind === 'broken' ? whole.slice(0, 8) : whole);
  };

  const accept = (key: string | null, body: string) => {
    const known = key === null || !honoursKeys ? undefined : byKey.get(key);
    if (known !== undefined) return known.body === body ? known : null;
    const email = { id: `fake-${accepted.length + 1}`, body };
    accepted.push(email);
    if (key !== null) byKey.set(key, email);
    return email;
  };

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    accepted,
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

async function receive(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
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
