import { ok, unknown, wrong } from '../kernel/check.ts';
import type { Check } from '../kernel/check.ts';
import { dmarcCheck } from './dmarc.ts';
import { isUnder, orUnknown } from './records.ts';
import type { Records } from './records.ts';

/** Who mails for which domains. */
export type Sending = {
  /** Of the From address. */
  readonly domain: string;
  /** Of the Reply-To address. */
  readonly replyDomain: string;
  readonly through: 'resend' | 'smtp';
};

/** Names that can never be on the internet (RFC 2606, RFC 6761). */
const RESERVED = [
  'example',
  'test',
  'invalid',
  'localhost',
  'local',
  'example.com',
  'example.net',
  'example.org',
];

/** Domain of `name@example.com` or `Name <name@example.com>`, in lower case; null when there is none. */
export function domainOf(mailbox: string): string | null {
  return /@([^@<>\s]+?)\.?>?\s*$/.exec(mailbox)?.[1]?.toLowerCase() ?? null;
}

/** What the DNS says about mail from this domain: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), MX. */
export async function sendingDomainChecks(sending: Sending, records: Records): Promise<readonly Check[]> {
  const { domain, replyDomain } = sending;
  if (RESERVED.some((name) => isUnder(domain, name))) {
    const says = `Emails come from ${domain}, a name that is reserved for examples.`;
    return [
      wrong(
        'sender address',
        says,
        'Set MAIL_FROM, or mail.from in site.yaml, to an address of your own domain.',
      ),
    ];
  }
  const dkim = await dkimCheck(sending, records);
  return [
    await spfCheck(sending, records, dkim.verdict === 'ok'),
    dkim,
    await orUnknown('DMARC', () => dmarcCheck(domain, records)),
    ...(await Promise.all([...new Set([domain, replyDomain])].map((name) => mxCheck(name, records)))),
  ];
}

async function spfCheck(sending: Sending, records: Records, isSigned: boolean): Promise<Check> {
  return await orUnknown('SPF', async () => {
    const { domain, through } = sending;
    // Resend sends with a return path below the domain, and SPF is about that one.
    const names = through === 'resend' ? [`send.${domain}`, domain] : [domain];
    const found = await Promise.all(
      names.map(async (name) => ({
        name,
        spf: (await records.txt(name)).filter((text) => /^v=spf1(\s|$)/i.test(text)),
      })),
    );
    const double = found.find(({ spf }) => spf.length > 1);
    if (double !== undefined)
      return wrong(
        'SPF',
        `${double.name} has ${double.spf.length} SPF records, and then none counts.`,
        'Make one of them.',
      );
    const open = found.find(({ spf }) => /\s\+?all(\s|$)/i.test(spf[0] ?? ''));
    if (open !== undefined)
      return wrong(
        'SPF',
        `The SPF record of ${open.name} lets the whole world send in its name.`,
        'End it in ~all or -all.',
      );
    return through === 'resend'
      ? spfOfResend(domain, found, isSigned)
      : spfOfServer(domain, found[0]?.spf[0]);
  });
}

type Found = readonly { readonly name: string; readonly spf: readonly string[] }[];

function spfOfResend(domain: string, found: Found, isSigned: boolean): Check {
  const fitting = found.find(({ spf }) => /\binclude:amazonses\.com\b/i.test(spf[0] ?? ''));
  if (fitting !== undefined) return ok('SPF', `${fitting.name} lets Resend send (${fitting.spf[0]}).`);
  const remedy = `Add the TXT record that Resend shows for the domain: send.${domain} “v=spf1 include:amazonses.com ~all”.`;
  return isSigned
    ? unknown(
        'SPF',
        `No SPF record for Resend at send.${domain}. Where you chose another return path, it is there.`,
        remedy,
      )
    : wrong('SPF', `No SPF record for Resend at send.${domain}.`, remedy);
}

function spfOfServer(domain: string, spf: string | undefined): Check {
  return spf === undefined
    ? wrong(
        'SPF',
        `${domain} has no SPF record.`,
        'Add the TXT record that the owner of your mail server tells you, such as “v=spf1 include:… ~all”.',
      )
    : ok(
        'SPF',
        `${domain} has one (${spf}). Whether it lets your mail server send cannot be known from here.`,
      );
}

async function dkimCheck({ domain, through }: Sending, records: Records): Promise<Check> {
  if (through === 'smtp') {
    const remedy = 'Mail yourself and look for “dkim=pass” in the header Authentication-Results.';
    return unknown('DKIM', 'Only your mail server knows under which name its key is.', remedy);
  }
  return await orUnknown('DKIM', async () => {
    const name = `resend._domainkey.${domain}`;
    const key = (await records.txt(name)).find((text) => /(^|;)\s*p=/i.test(text));
    const remedy = `Add the TXT record that Resend shows for the domain at ${name}.`;
    if (key === undefined) return wrong('DKIM', `There is no key at ${name}.`, remedy);
    // An empty p= means that the key was taken back.
    return /(^|;)\s*p=\s*[A-Za-z0-9+/]/.test(key)
      ? ok('DKIM', `${name} has Resend’s key.`)
      : wrong('DKIM', `The key at ${name} is empty, which means taken back.`, remedy);
  });
}

async function mxCheck(domain: string, records: Records): Promise<Check> {
  return await orUnknown('MX', async () => {
    const exchanges = await records.mx(domain);
    if (exchanges.some((exchange) => exchange !== '' && exchange !== '.'))
      return ok('MX', `Mail to ${domain} goes to ${exchanges[0]}.`);
    // Without an MX the host itself gets the mail (RFC 5321, 5.1), but "." says that there is no mail at all (RFC 7505).
    if (exchanges.length === 0 && (await records.hasAddress(domain)))
      return ok('MX', `${domain} has no MX record; its mail goes to the host itself.`);
    return wrong(
      'MX',
      `${domain} takes no mail: answers to your emails get lost, and many providers refuse what comes from it.`,
      `Add an MX record for ${domain}, or set MAIL_FROM and MAIL_REPLY_TO to addresses that take mail.`,
    );
  });
}
