import type { ContentFiles, SourceFile } from './files.ts';

/** A line (from 1) of a file whose words stand in documents, with letters or signs that not every font has. */
export type RareLine = { readonly file: string; readonly line: number; readonly text: string };

/** Whether a text has characters beyond those that every font of the documents has. */
export function isRare(text: string): boolean {
  return RARE.test(text);
}

/** All but ASCII, Latin-1, and the quotes, dashes and dots that the engine itself sets. */
const RARE = /[^\0-\u00ff\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026]/u;

/** The rare lines of all that documents print: their own files, and those that name the coach and the engine's words. */
export function rareLines(files: ContentFiles['files'], languages: readonly string[]): readonly RareLine[] {
  const names = [...files.keys()].filter(
    (name) =>
      /^offers\/[^/]+\/document\.|^(?:languages\/[^/]+\/)?site\.yaml$/.test(name) ||
      languages.some((language) => name === `words/${language}.yaml`),
  );
  return names.flatMap((name) => rareIn(files.get(name)));
}

function rareIn(file: SourceFile | undefined): readonly RareLine[] {
  if (file === undefined || !isRare(file.text)) return [];
  // Composed, as the documents set it.
  return file.text
    .normalize('NFC')
    .split('\n')
    .flatMap((text, index) => (isRare(text) ? [{ file: file.shown, line: index + 1, text }] : []));
}
