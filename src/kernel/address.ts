import { domainToASCII } from 'node:url';

export type AddressOutcome =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly problem: 'empty' | 'too_long' | 'format' };

/** RFC 5321, 4.5.3.1: longer addresses cannot be carried. Checked before any expression, so that none can be slow. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

/** ASCII only: the mail providers that we use refuse other local parts. One class and one quantifier: linear. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An address as a person types it, made fit for sending: full-width characters become plain, the domain its ASCII form.
 * NFKC comes before the search for `@`, because it can make one (`＠`).
 */
export function parseAddress(text: string): AddressOutcome {
  const typed = text.trim();
  if (typed === '') return { ok: false, problem: 'empty' };
  if (typed.length > LONGEST) return { ok: false, problem: 'too_long' };
  const plain = typed.normalize('NFKC').trim();
  if (plain.length > LONGEST) return { ok: false, problem: 'too_long' };
  const [local, host, ...more] = plain.split('@');
  if (local === undefined || host === undefined || more.length > 0) return { ok: false, problem: 'format' };
  const domain = asciiDomain(host);
  if (domain === null || !isLocalPart(local)) return { ok: false, problem: 'format' };
  const address = `${local}@${domain}`;
  return address.length > LONGEST ? { ok: false, problem: 'too_long' } : { ok: true, address };
}

function isLocalPart(local: string): boolean {
  return (
    local.length <= LONGEST_LOCAL &&
    LOCAL.test(local) &&
    !local.startsWith('.') &&
    !local.endsWith('.') &&
    !local.includes('..')
  );
}

function asciiDomain(host: string): string | null {
  // `domainToASCII` forgives what a URL forgives; ports, paths and escapes are no part of an address.
  if (/[\s:/?#[\]\\%]/.test(host)) return null;
  const domain = domainToASCII(host).toLowerCase();
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  const fits = labels.length >= 2 && domain.length <= 253 && labels.every((label) => LABEL.test(label));
  // The last label is never a number: that would be an IP address.
  return fits && last.length >= 2 && !/^\d+$/.test(last) ? domain : null;
}

/** What makes two addresses the same person's: everything but the case. No provider's habits are assumed here. */
export function addressKey(address: string): string {
  return address.toLowerCase();
}

const GOOGLE = new Set(['gmail.com', 'googlemail.com']);

/** What makes two addresses the same mailbox for limits: without `+tag`, at Gmail without dots and with one domain. */
export function limitKey(address: string): string {
  const domain = domainOf(address);
  const whole = addressKey(address).slice(0, -domain.length - 1);
  const tagless = whole.indexOf('+') > 0 ? whole.slice(0, whole.indexOf('+')) : whole;
  return GOOGLE.has(domain) ? `${tagless.replaceAll('.', '')}@gmail.com` : `${tagless}@${domain}`;
}

/** The part behind the `@`, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

const LARGE_PROVIDERS = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com hotmail.co.uk yahoo.com
   yahoo.co.uk yahoo.ca ymail.com aol.com icloud.com me.com mac.com proton.me protonmail.com
   gmx.com gmx.de gmx.net web.de fastmail.com zoho.com mail.com comcast.net verizon.net att.net
   rogers.com bell.net shaw.ca telus.net orange.fr free.fr laposte.net libero.it t-online.de
   bluewin.ch btinternet.com`.split(/\s+/),
);

/** Whether so many people have their mail there that a domain's usual limit would shut honest visitors out. */
export function isLargeMailProvider(domain: string): boolean {
  return LARGE_PROVIDERS.has(domain.toLowerCase());
}

/** `maria@example.com` as `m•••@example.com`: enough for its owner, nothing for anybody else. */
export function maskAddress(address: string): string {
  return `${address.slice(0, 1)}•••@${domainOf(address)}`;
}
