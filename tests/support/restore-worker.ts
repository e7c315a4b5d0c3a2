import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// A process of its own that dies by SIGKILL right before the n-th change it makes to names on the disk: `restore-worker.ts N <dataDir>`.
const [count = '0', dataDir = ''] = process.argv.slice(2);
let left = Number(count);
const dying = <T extends (...args: never[]) => unknown>(act: T): T =>
  ((...args: Parameters<T>) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return act(...args);
  }) as T;

Object.assign(fs, {
  renameSync: dying(fs.renameSync),
  linkSync: dying(fs.linkSync),
  mkdirSync: dying(fs.mkdirSync),
  rmSync: dying(fs.rmSync as (...args: never[]) => unknown),
});
syncBuiltinESMExports();

const { finishRestore } = await import('../../src/store/sqlite/backup/staging.ts');
finishRestore(dataDir);
