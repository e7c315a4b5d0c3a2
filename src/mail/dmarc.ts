import { ok, wrong } from '../kernel/check.ts';
import type { Check } from '../kernel/check.ts';
import type { Records } from './records.ts';

/** The policy of a domain, or of the nearest one above it that has one (a walk up the tree, as in RFC 9989 and, roughly, RFC 7489). */
export async function dmarcCheck(domain: string, records: Records): Promise<Check> {
  for (const name of upwards(domain)) {
    const found = (await records.txt(`_dmarc.${name}`)).filter((text) => /^v=DMARC1\s*(;|$)/.test(text));
    if (found.length > 1)
      return wrong(
        'DMARC',
        `_dmarc.${name} has ${found.length} DMARC records, and then none counts.`,
        'Keep one of them.',
      );
    const [record] = found;
    if (record !== undefined) return judge(name, record, name === domain);
  }
  return wrong(
    'DMARC',
    `${domain} has no DMARC record. The large mail providers refuse bulk mail without one.`,
    `Add a TXT record at _dmarc.${domain}: “v=DMARC1; p=none; rua=mailto:dmarc@${domain}”.`,
  );
}

function judge(name: string, record: string, own: boolean): Check {
  const tag = (key: string) =>
    new RegExp(`;\\s*${key}\\s*=\\s*([a-z]+)`, 'i').exec(record)?.[1]?.toLowerCase();
  const policy = (own ? undefined : tag('sp')) ?? tag('p');
  if (policy === undefined || !['none', 'quarantine', 'reject'].includes(policy)) {
    const says = `The DMARC record at _dmarc.${name} has no policy that counts (${record}).`;
    return wrong('DMARC', says, 'Give it p=none, p=quarantine or p=reject.');
  }
  return ok('DMARC', `_dmarc.${name} says p=${policy}.`);
}

/** `a.b.example.com`, `b.example.com`, `example.com`; never a name without a dot. */
function upwards(domain: string): readonly string[] {
  const labels = domain.split('.');
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, place) => labels.slice(place).join('.'));
}
