import { existsSync } from 'node:fs';
import { startServer } from '../tests/support/server.ts';
import { fileOfOneReader } from './confirmed.ts';
import { comparedRates } from './finding.ts';
import type { Finding } from './finding.ts';
import { withFolder } from './folder.ts';
import { load } from './load.ts';
import { tell } from './part.ts';
import { peakOf, resetPeak, residentOf } from './resident.ts';
import { startYardstick } from './yardsticks.ts';

const STATIC = '/s static file of that size';
const FULL_RUN = '/s full runs of pdfkit';

// A personal document from its base, beside a full run of pdfkit and a static file of the same size: in memory first, then over HTTP by Fastify
// and nothing else, then by the whole program with its database, and how much memory a thousand in a row and fifty at once take. Rounds
// alternate, so that noise strikes all of them.
await tell(async ({ rounds, seconds }) =>
  withFolder(async (dataDir) => {
    const inMemory = JSON.parse((await saidBy('fills', String(rounds))).said) as Figures<Way>;
    const bare = await startYardstick('documents');
    const funnel = await startServer({ from: 'bundle', dataDir });
    try {
      const atMost = await memory(bare.pid, bare.said);
      const whole = { url: funnel.url, path: await fileOfOneReader(funnel) };
      const overHttp: Record<Way | 'route', number[]> = { static: [], filled: [], whole: [], route: [] };
      for (let round = -1; round < rounds; round++) {
        for (const way of ['static', 'filled', 'whole', 'route'] as const) {
          const { perSecond } = await load({
            url: way === 'route' ? whole.url : bare.said,
            connections: 20,
            seconds: round < 0 ? 1 : seconds,
            status: 200,
            request: (index) =>
              `GET ${way === 'route' ? whole.path : `/${way}/Reader%20${index}`} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
          });
          if (round >= 0) overHttp[way].push(perSecond);
        }
      }
      const bareFastify = 'personal documents by bare Fastify, 20 connections';
      const byUs = 'GET /download/…/white-paper.pdf by the server, 20 connections';
      return [
        comparedRates('personal documents in memory', inMemory.filled, STATIC, inMemory.static, null),
        comparedRates('personal documents in memory', inMemory.filled, FULL_RUN, inMemory.whole, 500),
        comparedRates(bareFastify, overHttp.filled, STATIC, overHttp.static, 0.8),
        comparedRates(bareFastify, overHttp.filled, FULL_RUN, overHttp.whole, 500),
        {
          ...comparedRates(byUs, overHttp.route, `${STATIC} by bare Fastify`, overHttp.static, null),
          note: 'each is looked up, filled in and counted in the ledger',
        },
        ...atMost,
      ];
    } finally {
      await funnel.stop();
      await bare.stop();
    }
  }),
);

type Way = 'filled' | 'static' | 'whole';
type Figures<Name extends string> = Readonly<Record<Name, readonly number[]>>;

async function saidBy(name: string, ...args: readonly string[]) {
  const yardstick = await startYardstick(name, ...args);
  await yardstick.stop();
  return yardstick;
}

/** The most memory that the bare server held meanwhile, and how far that rose above what it held before. */
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
    const isReset = resetPeak(pid);
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
    const most = peakOf(pid);
    findings.push({
      what: `memory at most, bare Fastify, ${what}`,
      value: most,
      unit: 'MiB',
      yardstick: { name: 'MiB before', value: before },
      ratio: most / before,
      aim: null,
      note: isReset ? null : 'at most since the process began: this system does not let the mark be reset',
    });
  }
  return findings;
}
