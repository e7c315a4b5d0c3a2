import { describe, expect, it } from 'vitest';
import { smtpVerdict } from '../../src/mail/smtp-verdict.ts';

/** As nodemailer 10.6 makes them: `_formatError` in its `smtp-connection`. */
const fault = (code: string, command: string, more: object = {}) =>
  Object.assign(new Error('as ordered'), { code, command, ...more });
const answer = (command: string, response: string) =>
  fault(
    command === 'whole message' ? 'EMESSAGE' : 'EENVELOPE',
    command === 'whole message' ? 'DATA' : command,
    {
      response,
      responseCode: Number(response.slice(0, 3)),
    },
  );
const verdictOn = (command: string, response: string) =>
  smtpVerdict(answer(command, response), command === 'whole message');

describe('before the message has begun', () => {
  it.each([
    ['a refused connection', fault('ESOCKET', 'CONN', { originalCode: 'ECONNREFUSED' })],
    ['a connection reset', fault('ESOCKET', 'CONN', { originalCode: 'ECONNRESET' })],
    ['a host that cannot be reached', fault('ESOCKET', 'CONN', { originalCode: 'EHOSTUNREACH' })],
    ['a name server that does not answer', fault('EDNS', 'CONN', { originalCode: 'EAI_AGAIN' })],
    ['a name server that takes too long', fault('EDNS', 'CONN', { originalCode: 'ETIMEOUT' })],
  ])('%s lets all emails wait and uses none of them up', (_, error) => {
    expect(smtpVerdict(error, false)).toMatchObject({ kind: 'unreachable', afterMs: 61_000 });
  });

  it.each([
    ['a connection closed', fault('ECONNECTION', 'CONN')],
    ['a connection closed while it was being encrypted', fault('ETLS', 'CONN')],
    ['silence', fault('ETIMEDOUT', 'CONN', { timeoutType: 'SOCKET_TIMEOUT' })],
    ['a greeting of 421', fault('EPROTOCOL', 'CONN', { response: '421 4.3.2 too busy' })],
    ['a greeting of 451', fault('EPROTOCOL', 'CONN', { response: '451 later' })],
    ['half an answer', fault('ECONNECTION', 'CONN', { response: '4' })],
    ['no TLS for the moment', fault('ETLS', 'STARTTLS', { response: '454 4.7.0 TLS not available' })],
    ['a thread that was lost', answer('RCPT TO', '503 5.5.1 Error: need MAIL command')],
    ['an error that is none', 'nothing known'],
    ['nothing', undefined],
  ])('%s passes, and it is certain that nothing went out', (_, error) => {
    expect(smtpVerdict(error, false)).toMatchObject({ kind: 'try_again', ambiguous: false, afterMs: null });
  });

  it.each([
    ['a name that nobody knows', fault('EDNS', 'CONN', { originalCode: 'ENOTFOUND' })],
    ['a certificate of its own', fault('ESOCKET', 'CONN', { originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
    ['a certificate that is over', fault('ESOCKET', 'CONN', { originalCode: 'CERT_HAS_EXPIRED' })],
    [
      'a chain that ends nowhere',
      fault('ESOCKET', 'CONN', { originalCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
    ],
    ['a certificate for another', fault('ESOCKET', 'CONN', { originalCode: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    ['a port without TLS', fault('ESOCKET', 'CONN', { originalCode: 'ERR_SSL_WRONG_VERSION_NUMBER' })],
    ['STARTTLS that is not offered', fault('ETLS', 'STARTTLS', { response: '502 5.5.1 unknown' })],
    ['STARTTLS that fails', fault('ETLS', 'STARTTLS')],
    ['a wrong password', fault('EAUTH', 'AUTH PLAIN', { response: '535 5.7.8 no' })],
    ['too many logins', fault('EAUTH', 'AUTH LOGIN', { response: '454 4.7.0 Too many login attempts' })],
    ['a way of logging in that is unknown', fault('EAUTH', 'API')],
    ['no login at all', fault('ENOAUTH', '')],
    ['a machine that is not welcome', fault('EPROTOCOL', 'CONN', { response: '554 5.7.1 blocked' })],
    ['a login that is wanted', answer('MAIL FROM', '530 5.7.0 Authentication required')],
    ['a login that is wanted, out of order', answer('RCPT TO', '503 5.5.4 Error: send AUTH command first')],
    ['a login that is wanted, in words', answer('RCPT TO', '550 5.7.1 Client was not authenticated')],
    ['TLS that is wanted', answer('MAIL FROM', '530 5.7.0 Must issue a STARTTLS command first')],
    ['a refused relay (Postfix)', answer('RCPT TO', '554 5.7.1 <ana@example.com>: Relay access denied')],
    ['a refused relay (Exim)', answer('RCPT TO', '550 relay not permitted')],
    [
      'a refused relay (Exchange)',
      answer('RCPT TO', '550 5.7.54 Unable to relay recipient in non-accepted domain'),
    ],
    [
      'a refused relay (qmail)',
      answer('RCPT TO', "553 sorry, that domain isn't in my list of allowed rcpthosts"),
    ],
    ['a spent quota (Gmail)', answer('RCPT TO', '550 5.4.5 Daily user sending limit exceeded')],
    [
      'a spent quota (Microsoft)',
      answer('RCPT TO', '550 5.1.90 You have reached your daily limit for recipients'),
    ],
  ])('%s stops the sender', (_, error) => {
    expect(smtpVerdict(error, false)).toMatchObject({ kind: 'account_fault' });
  });

  it.each([
    '421 4.7.0 Try again later',
    '450 4.2.0 Greylisted',
    '451 4.7.1 Greylisting',
    '452 4.2.2 Mailbox full',
  ])('%s is asked again later, wherever it is said', (response) => {
    for (const command of ['MAIL FROM', 'RCPT TO', 'DATA', 'whole message']) {
      expect(verdictOn(command, response)).toMatchObject({ kind: 'try_again', ambiguous: false });
    }
  });
});

describe('an answer to the address', () => {
  it.each([
    '550 5.1.1 <ana@example.com>: Recipient address rejected: User unknown in local recipient table',
    '550-5.1.1 The email account that you tried to reach does not exist. Please try\n550 5.1.1 double-checking it',
    '550 5.1.2 Bad destination system address',
    '553 5.1.3 Bad address syntax',
    '550 5.1.6 Mailbox has moved',
    '556 5.1.10 Domain does not accept mail (nullMX)',
    '550 5.2.1 The account is disabled',
    '550 5.1.0 Address rejected',
    '550 User unknown',
    '550 No such user here',
    '550 Unknown recipient',
    '550 Unrouteable address',
    '550 Mailbox not found',
    '550 Invalid recipient',
    '550 This user does not exist',
    '551 User not local: account no longer active',
  ])('%s bounces', (response) => {
    expect(verdictOn('RCPT TO', response)).toMatchObject({ kind: 'bounced' });
  });

  it.each([
    '550 5.7.1 Recipient refuses mail for policy reasons',
    '554 5.7.1 Service unavailable; client host blocked using a blocklist',
    '550 Requested action not taken: mailbox unavailable',
    '550 Rejected',
    '550 5.7.1 Rejected by relay.example.net',
    '550 5.7.1 This recipient has reached its hourly receiving limit',
    '550 5.1.0 Sender denied',
    '550 5.1.8 Sender domain unknown',
    '550 Sender address unknown',
    '550 5.1.7 Invalid address of the sender',
    '552 5.2.2 Mailbox full',
    '553 5.7.1 <ada@harbour.example>: Sender address rejected: not owned by user ada',
    '501 5.1.20 Something new',
  ])('%s fails this email only', (response) => {
    expect(verdictOn('RCPT TO', response)).toMatchObject({ kind: 'rejected' });
  });
});

describe('an answer to the sender or to the whole message', () => {
  it.each(['550 5.1.1 no', '553 5.1.8 Sender domain not found', '550 5.7.1 not this sender'])(
    'MAIL FROM: %s is a fault of the account, since all emails have the same sender',
    (response) => {
      expect(verdictOn('MAIL FROM', response)).toMatchObject({
        kind: 'account_fault',
        reason: expect.stringContaining('MAIL_FROM') as string,
      });
    },
  );

  it.each([
    ['MAIL FROM', '552 5.3.4 Message size exceeds fixed limit'],
    ['DATA', '554 5.5.1 Error: no valid recipients'],
    ['whole message', '552 5.3.4 Message too big'],
    ['whole message', '554 5.7.1 Message looks like spam'],
    ['whole message', '550 5.7.26 Unauthenticated sender: DKIM authentication required by DMARC'],
    ['whole message', '550 5.7.60 Client does not have permissions to send as this sender'],
    ['whole message', '550 User unknown'],
  ])('%s: %s fails this email only', (command, response) => {
    expect(verdictOn(command, response)).toMatchObject({ kind: 'rejected' });
  });

  it('bounces when the servers behind tell late, and by its code, that the mailbox does not exist', () => {
    expect(verdictOn('whole message', '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found')).toMatchObject({
      kind: 'bounced',
    });
  });

  it('stops the sender when the account may send no more', () => {
    expect(verdictOn('whole message', '554 5.2.0 SubmissionQuotaExceededException')).toMatchObject({
      kind: 'account_fault',
    });
  });

  it('is a refusal also before it was sent: an email above the size that the server named', () => {
    expect(smtpVerdict(fault('EMESSAGE', 'MAIL FROM'), false)).toMatchObject({ kind: 'rejected' });
    expect(smtpVerdict(fault('EENVELOPE', 'API'), false)).toMatchObject({ kind: 'rejected' });
  });
});

describe('after the message has begun', () => {
  it.each([
    ['a connection closed', fault('ECONNECTION', 'CONN')],
    ['a broken pipe', fault('ESOCKET', 'CONN', { originalCode: 'EPIPE' })],
    ['silence', fault('ETIMEDOUT', 'CONN')],
    [
      'a fault of TLS',
      fault('ESOCKET', 'CONN', { originalCode: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }),
    ],
    ['half a “no” before the connection closed', fault('ECONNECTION', 'CONN', { response: '550 5.7.1 bla' })],
    ['half a “later” before the connection closed', fault('ECONNECTION', 'CONN', { response: '421 bye' })],
    ['an answer that means nothing', fault('EMESSAGE', 'DATA', { response: '354 go on' })],
    ['an answer that is no SMTP', fault('EMESSAGE', 'DATA', { response: 'HTTP/1.1 400' })],
    ['an answer out of turn', fault('EPROTOCOL', 'CONN', { response: '500 what' })],
    ['an error that is none', undefined],
  ])('%s leaves it in doubt', (_, error) => {
    expect(smtpVerdict(error, true)).toMatchObject({ kind: 'in_doubt' });
  });
});

describe('a reason', () => {
  it('names the codes and no person', () => {
    const response = '550 5.1.1 <ana.quay@example.com>: no mailbox for Ana Quay here';
    expect(verdictOn('RCPT TO', response)).toEqual({
      kind: 'bounced',
      reason: 'the mailbox does not exist or is closed (550 5.1.1)',
    });
    const relay = '554 5.7.1 <ana.quay@example.com>: Relay access denied';
    expect(verdictOn('RCPT TO', relay)).toMatchObject({
      reason: expect.not.stringContaining('quay') as string,
    });
  });

  it('repeats what the server says of the login, on one line, without user and password', () => {
    const response =
      '535-5.7.8 hook.user@example.com: Username and Password not accepted.\r\n535 5.7.8 hunter22 is wrong for api-user';
    const verdict = smtpVerdict(fault('EAUTH', 'AUTH PLAIN', { response }), false, ['api-user', 'hunter22']);
    expect(verdict).toEqual({
      kind: 'account_fault',
      reason:
        'the mail server refuses the login (535 5.7.8): … Username and Password not accepted. … is wrong for …',
    });
  });

  it('stays short however much the server says', () => {
    const response = `554 ${'very long '.repeat(10_000)}`;
    const verdict = smtpVerdict(fault('EPROTOCOL', 'CONN', { response }), false);
    expect(JSON.stringify(verdict).length).toBeLessThan(400);
  });
});
