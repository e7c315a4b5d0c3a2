import { existsSync, readFileSync } from 'node:fs';
import type { Finding } from './finding.ts';
import { load } from './load.ts';
import { tell } from './part.ts';
import { median } from './statistics.ts';
import { startYardstick } from './yardsticks.ts';

// A personal document from its base, beside a full run of pdfkit and a static file of the same size: in memory first, then over HTTP, and how
// much memory a thousand in a row and fifty at once take. Rounds alternate, so that noise strikes all of them.
await tell(async ({ rounds, seconds }) => {
  const inMemory = JSON.parse((await saidBy('fills', String(rounds))).said) as Readonly<
    Record<Way, readonly number[]>
  >;
  const server = await startYardstick('documents');
  try {
    const atMost = await memory(server.pid, server.said);
    const overHttp: Record<Way, number[]> = { filled: [], static: [], whole: [] };
    for (let round = -1; round < rounds; round++) {
      for (const way of ['static', 'filled', 'whole'] as const) {
        const { perSecond } = await load({
          url: server.said,
          connections: 20,
          seconds: round < 0 ? 1 : seconds,
          status: 200,
          request: (index) => `GET /${way}/Reader%20${index} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
        });
        if (round >= 0) overHttp[way].push(perSecond);
      }
    }
    return [
      ...compared('in memory', inMemory, null),
      ...compared('over HTTP, 20 connections', overHttp, 0.8),
      ...atMost,
    ];
  } finally {
    await server.stop();
  }
});

type Way = 'filled' | 'static' | 'whole';

function compared(
  where: string,
  figures: Readonly<Record<Way, readonly number[]>>,
  aim: number | null,
): readonly Finding[] {
  const filled = median(figures.filled);
  return (['static', 'whole'] as const).map((way) => {
    const ratio = median(figures.filled.map((value, round) => value / (figures[way][round] ?? NaN)));
    const least = way === 'static' ? aim : 500;
    return {
      what: `personal documents ${where}`,
      value: filled,
      unit: '/s',
      yardstick: {
        name: way === 'static' ? '/s static file of that size' : '/s full runs of pdfkit',
        value: median(figures[way]),
      },
      ratio,
      aim: least === null ? null : { text: `${least} of it`, met: ratio >= least },
      note: null,
    };
  });
}

async function saidBy(name: string, ...args: readonly string[]) {
  const yardstick = await startYardstick(name, ...args);
  await yardstick.stop();
  return yardstick;
}

/** The most memory that the process ever held (VmHWM), and how far that rose above what it holds at rest. */
async function memory(pid: number, url: string): Promise<readonly Finding[]> {
  if (!existsSync('/proc/self/status')) {
    process.stderr.write('MEMORY IS NOT MEASURED: this system has no /proc.\n');
    return [];
  }
  const findings: Finding[] = [];
  for (const [what, connections, count] of [
    ['1,000 documents in a row', 1, 1000],
    ['1,000 documents, 50 at once', 50, 1000],
  ] as const) {
    const before = residentOf(pid);
    let most = before;
    const watching = setInterval(() => (most = Math.max(most, residentOf(pid))), 5);
    let left = count;
    while (left > 0) {
      const some = Math.min(left, connections);
      await Promise.all(
        Array.from({ length: some }, async (_, index) =>
          (await fetch(`${url}/filled/Reader%20${left - index}`)).arrayBuffer(),
        ),
      );
      left -= some;
    }
    clearInterval(watching);
    findings.push({
      what: `memory at most, ${what}`,
      value: most,
      unit: 'MiB',
      yardstick: { name: 'MiB before', value: before },
      ratio: most / before,
      aim: null,
      note: null,
    });
  }
  return findings;
}

function residentOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
