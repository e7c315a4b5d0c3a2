import { isLoopbackHost } from './network.ts';

/** A mail server as `SMTP_URL` names it. */
export type SmtpServer = {
  /** Name or address, IPv6 without brackets. */
  readonly host: string;
  /** Without one in the URL: 465 for smtps, 587 for smtp. */
  readonly port: number;
  /**
   * `from_start`: smtps. `starttls`: nothing goes out before the connection is encrypted. `if_offered`: this machine itself.
   * `off`: `ignoreTLS=true`.
   */
  readonly tls: 'from_start' | 'starttls' | 'if_offered' | 'off';
  /** False on this machine only, where certificates are often made by oneself and nobody listens in between. */
  readonly checksCertificate: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
};

export type SmtpUrlOutcome =
  | { readonly ok: true; readonly server: SmtpServer }
  /** What is wrong, to be read after `SMTP_URL: `, without a full stop. Never holds a part of the text: it may be a secret. */
  | { readonly ok: false; readonly problem: string };

const FORM =
  'must look like smtps://user:password@mail.example.com or smtp://user:password@mail.example.com:587';
const ESCAPES =
  'special characters in user and password are written in percent form, such as %40 for @, %2F for / and %25 for %';

/** `smtps://user:password@host:port`, or `smtp://` with STARTTLS, which only `?ignoreTLS=true` leaves out. */
export function readSmtpUrl(text: string): SmtpUrlOutcome {
  if (!/^smtps?:\/\//i.test(text)) return problem(FORM);
  const url = URL.parse(text);
  if (url === null) return problem(`${FORM}; ${ESCAPES}`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (!/^[a-z0-9_.:-]{1,253}$/.test(host)) return problem(`names no host; it ${FORM}`);
  if (!['', '/'].includes(url.pathname) || url.hash !== '') {
    return problem(`has something behind the host; it ${FORM}; ${ESCAPES}`);
  }
  const login = loginOf(url);
  if (login === 'broken') return problem(`has a “%” that stands for nothing: ${ESCAPES}`);
  if (login === 'half') return problem('must have both user and password, or neither');
  const plain = readPlain(url);
  if (plain === null) return problem('knows one option only, ?ignoreTLS=true');
  const secure = url.protocol === 'smtps:';
  // Such a server waits for the first word of TLS and the client for a greeting: both would wait in vain.
  if (!secure && url.port === '465') return problem('must begin with smtps:// when the port is 465');
  if (secure && plain) return problem('cannot be smtps:// with ignoreTLS=true; write smtp://');
  const isHere = isLoopbackHost(host);
  if (plain && login !== null && !isHere) {
    return problem('would send the password without encryption; remove ignoreTLS=true, or user and password');
  }
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  if (port === 0) return problem('needs a port from 1 to 65535');
  const tls = secure ? 'from_start' : plain ? 'off' : isHere ? 'if_offered' : 'starttls';
  return { ok: true, server: { host, port, tls, checksCertificate: !isHere, login } };
}

function loginOf({ username, password }: URL): SmtpServer['login'] | 'half' | 'broken' {
  if (username === '' && password === '') return null;
  if (username === '' || password === '') return 'half';
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return 'broken';
  }
}

/** Null: an option that has no meaning here, nearly always a typing mistake. */
function readPlain({ searchParams }: URL): boolean | null {
  const options = [...searchParams];
  if (options.some(([name, value]) => name !== 'ignoreTLS' || !['true', 'false'].includes(value)))
    return null;
  return searchParams.get('ignoreTLS') === 'true';
}

function problem(text: string): SmtpUrlOutcome {
  return { ok: false, problem: text };
}
