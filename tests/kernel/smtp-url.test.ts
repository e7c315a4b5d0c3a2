import { describe, expect, it } from 'vitest';
import { readSmtpUrl } from '../../src/kernel/smtp-url.ts';

const serverOf = (url: string) => {
  const read = readSmtpUrl(url);
  if (!read.ok) throw new Error(read.problem);
  return read.server;
};
const problemOf = (url: string) => {
  const read = readSmtpUrl(url);
  return read.ok ? '' : read.problem;
};

describe('an address of a mail server', () => {
  it('encrypts from the start with smtps, and before anything else is said with smtp', () => {
    expect(serverOf('smtps://ana:secret@mail.example.com')).toEqual({
      host: 'mail.example.com',
      port: 465,
      tls: 'from_start',
      checksCertificate: true,
      login: { user: 'ana', password: 'secret' },
    });
    expect(serverOf('smtp://Mail.Example.com')).toMatchObject({
      host: 'mail.example.com',
      port: 587,
      tls: 'starttls',
      checksCertificate: true,
      login: null,
    });
    expect(serverOf('SMTP://mail.example.com:2525/')).toMatchObject({ port: 2525, tls: 'starttls' });
  });

  it('encrypts on this machine as far as it can, and in a network of one’s own only if that is wanted', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(serverOf(`smtp://a:b@${host}:25`)).toMatchObject({
        tls: 'if_offered',
        checksCertificate: false,
      });
    }
    expect(serverOf('smtp://[::1]:25').host).toBe('::1');
    expect(serverOf('smtp://relay:25?ignoreTLS=true')).toMatchObject({ host: 'relay', tls: 'off' });
    expect(serverOf('smtp://relay:25?ignoreTLS=false').tls).toBe('starttls');
  });

  it('takes user and password in percent form, and an @ as it is', () => {
    const login = { user: 'ana@example.com', password: 'p@ss/w:rd%ü' };
    expect(serverOf('smtps://ana%40example.com:p%40ss%2Fw%3Ard%25%C3%BC@mail.example.com').login).toEqual(
      login,
    );
    expect(serverOf('smtps://ana@example.com:p@ss@mail.example.com').login?.user).toBe('ana@example.com');
  });

  it.each([
    ['mail.example.com', 'must look like smtps://'],
    ['https://mail.example.com', 'must look like smtps://'],
    ['smtp:mail.example.com', 'must look like smtps://'],
    ['smtps://', 'names no host'],
    ['smtps:///mail', 'names no host'],
    ['smtps://m%20ail.example.com', 'names no host'],
    ['smtps://ana:pa/ss@mail.example.com', 'must look like smtps://'],
    ['smtps://ana:pa#ss@mail.example.com', 'must look like smtps://'],
    ['smtps://mail.example.com/inbox', 'has something behind the host'],
    ['smtps://mail.example.com#x', 'has something behind the host'],
    ['smtps://ana:100%@mail.example.com', 'has a “%” that stands for nothing'],
    ['smtps://ana@mail.example.com', 'must have both user and password'],
    ['smtps://:secret@mail.example.com', 'must have both user and password'],
    ['smtps://mail.example.com?pool=true', 'knows one option only'],
    ['smtp://mail.example.com?ignoreTLS=yes', 'knows one option only'],
    ['smtp://mail.example.com:465', 'must begin with smtps://'],
    ['smtp://mail.example.com:0', 'needs a port'],
    ['smtps://mail.example.com?ignoreTLS=true', 'cannot be smtps://'],
    ['smtp://ana:secret@relay?ignoreTLS=true', 'would send the password without encryption'],
  ])('%s is refused in words', (url, begin) => {
    expect(problemOf(url).startsWith(begin)).toBe(true);
    for (const secret of ['ana@', 'pa/ss', 'pa#ss', ':secret@']) expect(problemOf(url)).not.toContain(secret);
  });
});
