import type { ReadStream } from 'node:tty';

/** All of standard input as text; from a terminal one line, asked for and not shown, since it is a password. */
export async function readInput(input: NodeJS.ReadStream, tell: (text: string) => void): Promise<string> {
  if (input.isTTY) return await hiddenLine(input, tell);
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const INTERRUPT = '\u0003';
const RUBOUT = ['\u007F', '\b'];

async function hiddenLine(input: ReadStream, tell: (text: string) => void): Promise<string> {
  tell('Password (it is not shown), then Enter: ');
  input.setRawMode(true);
  input.setEncoding('utf8');
  let typed: readonly string[] = [];
  try {
    for await (const chunk of input.iterator({ destroyOnReturn: false })) {
      for (const character of chunk as string) {
        if (character === INTERRUPT) return '';
        if (character === '\r' || character === '\n') return typed.join('');
        typed = RUBOUT.includes(character) ? typed.slice(0, -1) : [...typed, character];
      }
    }
    return typed.join('');
  } finally {
    input.setRawMode(false);
    input.pause();
    tell('\n');
  }
}
