import type { z } from 'zod';
import type { ContentProblem } from './model.ts';
import type { Mention } from './mentions.ts';
import type { YamlText } from './yaml.ts';

/** What the reading of the files brings to light: mistakes, and names that are checked once all files are known. */
export type Findings = {
  readonly problems: ContentProblem[];
  readonly mentions: Mention[];
  /** Those of the problems that are told first in their file: others may come of them. */
  readonly causes: Set<ContentProblem>;
};

export function noFindings(): Findings {
  return { problems: [], mentions: [], causes: new Set() };
}

/** All problems in the order of files and lines. */
export function inOrder({ problems, causes }: Findings): readonly ContentProblem[] {
  const rank = (problem: ContentProblem) => (causes.has(problem) ? 0 : 1);
  return problems.toSorted(
    (one, other) =>
      one.file.localeCompare(other.file) || rank(one) - rank(other) || (one.line ?? 0) - (other.line ?? 0),
  );
}

/** Checks a YAML text against a schema. Null, and every mistake among the findings, when it does not fit. */
export function fit<Shape extends z.ZodType>(
  schema: Shape,
  yaml: YamlText,
  findings: Findings,
): z.output<Shape> | null {
  // Each schema is used a few times only: compiling it first would cost more than it gains (20 ms of the start).
  const outcome = schema.safeParse(yaml.value, { jitless: true });
  if (outcome.success) return outcome.data;
  findings.problems.push(...outcome.error.issues.flatMap((issue) => problemsOf(issue, yaml)));
  return null;
}

/** A mistake at a place of a YAML text. `problem` completes "`name` …". */
export function problemAt(
  yaml: YamlText,
  path: readonly PropertyKey[],
  problem: string,
  remedy: string,
): ContentProblem {
  const name = path.length === 0 ? 'The text' : `\`${pathName(path)}\``;
  return { file: yaml.file, line: yaml.lineOf(path), problem: `${name} ${problem}.`, remedy };
}

/** For several values of one kind: the first that stands there twice, as its index. */
export function duplicates(values: readonly (string | number)[]): readonly number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}

function problemsOf(issue: z.core.$ZodIssue, yaml: YamlText): ContentProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      problemAt(yaml, [...issue.path, key], 'is not known here', remedyIn(issue.message)),
    );
  }
  const choice = choiceOf(issue);
  const [problem, remedy] = yaml.has(issue.path)
    ? inPlainWords(issue, choice)
    : ['is missing', choice ?? missing(issue)];
  return [problemAt(yaml, issue.path, problem, remedy)];
}

function inPlainWords(issue: z.core.$ZodIssue, choice: string | null): readonly [string, string] {
  if (choice !== null) return ['has a value that is not on the list', choice];
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'string'
        ? ['is not text', 'Write text; put quotes around it if it looks like a number or holds a colon.']
        : [`is not ${plainType(issue.expected)}`, `Write ${plainType(issue.expected)}.`];
    case 'too_small':
      return issue.origin === 'array'
        ? ['is an empty list', 'Write at least one.']
        : ['is too small', `Write ${String(issue.minimum)} or more.`];
    case 'too_big':
      return ['is too big', `Write ${String(issue.maximum)} or less.`];
    case 'custom':
      return [issue.message, remedyIn(issue.params?.['remedy'])];
    case 'invalid_key':
      return ['is not a good name', remedyIn(issue.issues[0]?.message)];
    case 'invalid_format':
    case 'invalid_value':
    case 'invalid_union':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return ['has the wrong form', remedyIn(issue.message)];
  }
}

/** Where only certain values may stand: which. */
function choiceOf(issue: z.core.$ZodIssue): string | null {
  const choices =
    issue.code === 'invalid_value' ? issue.values : 'options' in issue ? (issue.options ?? null) : null;
  return choices === null ? null : `Write one of: ${choices.map(String).join(', ')}.`;
}

function missing(issue: z.core.$ZodIssue): string {
  const what = issue.code === 'invalid_type' ? ` with ${plainType(issue.expected)}` : '';
  return `Add \`${String(issue.path.at(-1) ?? '')}:\`${what}.`;
}

/** The schemas of `shapes.ts` give remedies as messages; zod's own are kept from the coach. */
function remedyIn(message: unknown): string {
  return typeof message === 'string' && /^(Write|Use|Known|No |Only|Add|Choose)/.test(message)
    ? message
    : 'See docs/content.md for what can stand here.';
}

function plainType(expected: string): string {
  const plain: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a group of entries',
    record: 'a group of entries',
  };
  return plain[expected] ?? expected;
}

function pathName(path: readonly PropertyKey[]): string {
  return path.map((key) => (typeof key === 'number' ? `item ${key + 1}` : String(key))).join(', ');
}
