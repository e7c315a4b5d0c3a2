import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { backupsFolder, nightlyName } from '../src/desk/backups.ts';
import { HOUR } from '../src/kernel/clock.ts';
import { ROOT } from '../src/root.ts';
import { writeBackup } from '../src/store/sqlite/backup/write.ts';
import { proveLedger } from '../src/store/sqlite/proofs/prove.ts';
import { fillLedger } from '../tests/support/fill-ledger.ts';
import type { Finding } from './finding.ts';
import { withFolder } from './folder.ts';
import { tell } from './part.ts';
import { median } from './statistics.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
type Heard = {
  readonly checks: readonly { readonly section: string; readonly name: string; readonly verdict: string }[];
};

// `funnel doctor` on a large ledger: the whole command, and each of its proofs; against the mere reading and hashing of the same emails.
await tell(async ({ emails, rounds }) =>
  withFolder(async (dataDir) => {
    await fillLedger(dataDir, { emails, now: NOW });
    writeFileSync(join(dataDir, 'secret'), 'x'.repeat(43), { mode: 0o600 });
    const [whole, reading]: [number[], number[]] = [[], []];
    await examine(dataDir); // the file is in the system's cache from here on
    for (let round = 0; round < Math.min(rounds, 3); round += 1) {
      reading.push(readAndHash(dataDir));
      whole.push(await examine(dataDir));
    }
    const proofs = timesOfProofs(dataDir);
    await backUp(dataDir, NOW - 7 * HOUR);
    const withBackup = await examine(dataDir, 'backup');
    const named = `${emails.toLocaleString('en')} emails`;
    return [
      {
        ...seconds(`doctor on ${named}`, median(whole)),
        yardstick: { name: 's to read and hash them', value: median(reading) / 1000 },
        ratio: median(whole.map((ms, round) => ms / (reading[round] ?? NaN))),
        aim: { text: 'under 5 s', met: median(whole) < 5000 },
      },
      seconds('the same with last night’s backup', withBackup),
      ...[...proofs].map(([proof, ms]) => ({ ...seconds(`  ${proof}`, ms), unit: 'ms', value: ms })),
    ];
  }),
);

function seconds(what: string, ms: number): Finding {
  return { what, value: ms / 1000, unit: 's', yardstick: null, ratio: null, aim: null, note: null };
}

async function backUp(dataDir: string, at: number): Promise<void> {
  mkdirSync(backupsFolder(dataDir), { mode: 0o700 });
  const file = join(backupsFolder(dataDir), nightlyName(at));
  const outcome = await writeBackup({ dataDir, secrets: [], file, now: at });
  if (!outcome.ok) throw new Error(outcome.problem);
}

/** @param expected a check that must be in the answer. @returns milliseconds from the start of the process to its end. */
async function examine(dataDir: string, expected?: string): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['dist/main.js', 'doctor', '--offline', '--json'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, FUNNEL_CLOCK: new Date(NOW + HOUR).toISOString() },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [heard] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const ms = performance.now() - begun;
  const { checks } = JSON.parse(heard) as Heard;
  if (expected !== undefined && !checks.some(({ name, verdict }) => name === expected && verdict === 'ok'))
    throw new Error(`There is no check “${expected}” that is well:\n${heard}`);
  const ledger = checks.filter(({ section }) => section === 'Ledger');
  if (ledger.length < 9 || ledger.some(({ verdict }) => verdict !== 'ok'))
    throw new Error(`The filled ledger is not well:\n${JSON.stringify(ledger, null, 2)}`);
  return ms;
}

function readAndHash(dataDir: string): number {
  const file = new Database(join(dataDir, 'funnel.db'), { readonly: true });
  const begun = performance.now();
  const payloads = file.prepare<[], Buffer | null>('select payload from messages').pluck();
  for (const payload of payloads.iterate()) if (payload !== null) hash('sha256', payload, 'hex');
  const ms = performance.now() - begun;
  file.close();
  return ms;
}

function timesOfProofs(dataDir: string): ReadonlyMap<string, number> {
  const raw = new Database(join(dataDir, 'funnel.db'), { readonly: true });
  raw.pragma('temp_store = MEMORY');
  const times = new Map<string, number>();
  let [last, since] = ['', performance.now()];
  // What an address hashes to does not matter for the time.
  proveLedger({ raw, addressHash: (email) => hash('sha256', email, 'hex') }, (part) => {
    const now = performance.now();
    if (last !== '') times.set(last, now - since);
    [last, since] = [part, now];
  });
  raw.close();
  return times;
}
