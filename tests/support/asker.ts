import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTokens } from '../../src/kernel/tokens.ts';
import type { TokenClaim, TokenPurpose } from '../../src/kernel/tokens.ts';
import { linkIn, nthEmail, outboxOf } from './outbox.ts';
import type { RunningServer } from './server.ts';

/** What `TRUST_PROXY` must be for `ask`: each visitor comes from a network of her own, as in life. */
export const BEHIND_A_PROXY = { TRUST_PROXY: '127.0.0.1' } as const;

/** Somebody who has asked for a document, by the addresses that her email brings. */
export type Asked = { readonly download: string; readonly notMe: string };

let visitors = 0;

/** Posts a form as a browser does, from the network of a new visitor. */
export async function post(url: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
  visitors += 1;
  return await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers: { 'x-forwarded-for': `198.51.${visitors >> 8}.${visitors & 255}` },
  });
}

/** Signs somebody up and waits for the delivery email. */
export async function ask(
  { url, dataDir }: RunningServer,
  fields: Readonly<Record<string, string>> = {},
  offer = 'white-paper',
): Promise<Asked> {
  const before = (await outboxOf(dataDir)).length;
  const answer = await post(`${url}/${offer}`, {
    email: `visitor.${before}@example.com`,
    first_name: 'Maria',
    ...fields,
  });
  if (answer.status !== 303) throw new Error(`The signup was answered with ${answer.status}.`);
  const email = await nthEmail(dataDir, before + 1);
  return { download: linkIn(email, '/download/'), notMe: linkIn(email, '/unsubscribe/') };
}

/** Signs somebody up who ticks the box, presses, and opens her preferences. @returns that page's address too. */
export async function askAndPress(
  server: RunningServer,
  fields: Readonly<Record<string, string>> = { follow_up: 'yes' },
  offer = 'white-paper',
): Promise<Asked & { readonly preferences: string }> {
  const asked = await ask(server, fields, offer);
  await post(asked.download);
  const page = await (await fetch(asked.download)).text();
  const path = /\/preferences\/[\w-]+/.exec(page)?.[0];
  if (path === undefined) throw new Error('The page after the press does not link the preferences.');
  return { ...asked, preferences: server.url + path };
}

/** A token of the server's own for whoever holds another one, signed with its secret. */
export function tokenFrom(
  { dataDir }: Pick<RunningServer, 'dataDir'>,
  address: string,
  purpose: TokenPurpose,
  claim: (id: string) => TokenClaim,
): string {
  const tokens = createTokens([readFileSync(join(dataDir, 'secret'), 'utf8').trim()]);
  const reading = tokens.read(purpose, address.split('/')[4] ?? '', Date.now());
  if (reading.kind !== 'valid') throw new Error(`No ${purpose} token in ${address}.`);
  return tokens.mint(claim(reading.id));
}
