import { z } from 'zod';
import { fieldProblems } from './fields.ts';
import type { FieldPlace } from './fields.ts';
import { isOutwardUrl } from './links.ts';

/** A group of entries of which none is unknown; the message lists the names that are. */
export function group<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = `Known here: ${Object.keys(shape).join(', ')}.`;
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined),
  });
}

/** A text on one line (line breaks become spaces; no-break spaces stay), not empty, with the merge fields of its place and no others. */
export function line(place: FieldPlace = 'none') {
  return text(place).transform((value) => value.replace(/[ \t\r\n]+/g, ' '));
}

/** A text of any length, not empty, without white space around it. */
export function text(place: FieldPlace = 'none') {
  return z
    .string()
    .superRefine((value, context) => {
      if (value.trim() === '') context.addIssue(custom('is empty', 'Write the text.'));
      for (const { problem, remedy } of fieldProblems(value, place))
        context.addIssue(custom(problem, remedy));
    })
    .transform((value) => value.trim());
}

/** A text of at most so many characters, as a search engine or a mail program shows it. A merge field counts as its fallback. */
export function lineUpTo(most: number, place: FieldPlace = 'none') {
  return line(place).superRefine((value, context) => {
    const length = value.replace(/\{\{[^{}|]*\|?([^{}]*)\}\}/g, '$1').length;
    if (length <= most) return;
    context.addIssue(custom(`has ${length} characters and would be cut off`, `Write at most ${most}.`));
  });
}

/** A name for machines: in addresses, file names and the ledger. */
export function slug() {
  return z.string().regex(/^[a-z0-9-]+$/, 'Use small letters, digits and hyphens only, such as two-markets.');
}

/** A day of the calendar that exists. */
export function day() {
  return z.iso.date('Write a day as YYYY-MM-DD, such as 2026-11-23.');
}

/** A whole address outside: https or mailto. */
export function outwardUrl() {
  return z
    .string()
    .trim()
    .superRefine(
      must(isOutwardUrl, 'is not an address', 'Write a whole address that begins with https:// or mailto:.'),
    );
}

/** A whole https address. */
export function webUrl() {
  return z
    .string()
    .trim()
    .superRefine(
      must(
        (value) => isOutwardUrl(value) && !value.toLowerCase().startsWith('mailto:'),
        'is not an address',
        'Write a whole address that begins with https://.',
      ),
    );
}

export function emailAddress() {
  return z.email('Write an email address, such as name@example.com.');
}

export function wholeNumber(least: number, most: number) {
  return z.int().min(least).max(most);
}

/** A list of at least one. */
export function some<Item extends z.ZodType>(item: Item) {
  return z.array(item).min(1);
}

/** A check of one value in the words of this room: `problem` completes "`name` …", and `remedy` says what would be right. */
export function must<Value>(holds: (value: Value) => boolean, problem: string, remedy: string) {
  return (value: Value, context: { addIssue(issue: ReturnType<typeof custom>): void }): void => {
    if (!holds(value)) context.addIssue(custom(problem, remedy));
  };
}

function custom(problem: string, remedy: string) {
  return { code: 'custom' as const, message: problem, params: { remedy } };
}

/** Longest subject, in characters: RFC 5322 2.1.1 asks for lines of at most 78, and mail programs show fewer. */
export const SUBJECT_LENGTH = 78;

/** A Markdown text inside YAML, not empty; its fields and links are checked where its lines are known. */
export function block() {
  return z.string().superRefine(must((value) => value.trim() !== '', 'is empty', 'Write the text.'));
}
