import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import { fakeCertificate } from './fake-certificate.ts';

/** Where in the talk something happens: at the greeting, a command, the first bytes of the message, or when it has come whole. */
type Moment =
  | 'greeting'
  | 'EHLO'
  | 'STARTTLS'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'first bytes'
  | 'whole message'
  | 'QUIT';

/**
 * What the server does other than usual: breaks the connection, says nothing more, or gives another answer. At `whole message`
 * whoever breaks or falls silent has taken the email, as the worst of servers would.
 */
type FakeSmtpMode = {
  readonly at: Moment;
  readonly does: 'break' | 'hang' | { readonly say: string };
} | null;

type FakeSmtpOptions = {
  readonly tls?: 'none' | 'offered' | 'from_start';
  readonly pipelining?: boolean;
  /** Without it anybody may send, and none is offered. */
  readonly login?: { readonly user: string; readonly password: string };
};

/** A mail server on loopback for the real nodemailer. It knows no keys: what is offered twice is taken twice. */
export interface FakeSmtp {
  readonly port: number;
  /** The emails that were taken, in order; dots and line ends as they were written. */
  readonly accepted: readonly { readonly from: string; readonly to: string; readonly message: string }[];
  /** What was said to it, one line each, without the messages; `TLS` where the connection became encrypted. */
  readonly heard: readonly string[];
  readonly connections: () => { readonly begun: number; readonly open: number };
  mode(mode: FakeSmtpMode): void;
  close(): Promise<void>;
}

export async function startFakeSmtp(options: FakeSmtpOptions = {}): Promise<FakeSmtp> {
  const accepted: { from: string; to: string; message: string }[] = [];
  const heard: string[] = [];
  const open = new Set<Socket>();
  let begun = 0;
  let mode: FakeSmtpMode = null;

  const server = createServer({ noDelay: true }, (socket) => {
    begun += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    if (options.tls === 'from_start') talk(encrypted(socket), true);
    else talk(socket, false);
  });

  const talk = (socket: Socket, isEncrypted: boolean, greets = true) => {
    let buffer = '';
    let isMessage = false;
    let isKnown = options.login === undefined;
    let envelope = { from: '', to: '' };

    /** @returns whether the talk goes on as usual; `does` is done otherwise. */
    const usual = (moment: Moment): boolean => {
      if (mode === null || mode.at !== moment) return true;
      if (mode.does === 'break') socket.destroy();
      else if (mode.does !== 'hang') socket.write(`${mode.does.say}\r\n`);
      return false;
    };
    const say = (moment: Moment, reply: string): boolean => {
      const goesOn = usual(moment);
      if (goesOn) socket.write(`${reply}\r\n`);
      return goesOn;
    };

    const hear = (line: string): void => {
      heard.push(line);
      const [verb = ''] = line.toUpperCase().split(/[ :]/);
      switch (verb) {
        case 'EHLO': {
          const extensions = [
            'SIZE 1000000',
            ...(options.pipelining === true ? ['PIPELINING'] : []),
            ...(options.tls === 'offered' && !isEncrypted ? ['STARTTLS'] : []),
            ...(options.login === undefined ? [] : ['AUTH PLAIN']),
          ];
          const lines = ['fake', ...extensions];
          say(
            'EHLO',
            lines.map((text, at) => `250${at === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n'),
          );
          return;
        }
        case 'STARTTLS':
          if (options.tls !== 'offered') return void socket.write('502 5.5.1 no such command\r\n');
          if (!say('STARTTLS', '220 2.0.0 go on')) return;
          socket.removeAllListeners('data');
          return talk(encrypted(socket), true, false);
        case 'AUTH': {
          const [, user, password] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
            .toString()
            .split('\0');
          const fits = user === options.login?.user && password === options.login?.password;
          const reply = fits ? '235 2.7.0 welcome' : `535 5.7.8 ${user} is not known here with that password`;
          isKnown = say('AUTH', reply) && fits;
          return;
        }
        case 'MAIL':
          envelope = { from: addressIn(line), to: '' };
          say('MAIL', isKnown ? '250 2.1.0 ok' : '530 5.7.0 authentication required');
          return;
        case 'RCPT':
          if (say('RCPT', '250 2.1.5 ok')) envelope.to = addressIn(line);
          return;
        case 'DATA':
          if (envelope.to === '') return void socket.write('554 5.5.1 no valid recipients\r\n');
          isMessage = say('DATA', '354 go on');
          return;
        case 'QUIT':
          if (usual('QUIT')) socket.end('221 2.0.0 bye\r\n');
          return;
        default:
          socket.write('500 5.5.2 unknown\r\n');
      }
    };

    const take = (message: string): void => {
      const says = mode?.at === 'whole message' && typeof mode.does === 'object' ? mode.does.say : null;
      if (says === null || says.startsWith('2')) accepted.push({ ...envelope, message });
      say('whole message', `250 2.0.0 Ok: queued as FAKE${accepted.length}`);
    };

    socket.on('data', (chunk: Buffer) => {
      buffer += chunk.toString('latin1');
      while (!socket.destroyed) {
        if (isMessage && !usual('first bytes')) return;
        const stop = isMessage ? '\r\n.\r\n' : '\r\n';
        const at = buffer.indexOf(stop);
        if (at < 0) return;
        const text = buffer.slice(0, at);
        buffer = buffer.slice(at + stop.length);
        const wasMessage = isMessage;
        isMessage = false;
        if (wasMessage) take(text);
        else hear(text);
      }
    });
    if (greets) say('greeting', '220 fake ESMTP');
  };

  const encrypted = (socket: Socket): Socket => {
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: createSecureContext(fakeCertificate),
    });
    secure.on('error', () => {});
    secure.once('secure', () => heard.push('TLS'));
    return secure;
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    accepted,
    heard,
    connections: () => ({ begun, open: open.size }),
    mode: (next) => {
      mode = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
