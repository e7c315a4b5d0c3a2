import { parseArgs } from 'node:util';
import { launchChromium } from './chromium.ts';
import { withVisitor } from './journey.ts';
import { createMeter } from './measure.ts';
import type { Measured } from './measure.ts';
import { asTables, shortfalls } from './table.ts';

// npm run lighthouse                       every page of a visitor's way, in every language: mobile and desktop, the median of three
// npm run lighthouse -- --runs 1           only to look
// npm run lighthouse -- --language fr      one language
// npm run lighthouse -- /articles          these pages instead
// Chromium is looked for at CHROME_PATH and at the usual places. Ends with 1 when a score is below its aim.

const { values: flags, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    language: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const runs = Number(flags.runs);
if (!Number.isInteger(runs) || runs < 1) {
  process.stderr.write('--runs takes a number from 1.\n');
  process.exit(2);
}

const chromium = await launchChromium();
try {
  const measured: Measured[] = [];
  const meter = await createMeter(chromium.port, runs);
  const wish = { language: flags.language ?? null, paths: positionals };
  await withVisitor(wish, async (page) => {
    process.stderr.write(`${page.name} …\n`);
    measured.push(await meter(page));
  });
  const missed = shortfalls(measured);
  process.stdout.write(flags.json ? `${JSON.stringify(measured)}\n` : asTables(measured, runs));
  for (const line of missed) process.stderr.write(`${line}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  chromium.close();
}
