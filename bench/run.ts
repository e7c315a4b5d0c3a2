import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, platform, release } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { asTable } from './finding.ts';
import type { Finding } from './finding.ts';

// npm run bench [-- --quick] [-- --json] [-- page signups …]: each part in a process of its own, with its yardstick in the same run.
const PARTS = ['start', 'memory', 'page', 'signups', 'timing', 'sender', 'doctor', 'documents'];

const { values: flags, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. Known: ${PARTS.join(', ')}.\n`);
  process.exit(2);
}

const findings: Finding[] = [];
for (const part of positionals.length > 0 ? positionals : PARTS) {
  process.stderr.write(`${part} …\n`);
  const script = fileURLToPath(new URL(`${part}.ts`, import.meta.url));
  const { error, stdout } = await run(process.execPath, [script, ...(flags.quick ? ['--quick'] : [])]);
  if (error !== null) {
    process.stderr.write(`${part} FAILED (${error}).\n`);
    process.exit(1);
  }
  findings.push(...(JSON.parse(stdout) as readonly Finding[]));
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${platform()} ${release()}, Node ${process.version}`;
if (flags.json) process.stdout.write(`${JSON.stringify({ machine, findings })}\n`);
else process.stdout.write(`${machine}; server and load share it. Trust the ratios.\n\n${asTable(findings)}`);

/** Runs a part to its end, three minutes at most; what it complains about is shown as it comes. */
async function run(
  file: string,
  args: readonly string[],
): Promise<{ readonly error: string | null; readonly stdout: string }> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: 180_000 });
  const [stdout, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { error: code === 0 ? null : String(signal ?? code), stdout };
}
