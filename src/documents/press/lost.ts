import { isRare } from '../../content/rare-lines.ts';
import type { Faces } from '../layout/faces.ts';

/** Characters that a document leaves out because the font of that place lacks them, and the word or the line that holds them. */
export type Lost = {
  readonly characters: readonly string[];
  readonly within: string;
  /** The whole personal line, where it stands in one. */
  readonly personal: string | null;
};

/** The same fonts, which tell what they could not show. */
export function watched(faces: Faces): { readonly faces: Faces; readonly lost: () => readonly Lost[] } {
  const lost = new Map<string, Lost>();
  const look = (word: string, shows: (character: string) => boolean): void => {
    const characters = lostIn(word, shows);
    if (characters.length > 0) lost.set(word, { characters, within: word, personal: null });
  };
  return {
    faces: {
      ...faces,
      measure: (face, text, size) => {
        if (isRare(text))
          for (const word of text.normalize('NFC').split(/\s+/u))
            look(word, (character) => faces.measure(face, character, 1).text !== '');
        return faces.measure(face, text, size);
      },
    },
    lost: () => [...lost.values()],
  };
}

/**
 * What of a text would be missing, as it is seen: an emoji is one, however many characters it is made of. What draws nothing (marks of
 * direction, joiners) is not missed; letters of a private font and blanks are told by their numbers, since nobody can see them.
 */
export function lostIn(text: string, shows: (character: string) => boolean): readonly string[] {
  const seen = [...SEEN.segment(text)].map(({ segment }) => segment);
  const lost = seen.filter((one) =>
    Array.from(one).some((character) => !UNSEEN.test(character) && !shows(character)),
  );
  return [...new Set(lost.map((one) => (NUMBERED.test(one) ? Array.from(one, numbered).join('') : one)))];
}

const SEEN = new Intl.Segmenter('en', { granularity: 'grapheme' });
const UNSEEN = /[\p{Cc}\p{Cf}\p{Variation_Selector}]/u;
const NUMBERED = /^[\p{Co}\p{Cn}\p{Z}\p{M}]/u;

function numbered(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
