import { describe, expect, it } from 'vitest';
import { domainOf, sendingDomainChecks } from '../../src/mail/sending-domain.ts';
import type { Sending } from '../../src/mail/sending-domain.ts';
import type { Records } from '../../src/mail/records.ts';

type Zone = Readonly<Record<string, readonly string[]>>;

function recordsOf(txt: Zone, mx: Zone = {}, hosts: readonly string[] = []): Records {
  return {
    txt: async (name) => txt[name] ?? [],
    mx: async (name) => mx[name] ?? [],
    hasAddress: async (name) => hosts.includes(name),
  };
}

const RESEND: Sending = { domain: 'coach.org', replyDomain: 'coach.org', through: 'resend' };
const GOOD: Zone = {
  'send.coach.org': ['v=spf1 include:amazonses.com ~all'],
  'resend._domainkey.coach.org': ['p=MIGfMA0GCSqGSIb3'],
  '_dmarc.coach.org': ['v=DMARC1; p=none; rua=mailto:dmarc@coach.org'],
};
const MX: Zone = { 'coach.org': ['mx.coach.org'] };

/** `SPF ok`, `DKIM wrong` …, in their order. */
async function verdicts(sending: Sending, records: Records): Promise<readonly string[]> {
  const checks = await sendingDomainChecks(sending, records);
  for (const check of checks)
    expect(check.verdict === 'wrong').toBe(check.remedy !== null && check.verdict !== 'unknown');
  return checks.map(({ name, verdict }) => `${name} ${verdict}`);
}

describe('the domain that emails come from', () => {
  it('is read from an address in either form', () => {
    expect(['a@Coach.org', 'Ada <ada@coach.org>', 'x@coach.org.'].map(domainOf)).toEqual(
      Array(3).fill('coach.org'),
    );
    expect(domainOf('nobody')).toBeNull();
  });

  it('is well with what Resend asks for, a policy and a mail server', async () => {
    expect(await verdicts(RESEND, recordsOf(GOOD, MX))).toEqual(['SPF ok', 'DKIM ok', 'DMARC ok', 'MX ok']);
  });

  it('lacks everything, and each line says which record to add', async () => {
    const checks = await sendingDomainChecks(RESEND, recordsOf({}));
    expect(checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'SPF wrong',
      'DKIM wrong',
      'DMARC wrong',
      'MX wrong',
    ]);
    const remedies = checks.map(({ remedy }) => remedy).join('\n');
    expect(remedies).toContain('send.coach.org “v=spf1 include:amazonses.com ~all”');
    expect(remedies).toContain('resend._domainkey.coach.org');
    expect(remedies).toContain('_dmarc.coach.org: “v=DMARC1; p=none;');
  });

  const cases: readonly (readonly [string, Sending, Zone, Zone, string])[] = [
    ['two SPF records', RESEND, { ...GOOD, 'coach.org': ['v=spf1 ~all', 'v=spf1 -all'] }, MX, 'SPF wrong'],
    [
      'an SPF record for the whole world',
      RESEND,
      { ...GOOD, 'send.coach.org': ['v=spf1 +all'] },
      MX,
      'SPF wrong',
    ],
    ['SPF at another return path, signed', RESEND, { ...GOOD, 'send.coach.org': [] }, MX, 'SPF unknown'],
    [
      'what only looks like SPF',
      RESEND,
      { ...GOOD, 'send.coach.org': ['v=spf10 include:amazonses.com'] },
      MX,
      'SPF unknown',
    ],
    [
      'a key that was taken back',
      RESEND,
      { ...GOOD, 'resend._domainkey.coach.org': ['v=DKIM1; p='] },
      MX,
      'DKIM wrong',
    ],
    [
      'two DMARC records',
      RESEND,
      { ...GOOD, '_dmarc.coach.org': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] },
      MX,
      'DMARC wrong',
    ],
    [
      'a DMARC record without a policy',
      RESEND,
      { ...GOOD, '_dmarc.coach.org': ['v=DMARC1; rua=mailto:a@b.org'] },
      MX,
      'DMARC wrong',
    ],
    ['an MX that says “no mail”', RESEND, GOOD, { 'coach.org': ['.'] }, 'MX wrong'],
    ['a policy of the domain above', { ...RESEND, domain: 'news.coach.org' }, GOOD, MX, 'DMARC ok'],
    [
      'a reply address elsewhere, without mail',
      { ...RESEND, replyDomain: 'other.org' },
      GOOD,
      MX,
      'MX wrong',
    ],
    ['a mail server without SPF', { ...RESEND, through: 'smtp' }, GOOD, MX, 'SPF wrong'],
    [
      'a mail server with SPF',
      { ...RESEND, through: 'smtp' },
      { ...GOOD, 'coach.org': ['v=spf1 mx -all'] },
      MX,
      'SPF ok',
    ],
    ['the key of a mail server', { ...RESEND, through: 'smtp' }, GOOD, MX, 'DKIM unknown'],
    ['a name that is reserved', { ...RESEND, domain: 'mail.coach.example' }, {}, {}, 'sender address wrong'],
  ];
  it.each(cases)('%s', async (_, sending, txt, mx, expected) => {
    const checks = await sendingDomainChecks(sending, recordsOf(txt, mx));
    expect(checks.map(({ name, verdict }) => `${name} ${verdict}`)).toContain(expected);
  });

  it('may take its mail at the host itself', async () => {
    expect(await verdicts(RESEND, recordsOf(GOOD, {}, ['coach.org']))).toContain('MX ok');
  });

  it('is not blamed when the DNS does not answer', async () => {
    const deaf = async () => await Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' }));
    const checks = await sendingDomainChecks(RESEND, { txt: deaf, mx: deaf, hasAddress: deaf });
    expect(checks.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    expect(checks[0]?.says).toBe('The DNS does not answer (ETIMEOUT).');
  });
});
