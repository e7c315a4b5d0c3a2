import { domainToASCII } from 'node:url';

export type AddressOutcome =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly problem: 'empty' | 'too_long' | 'format' };

/** RFC 5321, 4.5.3.1: longer addresses cannot be carried. Checked before any expression, so that none can be slow. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;
/** With what people paste around an address: a name, brackets, `mailto:` with a subject. */
const LONGEST_TYPED = 1000;

/** ASCII only: the mail providers that we use refuse other local parts. One class and one quantifier: linear. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An address as a person types or pastes it, made fit for sending: what surrounds it is taken off (`bareAddress`), the domain
 * becomes its ASCII form. The part before the `@` stays as it was typed.
 */
export function parseAddress(text: string): AddressOutcome {
  if (text.length > LONGEST_TYPED) {
    return { ok: false, problem: text.trim() === '' ? 'empty' : 'too_long' };
  }
  const plain = bareAddress(text);
  if (plain === '') return { ok: false, problem: 'empty' };
  if (plain.length > LONGEST) return { ok: false, problem: 'too_long' };
  const [local, host, ...more] = plain.split('@');
  if (local === undefined || host === undefined || more.length > 0) return { ok: false, problem: 'format' };
  const domain = asciiDomain(host);
  if (domain === null || !isLocalPart(local)) return { ok: false, problem: 'format' };
  const address = `${local}@${domain}`;
  return address.length > LONGEST ? { ok: false, problem: 'too_long' } : { ok: true, address };
}

const BEFORE = ` \t\r\n<"“”„«‹([`;
const BEHIND = ` \t\r\n.,;:!?>"“”'’»›)]`;

/**
 * What is left of a typed or pasted address without what people do not mean: full-width and invisible characters, a name
 * before `<…>`, `mailto:`, quotes and brackets around it, a full stop or comma behind it, and the spaces that a phone's keyboard
 * puts beside a point or an `@`. NFKC comes first, because it can make an `@` (of `＠`). @param text at most a thousand characters.
 */
export function bareAddress(text: string): string {
  const plain = inBrackets(text.normalize('NFKC').replace(/\p{Cf}/gu, ''));
  const bare = without(plain, BEFORE, BEHIND);
  const link = /^mailto:([^?]*)/i.exec(bare)?.[1] ?? bare;
  // A quote before it counts as one only where there is one behind it, too: it may be part of an address.
  const quoted = /^['‘]/.test(link) && /['’][\s.,;]*$/.test(plain) ? link.slice(1) : link;
  return ['@', '.'].reduce((address, sign) => closed(address, sign), quoted);
}

/** The inside of the one pair of angle brackets in `Maria Silva <maria@example.com>`; any other text as it is. */
function inBrackets(text: string): string {
  const open = text.indexOf('<');
  const close = text.indexOf('>', open);
  const isPair = open >= 0 && close > open && text.indexOf('<', close) < 0;
  if (!isPair) return text;
  const [around, inside] = [text.slice(0, open) + text.slice(close + 1), text.slice(open + 1, close)];
  // Outlook writes the address itself in the place of the name. Another address beside it: who knows which is meant.
  const name = around.toLowerCase();
  const isName = !name.includes('@') || name.includes(inside.toLowerCase().replace('mailto:', ''));
  return isName && inside.includes('@') ? inside : text;
}

function without(text: string, before: string, behind: string): string {
  let [start, end] = [0, text.length];
  while (start < end && before.includes(text.charAt(start))) start += 1;
  while (end > start && behind.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Takes the space on both sides of a sign away. */
function closed(address: string, sign: string): string {
  return address
    .split(sign)
    .map((part) => part.trim())
    .join(sign);
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

/** Whether a text is an address as it stands, with nothing around it that would have to be taken off. */
export function isPlainAddress(text: string): boolean {
  return parseAddress(text).ok && bareAddress(text) === text;
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
