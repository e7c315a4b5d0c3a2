import { rmSync } from 'node:fs';
import { startServer } from '../tests/support/server.ts';
import { withFolder } from './folder.ts';
import { tell } from './part.ts';
import { median } from './statistics.ts';
import { startYardstick } from './yardsticks.ts';

// From the start of the process to the line that says where it listens: with a database that is there, and the very first time.
await tell(async ({ starts }) =>
  withFolder(async (dataDir) => {
    const once = async () => {
      const server = await startServer({ from: 'bundle', dataDir });
      await server.stop();
      return server.startedInMs;
    };
    const first: number[] = [];
    const again: number[] = [];
    const hello: number[] = [];
    await once(); // the files are in the system's cache from here on
    for (let round = 0; round < starts; round++) {
      rmSync(dataDir, { recursive: true, force: true });
      first.push(await once());
      again.push(await once());
      const yardstick = await startYardstick('hello');
      await yardstick.stop();
      hello.push(yardstick.startedInMs);
    }
    const finding = (what: string, ours: readonly number[]) => ({
      what,
      value: median(ours),
      unit: 'ms',
      yardstick: { name: 'ms Fastify hello', value: median(hello) },
      ratio: median(ours.map((value, round) => value / (hello[round] ?? NaN))),
      aim: { text: 'under 300 ms', met: median(ours) < 300 },
      note: `${starts} starts`,
    });
    return [finding('process start to listening', again), finding('the same, empty data folder', first)];
  }),
);
