import type { ContentFiles, SourceFile } from './files.ts';
import { EMAIL_KEYS } from './model.ts';
import type { Findings } from './problems.ts';

/** The files by what their places say they are. */
export type SortedFiles = {
  /** By language. */
  readonly languages: ReadonlyMap<string, SourceFile>;
  /** Keys: the folders of `offers/`. */
  readonly offers: readonly string[];
  /** By slug. */
  readonly posts: ReadonlyMap<string, SourceFile>;
  /** In the order of their numbers. */
  readonly steps: readonly { readonly file: SourceFile; readonly number: string; readonly key: string }[];
};

/**
 * Sorts the files by their places. One that stands where none is looked for would silently be without effect: it is told.
 * @param folder `translation` for the files of a folder in `languages/`, which has no offers and no list of words.
 */
export function sortFiles(
  files: ContentFiles['files'],
  findings: Findings,
  folder: 'content' | 'translation' = 'content',
): SortedFiles {
  const languages = new Map<string, SourceFile>();
  const offers = new Set<string>();
  const posts = new Map<string, SourceFile>();
  const steps: { file: SourceFile; number: string; key: string }[] = [];
  const isWhole = folder === 'content';
  for (const file of files.values()) {
    const language = isWhole ? /^words\/([A-Za-z0-9-]+)\.yaml$/.exec(file.name)?.[1] : undefined;
    const offer = isWhole ? OFFER_FILE.exec(file.name)?.[1] : undefined;
    const post = /^posts\/([a-z0-9-]+)\.md$/.exec(file.name)?.[1];
    const [, number, key] = /^sequence\/(\d\d)-([a-z0-9-]+)\.md$/.exec(file.name) ?? [];
    if (language !== undefined) languages.set(language, file);
    else if (offer !== undefined) offers.add(offer);
    else if (post !== undefined) posts.set(post, file);
    else if (number !== undefined && key !== undefined) steps.push({ file, number, key });
    else if (!SINGLE.includes(file.name)) tellStray(file, isWhole, findings);
  }
  return { languages, offers: [...offers], posts, steps };
}

const OFFER_FILE = /^offers\/([a-z0-9-]+)\/(?:offer\.yaml|document\.(?:md|yaml))$/;

const SINGLE: readonly string[] = [
  'site.yaml',
  'legal/privacy.md',
  ...EMAIL_KEYS.map((key) => `emails/${key}.md`),
];

const NAMES: readonly (readonly [string, string])[] = [
  ['words/', 'words/<language>.yaml, such as words/en.yaml'],
  [
    'offers/',
    'offers/<key>/offer.yaml, document.md or document.yaml, the key in small letters, digits and hyphens',
  ],
  ['posts/', 'posts/<slug>.md, the slug in small letters, digits and hyphens'],
  ['sequence/', 'sequence/NN-<key>.md, such as sequence/01-two-markets.md'],
  ['emails/', EMAIL_KEYS.map((key) => `emails/${key}.md`).join(', ')],
  ['languages/', 'languages/<language>/…, such as languages/fr/site.yaml'],
];

function tellStray(file: SourceFile, isWhole: boolean, findings: Findings): void {
  const names = NAMES.find(([folder]) => file.name.startsWith(folder))?.[1];
  const remedy =
    !isWhole && /^(?:words|offers)\//.test(file.name)
      ? `Put it into the folder ${file.name.split('/')[0] ?? ''}/ at the top: those of all languages lie there.`
      : names === undefined
        ? 'Put it where docs/content.md says, or remove it.'
        : `Name it ${names}; or remove it.`;
  findings.problems.push({
    file: file.shown,
    line: null,
    problem: 'No part of the funnel uses a file of this name.',
    remedy,
  });
}
