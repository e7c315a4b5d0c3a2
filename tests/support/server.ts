import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../src/root.ts';

export type ServerOptions = {
  /** Settings beside `PORT=0`, `DATA_DIR` and a quiet log. Nothing else of this process's environment is handed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** A folder to start on, left in place at the end; without it a new one that `stop` removes. */
  readonly dataDir?: string;
  /** `source` runs `src/main.ts` by type stripping, `bundle` what `npm start` runs. */
  readonly from?: 'source' | 'bundle';
};

export type RunningServer = {
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Milliseconds from the process's start to its start line. */
  readonly startedInMs: number;
  stdout(): string;
  stderr(): string;
  /** SIGTERM; resolves with the exit code, null when a signal ended it. */
  stop(): Promise<number | null>;
  /** SIGKILL, as a power cut would do; the data folder stays. */
  kill(): Promise<void>;
};

/** Starts a server as a process of its own on a free port of the loopback, and waits for its start line. Rejects with what it said if it ends before. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'funnel-'));
  const begun = performance.now();
  const main = options.from === 'bundle' ? 'dist/main.js' : 'src/main.ts';
  const child = spawn(process.execPath, [main, 'serve'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  let out = '';
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const address = await new Promise<string>((resolve, reject) => {
    const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const found = /^Pages\s+(https?:\/\/[^\s/]+)\/?$/m.exec(out)?.[1];
      if (found === undefined) return;
      clearTimeout(patience);
      resolve(found);
    });
    void ended.then((code) => {
      clearTimeout(patience);
      reject(new Error(`The server ended with ${String(code)} before it listened.\n${out}${err}`));
    });
  }).catch((error: unknown) => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    throw error;
  });
  const startedInMs = performance.now() - begun;
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal);
    return await ended;
  };
  return {
    url: address,
    dataDir,
    pid: child.pid ?? 0,
    startedInMs,
    stdout: () => out,
    stderr: () => err,
    stop: async () => {
      const code = await end('SIGTERM');
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
    kill: async () => void (await end('SIGKILL')),
  };
}
