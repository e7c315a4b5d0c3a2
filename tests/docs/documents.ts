import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../src/root.ts';

/** The text of a file, by its path from the project's folder. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** What stands between backticks in the first cell of each table row of a document: the things that it explains. */
export function explainedIn(path: string): ReadonlySet<string> {
  const cells = textOf(path)
    .split('\n')
    .flatMap((line) => /^\|([^|]*)\|/.exec(line)?.[1] ?? []);
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)));
}

/** Those of `names` that a document does not explain. */
export function missingFrom(path: string, names: readonly string[]): readonly string[] {
  const explained = explainedIn(path);
  return names.filter((name) => !explained.has(name));
}
