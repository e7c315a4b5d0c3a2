import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { runCli } from '../../src/cli.ts';
import { ROOT } from '../../src/root.ts';

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };
type Env = Readonly<Record<string, string>>;

/** Runs `funnel …` as a process of its own. Nothing of this process's environment is handed on but the path. */
export async function spawned(args: readonly string[], env: Env, input = ''): Promise<Ran> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
  });
  child.stdin.on('error', () => {}).end(input);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: code as number | null, out, err };
}

/** Runs the same command line within this process: half a second less, and all the same but for `main.ts`. */
export async function funnel(
  args: readonly string[],
  env: Env,
  input = '',
  outIsTerminal = false,
): Promise<Ran> {
  let [out, err] = ['', ''];
  const code = await runCli(args, {
    // A PDF comes out as text of one character a byte.
    out: (chunk) => void (out += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1')),
    drained: async () => {},
    err: (chunk) => void (err += chunk),
    outIsTerminal,
    errIsTerminal: false,
    env,
    readInput: async () => input,
    untilStopped: () => new Promise(() => {}),
    onReload: () => {},
  });
  return { code, out, err };
}
