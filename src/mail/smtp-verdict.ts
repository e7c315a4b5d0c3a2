import { withoutAddresses } from '../kernel/fault.ts';
import { SILENCE } from './reachable.ts';
import type { Submission } from './email.ts';
import {
  isAboutLogin,
  isAboutQuota,
  isAboutRelay,
  isMailboxGone,
  isTooLarge,
  readReply,
} from './smtp-replies.ts';
import type { SmtpReply } from './smtp-replies.ts';

/** What nodemailer's errors carry (`nodemailer/dist/esm/errors.js`); nothing of it is certain. */
type SmtpFault = {
  /** The kind of fault: `ECONNECTION`, `EAUTH`, … */
  readonly code?: unknown;
  /** The system's code beneath it: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, … */
  readonly originalCode?: unknown;
  /** What was going on: `CONN`, `EHLO`, `STARTTLS`, `AUTH …`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  readonly command?: unknown;
  /** What the server said, when it said anything. */
  readonly response?: unknown;
};

/**
 * What a failed try means for the message. SMTP has no key by which a server would know a second copy, so there is one question
 * before all others: had the message begun? If so, only a whole "no" of the server is certain.
 * @param begun whether a byte of the message may have left this machine.
 * @param secrets what must not stand in a reason, though a server may repeat it.
 */
export function smtpVerdict(error: unknown, begun: boolean, secrets: readonly string[] = []): Submission {
  const fault: SmtpFault = typeof error === 'object' && error !== null ? error : {};
  const command = textOf(fault.command);
  const reply = readReply(textOf(fault.response));
  if (begun) {
    // Half a line before the connection broke is no answer, whatever number it begins with: nodemailer says `ECONNECTION` then.
    return fault.code === 'EMESSAGE' && reply !== null
      ? verdictByReply(reply, 'DATA', secrets)
      : { kind: 'in_doubt', reason: `handed over, and no answer came (${codeOf(fault)})` };
  }
  return reply === null ? verdictByFault(fault, command) : verdictByReply(reply, command, secrets);
}

/** The server said no, in its own words (RFC 5321 for the first number, RFC 3463 for the others). */
function verdictByReply(reply: SmtpReply, command: string, secrets: readonly string[]): Submission {
  const { codes } = reply;
  if (command.startsWith('AUTH')) {
    return accountFault(`the mail server refuses the login (${codes})`, reply, secrets);
  }
  if (reply.isTemporary) return tryAgain(`the mail server asks to come again later (${codes})`);
  // The talk is out of step, which says nothing about this email.
  if (reply.code === 503 && !isAboutLogin(reply, command))
    return tryAgain(`the mail server lost its thread (${codes})`);
  switch (command) {
    case 'MAIL FROM':
    case 'RCPT TO':
    case 'DATA':
      return verdictOnEmail(reply, command);
    case 'STARTTLS':
      return accountFault(`the mail server does not encrypt the connection (${codes})`, reply, secrets);
    default:
      return accountFault(`the mail server does not talk to this machine (${codes})`, reply, secrets);
  }
}

/** Without the server's words: they name people, and not only by their addresses. */
function verdictOnEmail(reply: SmtpReply, command: 'MAIL FROM' | 'RCPT TO' | 'DATA'): Submission {
  const { codes } = reply;
  if (isAboutLogin(reply, command))
    return { kind: 'account_fault', reason: `the mail server wants a login (${codes})` };
  if (isAboutQuota(reply)) {
    return { kind: 'account_fault', reason: `the account has sent as much as it may (${codes})` };
  }
  if (command !== 'DATA' && isAboutRelay(reply)) {
    return { kind: 'account_fault', reason: `the mail server passes nothing on for this account (${codes})` };
  }
  if (command !== 'MAIL FROM' && isMailboxGone(reply, command)) {
    return { kind: 'bounced', reason: `the mailbox does not exist or is closed (${codes})` };
  }
  if (isTooLarge(reply))
    return { kind: 'rejected', reason: `the email is too large for the mail server (${codes})` };
  // The sender is the same for everybody: no email can go out until it is set right, and none shall be used up.
  if (command === 'MAIL FROM')
    return {
      kind: 'account_fault',
      reason: `the mail server refuses the sender (${codes}): check MAIL_FROM`,
    };
  const what = { 'RCPT TO': 'recipient', DATA: 'email' }[command];
  return { kind: 'rejected', reason: `the mail server refuses the ${what} (${codes})` };
}

/** Nobody said anything, and no byte of the message was sent: the only question is whom it concerns. */
function verdictByFault(fault: SmtpFault, command: string): Submission {
  const system = textOf(fault.originalCode);
  const code = codeOf(fault);
  switch (fault.code) {
    case 'EDNS':
      return ['ENOTFOUND', 'ENODATA'].includes(system)
        ? { kind: 'account_fault', reason: `the mail server’s name is not known (${code}): check SMTP_URL` }
        : unreachable(`the mail server’s name could not be looked up (${code})`);
    case 'ENOAUTH':
    case 'EAUTH':
      return { kind: 'account_fault', reason: 'the mail server takes no login with user and password' };
    case 'ETLS':
      return command === 'STARTTLS'
        ? { kind: 'account_fault', reason: `the connection could not be encrypted (${code})` }
        : tryAgain(`the connection broke while it was being encrypted (${code})`);
    case 'ESOCKET':
      if (system === 'ERR_SSL_WRONG_VERSION_NUMBER' || system === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
        return {
          kind: 'account_fault',
          reason: `the mail server does not encrypt from the start (${code}): write smtp:// in SMTP_URL, or its other port`,
        };
      }
      return TLS_CODES.test(system)
        ? {
            kind: 'account_fault',
            reason: `the mail server’s certificate or its encryption is not accepted (${code})`,
          }
        : unreachable(`the mail server could not be reached (${code})`);
    case 'EENVELOPE':
      return { kind: 'rejected', reason: 'an address that cannot be carried by SMTP' };
    case 'EMESSAGE':
      return { kind: 'rejected', reason: 'the email is too large for the mail server' };
    default:
      return tryAgain(`the mail server could not be talked to (${code})`);
  }
}

/** OpenSSL's faults and Node's names for what is wrong with a certificate. */
const TLS_CODES =
  /^(?:ERR_(?:TLS|SSL|OSSL)_|EPROTO$)|CERT|ISSUER|SIGNATURE|INVALID_CA|INVALID_PURPOSE|HOSTNAME/;

/** Nobody is there, for no email: all wait, and no try is counted. */
function unreachable(reason: string): Submission {
  return { kind: 'unreachable', reason, afterMs: SILENCE };
}

function tryAgain(reason: string): Submission {
  return { kind: 'try_again', reason, afterMs: null, ambiguous: false };
}

/** Before anybody's address was named the server's words help the operator ("application-specific password required"). */
function accountFault(reason: string, { text }: SmtpReply, secrets: readonly string[]): Submission {
  // A shorter one would be found in the middle of ordinary words.
  const bare = secrets
    .filter((secret) => secret.length > 3)
    .reduce((words, secret) => words.replaceAll(secret, '…'), text);
  const words = withoutAddresses(bare).slice(0, 200).trim();
  return { kind: 'account_fault', reason: words === '' ? reason : `${reason}: ${words}` };
}

function codeOf({ code, originalCode }: SmtpFault): string {
  return textOf(originalCode) || textOf(code) || 'unknown';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
