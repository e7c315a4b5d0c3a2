import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Plugin } from 'esbuild';

// Writes dist/main.js: the whole program in one file (and one each for the processes that make backups and documents), because Node needs 0.3 s and 180 MiB only to find drizzle's 448 modules.
//   node build.ts              builds, or fails
//   node build.ts --if-stale   builds when the sources have changed since (`npm start`): never runs an old bundle
//   node build.ts --if-able    the same, but leaves things as they are without esbuild (`npm ci --omit=dev`)

const ROOT = dirname(fileURLToPath(import.meta.url));
const BUNDLE = join(ROOT, 'dist/main.js');
const STAMP = join(ROOT, 'dist/.stamp');

/** CommonJS packages inside an ES module still call these three. */
const BANNER = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { dirname as __dirnameOf } from 'node:path';",
  "import { fileURLToPath as __toPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __toPath(import.meta.url);',
  'const __dirname = __dirnameOf(__filename);',
].join('\n');

/**
 * An `import` of node:http reads all that it exports, and one of these loads Node's whole fetch: a tenth of the time to start, for
 * a library (nodemailer) that only wants to have it at hand. A `require` reads nothing ahead.
 */
const httpByRequire: Plugin = {
  name: 'http-by-require',
  setup: (build) => {
    build.onResolve({ filter: /^node:https?$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'by-require' } : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'by-require' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

const { values: flags } = parseArgs({
  options: { 'if-stale': { type: 'boolean' }, 'if-able': { type: 'boolean' } },
});
process.exitCode = await run();

async function run(): Promise<number> {
  const stamp = sourcesStamp();
  const conditional = flags['if-stale'] === true || flags['if-able'] === true;
  if (conditional && isFresh(stamp)) return 0;
  const esbuild = await loadEsbuild();
  if (esbuild !== null) return bundle(esbuild, stamp);
  if (flags['if-able'] === true) return 0;
  const what = existsSync(BUNDLE) ? 'dist/main.js is older than the sources' : 'dist/main.js is missing';
  say(
    `${what}, and esbuild, which makes it, is not installed. Run “npm ci” (without --omit=dev) and start again.`,
  );
  return 1;
}

/** A hash of all that goes into the bundle; null where only `dist` was shipped. About 5 ms for 200 files. */
function sourcesStamp(): string | null {
  if (!existsSync(join(ROOT, 'src/main.ts'))) return null;
  const hash = createHash('sha256');
  const files = [
    'package.json',
    'package-lock.json',
    'build.ts',
    ...globSync('src/**/*.ts', { cwd: ROOT }).toSorted(),
  ];
  for (const file of files) {
    const path = join(ROOT, file);
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function isFresh(stamp: string | null): boolean {
  if (!existsSync(BUNDLE)) return false;
  return stamp === null || (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp);
}

async function loadEsbuild(): Promise<typeof import('esbuild') | null> {
  try {
    return await import('esbuild');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

async function bundle(esbuild: typeof import('esbuild'), stamp: string | null): Promise<number> {
  const result = await esbuild
    .build({
      absWorkingDir: ROOT,
      // Backups are copied, and documents laid out, in processes of their own, which begin with files of their own.
      entryPoints: {
        main: 'src/main.ts',
        'backup-worker': 'src/store/sqlite/backup/backup-worker.ts',
        'printer-worker': 'src/documents/press/printer-worker.ts',
      },
      outdir: dirname(BUNDLE),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node26',
      // better-sqlite3 loads a binary beside itself. pdfkit and fontkit ask for files of theirs at run time: bundled, the first PDF fails.
      // The list of throw-away domains would be a twentieth of the bundle, read at every start.
      external: ['better-sqlite3', 'pdfkit', 'fontkit', 'disposable-email-domains-js'],
      plugins: [httpByRequire],
      // No keepNames: it redefines the name of every inner function each time it is made, a tenth of a page's time.
      // Half the text to parse at start and to hold in memory; names stay, so that a stack can be read.
      minifyWhitespace: true,
      minifySyntax: true,
      sourcemap: 'linked',
      banner: { js: BANNER },
      define: { FUNNEL_BUILD: JSON.stringify((stamp ?? 'unknown').slice(0, 12)) },
      logLevel: 'warning',
      write: false,
    })
    .catch(() => null); // esbuild has printed file, line and reason
  if (result === null) return 1;
  mkdirSync(dirname(BUNDLE), { recursive: true });
  // Written aside and renamed, the stamp last: a build that is cut off, or two at once, never leave half a bundle that looks whole.
  for (const file of result.outputFiles) writeWhole(file.path, file.contents);
  if (stamp !== null) writeWhole(STAMP, stamp);
  return 0;
}

function writeWhole(path: string, contents: string | Uint8Array): void {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, contents);
  renameSync(aside, path);
}

/** Standard output belongs to the command that runs next. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
