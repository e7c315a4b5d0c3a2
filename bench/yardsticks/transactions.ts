import { openRawSignups } from './raw-signups.ts';

// One raw transaction per signup, in a loop, without a server: prints how many a second. Arguments: folder, seconds.
const [folder = '.', seconds = '1'] = process.argv.slice(2);
const write = openRawSignups(folder);
const begun = performance.now();
const until = begun + Number(seconds) * 1000;
let written = 0;
while (performance.now() < until) write(`reader-${process.pid}-${written++}@bench.example`, 'Ada');
process.stdout.write(`${written / ((performance.now() - begun) / 1000)}\n`);
