import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { startServer } from '../tests/support/server.ts';
import type { Finding } from './finding.ts';
import { withFolder } from './folder.ts';
import { tell } from './part.ts';
import { startYardstick } from './yardsticks.ts';

// Memory of the idle server, some seconds after its start, beside Node itself and Fastify's "hello". The very first start also counts the
// documents' pages, for which the press is loaded; every other start only reads what it counted.
await tell(async ({ idleSeconds }) =>
  withFolder(async (dataDir) => {
    if (!existsSync('/proc/self/status')) {
      process.stderr.write('MEMORY IS NOT MEASURED: this system has no /proc.\n');
      return [];
    }
    const first = await startServer({ from: 'bundle', dataDir });
    await wait(idleSeconds * 1000);
    const atFirst = memoryOf(first.pid);
    await first.stop();
    const funnel = await startServer({ from: 'bundle', dataDir });
    const yardsticks = [await startYardstick('node'), await startYardstick('hello')];
    try {
      await wait(idleSeconds * 1000);
      const ours = memoryOf(funnel.pid);
      const [node, hello] = yardsticks.map(({ pid }) => memoryOf(pid));
      const finding = (
        what: string,
        value: number,
        name: string,
        theirs: number,
        aim: Finding['aim'],
      ): Finding => ({
        what,
        value,
        unit: 'MiB',
        yardstick: { name: `MiB ${name}`, value: theirs },
        ratio: value / theirs,
        aim,
        note: null,
      });
      return [
        finding('idle memory, resident', ours.resident, 'Node itself', node?.resident ?? NaN, {
          text: 'under 100 MiB',
          met: ours.resident < 100,
        }),
        finding('idle memory, resident', ours.resident, 'Fastify hello', hello?.resident ?? NaN, null),
        finding(
          'the same after the very first start',
          atFirst.resident,
          'Node itself',
          node?.resident ?? NaN,
          null,
        ),
        finding('idle memory, anonymous', ours.anonymous, 'Node itself', node?.anonymous ?? NaN, null),
      ];
    } finally {
      await funnel.stop();
      for (const yardstick of yardsticks) await yardstick.stop();
    }
  }),
);

/** In MiB. Anonymous memory is what only this process holds; the resident also counts Node's program file, shared with every other Node. */
function memoryOf(pid: number): { readonly resident: number; readonly anonymous: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { resident: of('VmRSS'), anonymous: of('RssAnon') };
}
