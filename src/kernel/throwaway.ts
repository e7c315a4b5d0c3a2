import { domainOf } from './address.ts';

let known: Promise<ReadonlySet<string>> | null = null;

/**
 * Whether an address is at a domain that gives mailboxes to throw away, or below one. Such addresses are welcome; the coach only
 * wants to know. The list comes with a package and is read at the first question: it would be a megabyte of an idle server.
 */
export async function isThrowaway(address: string): Promise<boolean> {
  known ??= loadList();
  const domains = await known;
  const labels = domainOf(address).split('.');
  return labels.some((_, first) => domains.has(labels.slice(first).join('.')));
}

async function loadList(): Promise<ReadonlySet<string>> {
  const { disposableEmailBlocklist } = await import('disposable-email-domains-js');
  return new Set(disposableEmailBlocklist());
}
