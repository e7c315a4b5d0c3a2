import { globSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadContent } from '../src/content/load.ts';
import { MANIFEST } from '../src/content/previews.ts';
import { tellProblem } from '../src/content/source.ts';
import { ROOT } from '../src/root.ts';
import { makePreviews } from './make.ts';
import type { Previews } from './make.ts';

// npm run previews                          pictures of the sample's documents, into assets/previews
// npm run previews -- --content DIR         of your own content, into DIR/previews
// npm run previews -- --content DIR --content DATA_DIR/content    the same, with what the desk has edited over it

const dirs = wantedFolders().map((dir) => resolve(dir));
const out = dirs[0] === undefined ? join(ROOT, 'assets/previews') : join(dirs[0], 'previews');
process.exitCode = await run();

function wantedFolders(): readonly string[] {
  try {
    const { values } = parseArgs({ options: { content: { type: 'string', multiple: true } } });
    return values.content ?? [];
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'Wrong usage.'}\n`);
    return process.exit(2);
  }
}

async function run(): Promise<number> {
  const begun = performance.now();
  const loaded = await loadContent(dirs.length === 0 ? [join(ROOT, 'assets/content')] : dirs);
  if (!loaded.ok) {
    for (const problem of loaded.problems) process.stderr.write(`${tellProblem(problem)}\n`);
    return 1;
  }
  const previews = await makePreviews(loaded.content);
  write(previews);
  for (const { file, width, height, bytes } of previews.files) {
    process.stdout.write(`${file.padEnd(36)} ${width} × ${height}  ${Math.ceil(bytes.length / 1024)} KB\n`);
  }
  process.stdout.write(`${out}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  return 0;
}

/** The list last, in one step: whoever reads it finds every file that it names. */
function write({ manifest, files }: Previews): void {
  for (const { file, bytes } of files) {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), bytes);
  }
  const list = join(out, MANIFEST);
  writeFileSync(`${list}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
  renameSync(`${list}.new`, list);
  const named = new Set(files.map(({ file }) => file));
  for (const file of globSync('{*,*/*}.{png,webp}', { cwd: out })) {
    if (!named.has(file.replaceAll('\\', '/'))) rmSync(join(out, file));
  }
}
