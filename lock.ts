import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// `npm run lock`, after a change of dependencies: puts two things right in package-lock.json that keep `npm ci` from working on
// older machines. npm undoes both whenever it writes the lock; tests/architecture/lock.test.ts then fails.
// 1. npm takes a package with a binding.gyp for one that must be compiled, unless its package.json says "gypfile": false; but
//    `npm ci` reads that from the lock, where npm does not write it. Up to npm 10 the install then fails without Python, though
//    better-sqlite3 ships its binaries.
// 2. npm leaves out an optional package without a word when its "engines" do not fit the Node that runs npm. But everything here
//    runs on the Node that the project brings: on Node 18 vitest would be without its native part.

type Entry = { readonly engines?: unknown; readonly gypfile?: boolean };

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const lock = JSON.parse(readFileSync(path('package-lock.json'), 'utf8')) as {
  readonly packages: Record<string, Entry>;
};
for (const [place, { engines: _, ...entry }] of Object.entries(lock.packages)) {
  if (place === '') continue;
  lock.packages[place] = declaresNoGyp(place) ? { ...entry, gypfile: false } : entry;
}
writeFileSync(path('package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);

function declaresNoGyp(place: string): boolean {
  const file = path(`${place}/package.json`);
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as Entry).gypfile === false;
}
