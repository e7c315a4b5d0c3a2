import type { EditEffect, EffectsOfEdit } from './edit-effects.ts';
import type { Changed } from './edits.ts';
import { languageInWords } from './silenced.ts';
import type { Silenced } from './silenced.ts';

/** What an edit of the sequence does, in sentences; those about one step stand together as a paragraph. */
export function tellEffects(effects: EffectsOfEdit): readonly (readonly string[])[] {
  const { people, touched, finished, silenced, edits } = effects;
  if (edits.length === 0 && silenced.length === 0) return [['The sequence does not change.']];
  const inIt = people === 1 ? 'one person is in it' : `${people} people are in it`;
  const whose =
    touched === 0 ? 'it touches nobody’s emails to come' : `it touches the emails to come of ${touched}`;
  const end =
    finished === 0 ? [] : [`${persons(finished)} came to its end already and ${get(finished)} nothing more.`];
  return [
    [`The sequence changes: ${inIt}, and ${whose}.`, ...end],
    ...silenced.map(tellSilenced),
    ...edits.map(tellSpoken),
    [PROMISE],
  ];
}

/** Kept by the claim of each email, not by the edit. */
const PROMISE =
  'Nobody gets an email of the sequence twice, or two of them within 20 hours. The email that waits for somebody stays her next one, on its day.';

function tellSilenced({ language, people }: Silenced): readonly string[] {
  return [
    `There is no ${languageInWords(language)} any more.`,
    `${persons(people)} ${people === 1 ? 'reads' : 'read'} it: the emails of the sequence are skipped for them.`,
  ];
}

function tellSpoken(effect: EditEffect): readonly string[] {
  const [first = '', ...rest] = tellEdit(effect);
  const { languages } = effect;
  return [languages === null ? first : `In ${list(languages.map(languageInWords))}: ${first}`, ...rest];
}

function tellEdit(effect: EditEffect): readonly string[] {
  switch (effect.kind) {
    case 'added':
      return [
        `“${effect.step}” is new, in place ${effect.place}.`,
        ...tellAhead(effect, 'will get it'),
        ...tellLate(effect),
        ...tellHad(effect),
      ];
    case 'removed':
      return [
        `“${effect.step}” is gone; it stood in place ${effect.place}.`,
        ...tellLoss(effect),
        ...tellHad(effect),
      ];
    case 'moved':
      return [
        `“${effect.step}” moves from place ${effect.from} to place ${effect.place}.`,
        ...tellAhead(effect, 'will get it there'),
        ...tellLate(effect),
        ...tellHad(effect),
      ];
    case 'changed':
      return [
        `“${effect.step}” has another ${list(effect.what.map((what) => WORDS[what]))}.`,
        ...tellAhead(effect, 'will get it so'),
        ...tellWritten(effect),
        ...tellHad(effect),
      ];
  }
}

const WORDS: Readonly<Record<Changed, string>> = {
  text: 'text',
  subject: 'subject',
  subject_b: 'second subject',
  preheader: 'preheader',
  posts: 'list of posts',
  hour: 'hour',
  weekdays: 'choice of weekdays',
  days_after: 'number of days before it',
  late_ok: 'limit of lateness',
};

function tellAhead({ ahead, waiting, written }: EditEffect, what: string): readonly string[] {
  const all = ahead - written;
  const next = waiting - written;
  if (all === 0) return [`Nobody who is in the sequence now ${what}.`];
  const wait =
    all === 1 ? '; it is the email that waits' : `; for ${next} of them it is the email that waits`;
  return [`${persons(all)} ${what}${next === 0 ? '' : wait}.`];
}

function tellWritten({ written }: EditEffect): readonly string[] {
  if (written === 0) return [];
  return [
    written === 1
      ? 'One email is written already and goes out as it was.'
      : `${written} emails are written already and go out as they were.`,
  ];
}

function tellLate({ ahead, afterLater }: EditEffect): readonly string[] {
  if (afterLater === 0) return [];
  const who = ahead === 1 ? 'She' : `Of these, ${afterLater}`;
  const have = afterLater === 1 ? 'has or waits' : 'have or wait';
  return [
    `${who} ${have} for an email that stands after it, and ${get(afterLater)} it out of that order, after the one that waits.`,
  ];
}

function tellLoss({ ahead, waiting }: EditEffect): readonly string[] {
  const wait =
    waiting === 0
      ? []
      : [
          `${persons(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for it: on its day it is skipped, and the next one is planned.`,
        ];
  return ahead === 0 ? [] : [`${persons(ahead)} will not get it.`, ...wait];
}

function tellHad({ had }: EditEffect): readonly string[] {
  return had === 0 ? [] : [`${persons(had)} ${had === 1 ? 'has' : 'have'} had it and will not get it again.`];
}

function persons(count: number): string {
  return count === 1 ? 'One person' : `${count} people`;
}

function get(count: number): string {
  return count === 1 ? 'gets' : 'get';
}

function list(words: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(words);
}
