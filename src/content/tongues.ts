import type { ContentFiles, SourceFile } from './files.ts';
import { folderOf } from './language-folders.ts';
import type { Consent, Site } from './model.ts';
import type { AboutSite } from './paper.ts';
import { sortFiles } from './places.ts';
import type { SortedFiles } from './places.ts';
import { fit } from './problems.ts';
import type { Findings } from './problems.ts';
import { isLanguage } from './site-shape.ts';
import { readSiteTranslation } from './site-translation.ts';
import { needed } from './texts.ts';
import type { Folder } from './texts.ts';
import { wordsSchema } from './words.ts';
import type { Words } from './words.ts';
import { readYaml } from './yaml.ts';

/** What is known of a language before its texts are read. Null: its file is missing or has mistakes, which are told. */
export type Tongue = {
  readonly language: string;
  /** Where its pages begin. */
  readonly base: string;
  readonly folder: Folder;
  readonly about: { readonly site: Site; readonly consent: Consent } | null;
  readonly words: Words | null;
};

/** The languages beside the main one: each has a folder in `languages/` and a file in `words/`. */
export function readTongues(
  folders: ReadonlyMap<string, ContentFiles['files']>,
  main: { readonly site: Site; readonly languages: SortedFiles['languages'] },
  findings: Findings,
): readonly Tongue[] {
  return [...folders].flatMap(([language, files]) => {
    const place = folderOf(language);
    const folder = { place, files, sorted: sortFiles(files, findings, 'translation') };
    if (language === main.site.language || !isLanguage(language)) {
      const problem =
        language === main.site.language
          ? `The main language lies at the top, not in ${place}.`
          : `“${language}” is not a language.`;
      const remedy = 'Name the folder by another language’s short name, such as fr, or remove it.';
      findings.problems.push({ file: place, line: null, problem, remedy });
      return [];
    }
    const site = needed('site.yaml', folder, findings);
    const words = main.languages.get(language);
    if (words === undefined) needed(`words/${language}.yaml`, { files, place: '' }, findings);
    return [
      {
        language,
        base: `/${language.toLowerCase()}`,
        folder,
        about: site === null ? null : readSiteTranslation(site, language, main.site, findings),
        words: readWords(words, findings),
      },
    ];
  });
}

export function readWords(file: SourceFile | undefined, findings: Findings): Words | null {
  const yaml = file === undefined ? null : readYaml(file.shown, file.text, 1, findings);
  return yaml === null ? null : fit(wordsSchema, yaml, findings);
}

/** What the documents of a language need to know of it. */
export function aboutDocuments(tongue: Pick<Tongue, 'language' | 'about' | 'words'>): AboutSite {
  const { about, language, words } = tongue;
  return {
    language,
    situations: about?.site.situations.map(({ key }) => key) ?? null,
    parts: words === null ? [] : [words.document.summary, words.document.references],
  };
}
