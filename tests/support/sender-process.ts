import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { ROOT } from '../../src/root.ts';

/** What a sender tells when nothing is due any more. `nextDueAt` in UTC milliseconds, or the end of a pause; null: nothing waits. */
export type Idle = { readonly sent: number; readonly nextDueAt: number | null };

export type SenderProcess = {
  /** Its code is loaded. */
  readonly ready: Promise<void>;
  /** Starts its work with its clock at an instant; resolves when it is about to send the first email. */
  begin(instant: number): Promise<void>;
  /** What it said at the end of its work. Rejects when it ended without, unless it was killed: then null. */
  readonly idle: Promise<Idle | null>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
};

export type SenderProgram = {
  start(env: Readonly<Record<string, string>>, holder: 'serve' | 'send'): SenderProcess;
  remove(): void;
};

/** Bundled into `dist/`, one folder below the top as the real program: some hundred processes must begin quickly and find their templates. */
export async function buildSender(): Promise<SenderProgram> {
  const outfile = join(ROOT, `dist/sender-worker-${process.pid}.mjs`);
  await build({
    entryPoints: [join(ROOT, 'tests/support/sender-worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3', 'pdfkit', 'fontkit'],
    banner: { js: BANNER },
    logLevel: 'warning',
  });
  return {
    start: (env, holder) => startSender(outfile, env, holder),
    remove: () => rmSync(outfile, { force: true }),
  };
}

/** CommonJS packages inside an ES module still call `require`. */
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

function startSender(
  file: string,
  env: Readonly<Record<string, string>>,
  holder: 'serve' | 'send',
): SenderProcess {
  const child = spawn(process.execPath, [file, holder], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
  child.stdin.on('error', () => {}); // killed before it listened
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const said = new Map<string, (rest: string) => void>();
  const hear = (word: string) => new Promise<string>((resolve) => said.set(word, resolve));
  const [ready, working, idle] = [hear('ready'), hear('working'), hear('idle')];
  createInterface(child.stdout).on('line', (line) => {
    const [word = '', rest = ''] = line.split(/ (.*)/s);
    said.get(word)?.(rest);
  });
  /** A word of the process, or its end before it came. */
  const orEnd = async (word: Promise<string>): Promise<string | null> =>
    await Promise.race([
      word,
      ended.then(([code, signal]) => {
        if (signal === 'SIGKILL') return null;
        throw new Error(`A sender ended with ${String(code ?? signal)}.\n${complaints}`);
      }),
    ]);
  return {
    ready: orEnd(ready).then(() => {}),
    begin: async (instant) => {
      child.stdin.write(`${instant}\n`);
      await orEnd(working);
    },
    idle: (async () => {
      const [code, signal] = await ended;
      if (signal === 'SIGKILL') return null;
      const words = await Promise.race([idle, Promise.resolve(null)]);
      if (code !== 0 || words === null) {
        throw new Error(`A sender ended with ${String(code ?? signal)}.\n${complaints}`);
      }
      return JSON.parse(words) as Idle;
    })(),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
