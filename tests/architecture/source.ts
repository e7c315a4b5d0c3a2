import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '../../src/root.ts';

/** A source file: its path below `src/`, with slashes, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** One import or re-export. `target` is a path below `src/` for our own files, the name as written for packages. */
export type ImportLine = {
  readonly target: string;
  readonly own: boolean;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
  readonly reExport: boolean;
};

export function sourceFiles(): readonly SourceFile[] {
  return globSync('src/**/*.ts', { cwd: ROOT }).map((path) => ({
    path: path.replaceAll('\\', '/').slice('src/'.length),
    text: readFileSync(join(ROOT, path), 'utf8'),
  }));
}

/** The text without comments. Strings are kept; a comment sign inside one is no comment. */
export function withoutComments(text: string): string {
  return text.replace(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, kept: string | undefined) => kept ?? '',
  );
}

export function importLines(file: SourceFile): readonly ImportLine[] {
  const code = withoutComments(file.text);
  const lines = [
    ...code.matchAll(/^(import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s*)?'([^']+)'/gm),
    ...code.matchAll(/\b(import)\s*(\()\s*'([^']+)'/g),
  ];
  return lines.map(([, word, mark = '', name = '']) => {
    const own = name.startsWith('.');
    return {
      target: own ? posix.join(posix.dirname(file.path), name) : name,
      own,
      typeOnly: mark.startsWith('type'),
      lazy: mark === '(',
      reExport: word === 'export',
    };
  });
}
