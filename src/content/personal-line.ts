import type { Inline, PersonalBlock } from './paper-model.ts';

/** The fields that differ from reader to reader; in a paper they stand in lines of their own. */
const PERSONAL = ['name', 'role'] as const;
type Personal = (typeof PERSONAL)[number];

/** A paragraph that is a personal line, such as "{{name}}," or "For the post of {{role|your choice}}"; null: it is something else. */
export function personalLine(text: readonly Inline[], line: number): PersonalBlock | null {
  const [field, ...others] = text.filter((inline) => inline.kind === 'field');
  if (field === undefined || others.length > 0 || !isPersonal(field.field)) return null;
  if (text.some((inline) => inline.kind === 'cite' || isMarked(inline))) return null;
  const at = text.indexOf(field);
  const before = wordsOf(text.slice(0, at));
  const after = wordsOf(text.slice(at + 1));
  if (before.length + field.fallback.length + after.length > MOST_WORDS) return null;
  const without = field.fallback === '' ? '' : `${before}${field.fallback}${after}`;
  return { kind: 'personal', field: field.field, before, after, without, line };
}

/** What a reader answered cannot stand inside a text: it would move every line behind it. */
export function holdsPersonalField(text: readonly Inline[]): boolean {
  return text.some((inline) => inline.kind === 'field' && isPersonal(inline.field));
}

/** Characters around the answer: what leaves room for a long name on the same line. */
const MOST_WORDS = 50;

function isPersonal(field: string): field is Personal {
  return PERSONAL.some((name) => name === field);
}

function isMarked(inline: Inline): boolean {
  return inline.kind !== 'cite' && (inline.strong ?? inline.emphasis ?? inline.href) !== undefined;
}

function wordsOf(text: readonly Inline[]): string {
  return text.map((inline) => (inline.kind === 'text' ? inline.text : '')).join('');
}
