import { whatMayStand } from './phrase.ts';

/** The merge fields that may stand in each kind of file. A closed list: anything else between double braces is a mistake. */
export const FIELDS = {
  /** `sequence/*.md`, front matter and text. `offer` is the title of what was asked for. */
  sequence: ['first_name', 'coach', 'coach_first_name', 'site', 'offer'],
  /** `emails/*.md`. Not the name: nobody has confirmed it yet. */
  email: ['coach', 'coach_first_name', 'site', 'offer', 'link_days'],
  /** `document.md`. `name` and `role` stand in lines of their own. */
  paper: ['name', 'role', 'coach', 'site', 'date'],
  /** The panels and situations of `document.yaml`. */
  infographic: ['coach', 'site', 'date'],
  /** `proof`, `inside` and `questions` of `offer.yaml`; counted from the document. */
  offer: ['pages', 'minutes'],
  none: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type FieldPlace = keyof typeof FIELDS;

/** A field as written: `{{name}}` or `{{name|fallback}}`; `index` is where it begins in the source. */
export type WrittenField = { readonly name: string; readonly fallback: string; readonly index: number };

/** The fields of a text, in order. */
export function findFields(source: string): readonly WrittenField[] {
  return [...source.matchAll(FIELD)].map((match) => ({
    name: (match[1] ?? '').trim(),
    fallback: (match[2] ?? '').trim(),
    index: match.index,
  }));
}

/** What is wrong with the fields of a text, and where (`index` into the source). Each `problem` completes "it …". */
export function fieldProblems(
  source: string,
  place: FieldPlace,
): readonly { readonly index: number; readonly problem: string; readonly remedy: string }[] {
  const allowed: readonly string[] = FIELDS[place];
  const problems = findFields(source).flatMap(({ name, fallback, index }) => {
    if (!allowed.includes(name)) {
      return [{ index, problem: `has the unknown field {{${name}}}`, remedy: whatMayStand(allowed) }];
    }
    if (MAY_BE_EMPTY.includes(name) && fallback === '') {
      const remedy = `Add words for that case after a bar, such as {{${name}|${EXAMPLES[name] ?? 'you'}}}.`;
      return [{ index, problem: `has {{${name}}}, which may be empty`, remedy }];
    }
    return [];
  });
  // Blanked out, not removed, so that the index still points into the source.
  const rest = source.replace(FIELD, (field) => ' '.repeat(field.length)).search(/\{\{|\}\}/);
  if (rest >= 0) {
    problems.push({
      index: rest,
      problem: 'has a pair of braces without its partner',
      remedy: whatMayStand(allowed),
    });
  }
  return problems;
}

/**
 * Puts values into a text. An empty or null value gives the fallback, or nothing. For `markdown` a value comes out exactly as
 * it was typed and can make no link, heading or HTML: names are typed by strangers. Without a value at all it throws (a bug).
 */
export function fillFields(
  source: string,
  values: Readonly<Record<string, string | null>>,
  escapeFor: 'markdown' | 'none',
): string {
  return source.replace(FIELD, (_, name: string, fallback: string | undefined) => {
    const value = values[name.trim()];
    if (value === undefined) throw new Error(`No value for the field {{${name.trim()}}}.`);
    const text = tidy(value ?? '') || tidy(fallback ?? '');
    return escapeFor === 'markdown' ? escapeMarkdown(text) : text;
  });
}

const FIELD = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/g;
const MAY_BE_EMPTY: readonly string[] = ['first_name', 'role'];
const EXAMPLES: Readonly<Record<string, string>> = { first_name: 'there', role: 'your next role' };

/** One line without control characters: no value may break a subject, a header, or the reading direction around it. */
function tidy(value: string): string {
  return value
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** CommonMark 2.4: a backslash before ASCII punctuation makes it plain. The apostrophe is left so that it becomes a curly one. */
function escapeMarkdown(value: string): string {
  return value.replace(/[!-&(-/:-@[-`{-~]/g, '\\$&');
}
