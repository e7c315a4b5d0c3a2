import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// `npm run lock`: after a change of dependencies, writes into package-lock.json what npm leaves out.
// npm takes a package with a binding.gyp for one that must be compiled, unless its package.json says "gypfile": false; but `npm ci`
// reads that from the lock, where npm does not write it. Up to npm 10 the install then fails on a machine without Python, though
// better-sqlite3 ships its binaries. tests/architecture/lock.test.ts fails when the word is missing.

type Entry = { readonly gypfile?: boolean };

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const lock = JSON.parse(readFileSync(path('package-lock.json'), 'utf8')) as {
  readonly packages: Record<string, Entry>;
};
for (const [place, entry] of Object.entries(lock.packages)) {
  if (place !== '' && declaresNoGyp(place)) lock.packages[place] = { ...entry, gypfile: false };
}
writeFileSync(path('package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);

function declaresNoGyp(place: string): boolean {
  const file = path(`${place}/package.json`);
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as Entry).gypfile === false;
}
