import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { startServer } from '../tests/support/server.ts';
import { printed } from './confirmed.ts';
import type { Finding } from './finding.ts';
import { withFolder } from './folder.ts';
import { tell } from './part.ts';
import { anonymousOf, peakOf, residentOf } from './resident.ts';
import { startYardstick } from './yardsticks.ts';

// Memory of the idle server, some seconds after its start, beside Node itself and Fastify's "hello"; and of its printing process, which lives
// while there is something to print and some seconds longer: after a start that is every variant of every document.
await tell(async ({ idleSeconds }) =>
  withFolder(async (dataDir) => {
    if (!existsSync('/proc/self/status')) {
      process.stderr.write('MEMORY IS NOT MEASURED: this system has no /proc.\n');
      return [];
    }
    const first = await startServer({ from: 'bundle', dataDir });
    const printing = await printed(first.pid);
    const atMost = printing === null ? null : peakOf(printing);
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
        ...(atMost === null
          ? []
          : [
              finding(
                'the printing process at most, while it lives',
                atMost,
                'Node itself',
                node?.resident ?? NaN,
                null,
              ),
            ]),
      ];
    } finally {
      await funnel.stop();
      for (const yardstick of yardsticks) await yardstick.stop();
    }
  }),
);

/** In MiB. */
function memoryOf(pid: number): { readonly resident: number; readonly anonymous: number } {
  return { resident: residentOf(pid), anonymous: anonymousOf(pid) };
}
