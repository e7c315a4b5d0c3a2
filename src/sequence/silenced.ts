import { isSpoken } from '../content/languages.ts';
import type { Content } from '../content/model.ts';
import type { PlaceInSequence } from './numbers-port.ts';

/** People in the sequence who get nothing more of it, because the content is no longer written in their language. */
export type Silenced = { readonly language: string; readonly people: number };

/** How many there are of each language that a content lacks, by its name. */
export function silencedBy(
  content: Pick<Content, 'site' | 'translations'>,
  places: readonly PlaceInSequence[],
): readonly Silenced[] {
  const counts = new Map<string, number>();
  for (const { language, people } of places)
    if (language !== null && !isSpoken(content, language))
      counts.set(language, (counts.get(language) ?? 0) + people);
  return [...counts].map(([language, people]) => ({ language, people })).toSorted(byLanguage);
}

/** “French (fr)”: the desk and the commands speak English. */
export function languageInWords(language: string): string {
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;
  return name === language ? language : `${name} (${language})`;
}

function byLanguage(one: Silenced, other: Silenced): number {
  return one.language < other.language ? -1 : 1;
}
