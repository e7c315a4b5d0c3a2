import { contentIn, contentOf, contentsOf } from '../content/languages.ts';
import type { Content, Step } from '../content/model.ts';
import { effectsOfEdits } from './edit-effects.ts';
import type { EffectsOfEdit } from './edit-effects.ts';
import { editsBetween } from './edits.ts';
import type { StepEdit } from './edits.ts';
import type { PlaceInSequence } from './numbers-port.ts';
import { silencedBy } from './silenced.ts';

type Edited = Pick<Content, 'site' | 'sequence' | 'offers' | 'translations'>;

/**
 * Whom an edit of the sequence touches today, in all languages: an edit is counted for those who read the language that it is in. Pure;
 * nothing of it is in force. @param before what was published; null: nothing yet.
 */
export function effectsInLanguages(
  before: Edited | null,
  after: Edited,
  places: readonly PlaceInSequence[],
  finished: number,
): EffectsOfEdit {
  const spoken = contentsOf(after).map(({ site, sequence }) => {
    const readers = places.filter((place) => contentOf(after, place).site.language === site.language);
    const old = sequenceIn(before, site.language);
    // A language that is new is no edit as long as nobody reads it.
    const edits = old === null && readers.length === 0 ? null : editsBetween(old ?? [], sequence);
    return { language: site.language, edits, readers };
  });
  const compared = spoken.flatMap((one) => (one.edits === null ? [] : [{ ...one, edits: one.edits }]));
  const all = compared.map(({ language }) => language);
  const silenced = silencedBy(after, places);
  const lost = before === null ? [] : silencedBy(before, places).map(({ language }) => language);
  const silent = places.filter((place) => silenced.some(({ language }) => language === place.language));
  const heard = (some: readonly PlaceInSequence[]) => some.filter((place) => !silent.includes(place));
  const edits = distinct(compared.flatMap((one) => one.edits)).map((edit) => {
    const own = compared.filter((one) => one.edits.some((other) => sameEdit(other, edit)));
    const languages = own.map(({ language }) => language);
    return {
      edit,
      languages: languages.length === all.length ? null : languages,
      readers: heard(own.flatMap(({ readers }) => readers)),
    };
  });
  return effectsOfEdits({
    edits,
    after: after.sequence,
    places,
    silenced: silenced.filter(({ language }) => !lost.includes(language)),
    finished,
  });
}

/** Null where it was not written in that language. */
function sequenceIn(before: Edited | null, language: string): readonly Step[] | null {
  if (before === null) return null;
  const own = contentIn(before, language);
  return own.site.language === language ? own.sequence : null;
}

function distinct(edits: readonly StepEdit[]): readonly StepEdit[] {
  return edits.filter((edit, index) => edits.findIndex((other) => sameEdit(other, edit)) === index);
}

function sameEdit(one: StepEdit, other: StepEdit): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
