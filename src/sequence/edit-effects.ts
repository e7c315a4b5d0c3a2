import type { Step } from '../content/model.ts';
import { editsBetween } from './edits.ts';
import type { StepEdit } from './edits.ts';
import type { PlaceInSequence } from './numbers-port.ts';
import type { Silenced } from './silenced.ts';

/** How many people one edit of a step touches, of those who are in the sequence. */
export type EditEffect = StepEdit & {
  /** The edit is in the texts of these; null: in those of every language that the content is written in. */
  readonly languages: readonly string[] | null;
  /** Have not had it: they get it as it is now written; for a removed step: they do not get it any more. */
  readonly ahead: number;
  /** Of those: it is the email that waits for them. */
  readonly waiting: number;
  /** Of the waiting: written at an earlier try, and offered again with the same bytes. */
  readonly written: number;
  /** Of those ahead: an email that now stands after it waits for them, or is behind them. */
  readonly afterLater: number;
  /** Had it: nobody gets it again. */
  readonly had: number;
};

export type EffectsOfEdit = {
  /** People in the sequence. */
  readonly people: number;
  /** Of those: at least one of their emails to come changes. */
  readonly touched: number;
  /** People who came to its end: an edit does not bring them back. */
  readonly finished: number;
  /** Readers of a language that the edit takes out. */
  readonly silenced: readonly Silenced[];
  readonly edits: readonly EditEffect[];
};

/** An edit, and those who read what it is made in. */
export type EditForReaders = {
  readonly edit: StepEdit;
  /** As of an `EditEffect`. */
  readonly languages: readonly string[] | null;
  readonly readers: readonly PlaceInSequence[];
};

/** Whom edits of the sequence touch today. Pure; nothing of it is in force. */
export function effectsOfEdits(changes: {
  readonly edits: readonly EditForReaders[];
  readonly after: readonly Step[];
  readonly places: readonly PlaceInSequence[];
  readonly silenced: readonly Silenced[];
  readonly finished: number;
}): EffectsOfEdit {
  const { edits, after, places, silenced, finished } = changes;
  const isTouched = (place: PlaceInSequence) =>
    silenced.some(({ language }) => language === place.language) ||
    edits.some(({ edit, readers }) => readers.includes(place) && touches(edit, place));
  return {
    people: count(places),
    touched: count(places.filter(isTouched)),
    finished,
    silenced,
    edits: edits.map(({ edit, languages, readers }) => ({
      ...effectOf(edit, after, readers),
      languages,
    })),
  };
}

/** The same where there is one language. */
export function effectsOfEdit(
  before: readonly Step[],
  after: readonly Step[],
  places: readonly PlaceInSequence[],
  finished: number,
): EffectsOfEdit {
  const edits = editsBetween(before, after).map((edit) => ({ edit, languages: null, readers: places }));
  return effectsOfEdits({ edits, after, places, silenced: [], finished });
}

function effectOf(
  edit: StepEdit,
  after: readonly Step[],
  places: readonly PlaceInSequence[],
): Omit<EditEffect, 'languages'> & StepEdit {
  const ahead = places.filter(({ done }) => !done.includes(edit.step));
  const waiting = ahead.filter((place) => place.waiting === edit.step);
  const later = edit.kind === 'removed' ? [] : after.slice(placeIn(edit, after)).map(({ key }) => key);
  const isLater = (key: string | null) => key !== null && later.includes(key);
  return {
    ...edit,
    ahead: count(ahead),
    waiting: count(waiting),
    written: count(waiting.filter(({ written }) => written)),
    afterLater: count(
      ahead.filter(
        (place) => place.waiting !== edit.step && (isLater(place.waiting) || place.done.some(isLater)),
      ),
    ),
    had: count(places) - count(ahead),
  };
}

function placeIn(edit: StepEdit, after: readonly Step[]): number {
  return after.findIndex(({ key }) => key === edit.step) + 1;
}

/** A written email leaves as it is; only its removal from the sequence still stops it. */
function touches(edit: StepEdit, { done, waiting, written }: PlaceInSequence): boolean {
  if (done.includes(edit.step)) return false;
  return edit.kind === 'removed' || waiting !== edit.step || !written;
}

function count(places: readonly PlaceInSequence[]): number {
  return places.reduce((sum, { people }) => sum + people, 0);
}
