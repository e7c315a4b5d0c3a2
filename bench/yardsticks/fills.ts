import { setTimeout as wait } from 'node:timers/promises';
import { bytesOf } from '../../src/documents/model.ts';
import { benchPress } from './press.ts';

// Documents a second in memory, in so many rounds: from the base, by a copy of a file of that size, and by full runs.
const press = await benchPress();
const file = bytesOf(await press.filled('Reader'));
let name = 0;
const ways = {
  static: async () => await Promise.resolve(Uint8Array.from(file)),
  filled: async () => await press.filled(`Reader ${name++}`),
  whole: async () => await press.whole(`Reader ${name++}`),
};
const figures: Record<keyof typeof ways, number[]> = { static: [], filled: [], whole: [] };
for (let round = -1; round < Number(process.argv[2] ?? 1); round++) {
  for (const way of ['static', 'filled', 'whole'] as const) {
    const begun = performance.now();
    let made = 0;
    for (; performance.now() - begun < 1000; made++) await ways[way]();
    if (round >= 0) figures[way].push((made / (performance.now() - begun)) * 1000);
  }
}
await press.close();
process.stdout.write(`${JSON.stringify(figures)}\n`);
await wait(60_000, undefined, { ref: true });
