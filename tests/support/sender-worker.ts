import { once } from 'node:events';
import { readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { readConfig } from '../../src/config/config.ts';
import { createFunnel } from '../../src/funnel.ts';
import type { Funnel } from '../../src/funnel.ts';
import { clockStartingAt } from '../../src/kernel/clock.ts';
import type { LeaseHolder } from '../../src/sequence/port.ts';
import { holdServeLock } from '../../src/store/sqlite/lock.ts';

// A sending process for proofs: the whole funnel without its web server, by the settings in its environment. Argument: the holder.
// It loads its code, waits for a line with the instant at which its clock starts, sends all that is due, and tells what is next.
// As `serve` does, the holder `serve` takes the folder's lock first and gives back what a dead one had claimed.
const holder: LeaseHolder = process.argv[2] === 'serve' ? 'serve' : 'send';
const tell = (line: string) => void writeSync(1, `${line}\n`);

// What the first email would load: the moments of a kill shall fall into the work.
await import('resend');
const lines = createInterface(process.stdin);
tell('ready');
const [instant] = (await once(lines, 'line')) as [string];
lines.close();
process.stdin.destroy();
await run(Number(instant));

async function run(start: number): Promise<void> {
  const read = readConfig(process.env, (path) => readFileSync(path, 'utf8'));
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const lock = holder === 'serve' ? holdServeLock(read.config.dataDir) : null;
  if (lock?.ok === false) throw new Error('The folder is locked: the process before is still alive.');
  const outcome = await createFunnel(read.config, { holder, clock: clockStartingAt(start) });
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  await sendAllDue(outcome.funnel);
  await outcome.funnel.close();
  if (lock?.ok === true) lock.release();
}

async function sendAllDue({ store, sender, clock }: Funnel): Promise<void> {
  if (holder === 'serve') await store.releaseLeases('serve', clock.now());
  tell('working');
  let sent = 0;
  while ((await sender.sendNextDue()) !== null) sent += 1;
  const pause = await store.senderPause(clock.now());
  tell(`idle ${JSON.stringify({ sent, nextDueAt: pause?.until ?? (await store.nextDueAt()) })}`);
}
