import { ok, unknown, wrong } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import { domainOf, sendingDomainChecks } from '../../mail/sending-domain.ts';
import type { Outside, Patient } from './patient.ts';

/** SPF, DKIM, DMARC and MX of the domain that emails come from. */
export async function domainChecks(
  { config, contentInForce }: Patient,
  outside: Outside | null,
): Promise<readonly Check[]> {
  const { mail } = config;
  const way: string = mail.transport.kind;
  if (way === 'outbox') return [ok('DNS', 'Not checked: emails are written to files.')];
  if (!mail.live) return [ok('DNS', 'Not checked: emails go to this machine only.')];
  const from = mail.from ?? contentInForce?.site.mail.from;
  const reply = mail.replyTo ?? contentInForce?.site.mail.replyTo;
  const domain = domainOf(from ?? '');
  if (from === undefined)
    return [unknown('DNS', 'Not checked: without valid content the sender’s address is not known.')];
  if (domain === null)
    return [wrong('sender address', 'It has no domain.', 'Set MAIL_FROM, such as hello@example.com.')];
  if (outside === null) return [unknown('DNS', `${domain} not asked for (--offline).`)];
  const through = way === 'smtp' ? 'smtp' : 'resend';
  return await sendingDomainChecks(
    { domain, replyDomain: domainOf(reply ?? '') ?? domain, through },
    outside.records,
  );
}
