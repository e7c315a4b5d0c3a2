import type { ContentFiles, SourceFile } from './files.ts';

export type FilesByLanguage = {
  /** Those outside `languages/`. */
  readonly main: ContentFiles['files'];
  /** Those of each folder in `languages/`, by the folder's name; a file is named as it would be at the top: `posts/weak-ties.md`. */
  readonly others: ReadonlyMap<string, ContentFiles['files']>;
};

/** Parts the files by the language that they are written in. */
export function filesByLanguage(files: ContentFiles['files']): FilesByLanguage {
  const main = new Map<string, SourceFile>();
  const others = new Map<string, Map<string, SourceFile>>();
  for (const [name, file] of files) {
    const [, language, inside] = /^languages\/([A-Za-z][A-Za-z0-9-]*)\/(.+)$/.exec(name) ?? [];
    if (language === undefined || inside === undefined) {
      main.set(name, file);
      continue;
    }
    const folder = others.get(language) ?? new Map<string, SourceFile>();
    folder.set(inside, { ...file, name: inside });
    others.set(language, folder);
  }
  return { main, others };
}

/** Where a language's own files lie, for messages: empty for the main language. */
export function folderOf(language: string): string {
  return `languages/${language}/`;
}
