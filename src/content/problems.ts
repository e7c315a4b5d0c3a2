import type { z } from 'zod';
import type { ContentProblem } from './model.ts';
import type { Mention } from './mentions.ts';
import type { YamlText } from './yaml.ts';

/** What the reading of the files brings to light: mistakes, and names that are checked once all files are known. */
export type Findings = { readonly problems: ContentProblem[]; readonly mentions: Mention[] };

/** Checks a YAML text against a schema. Null, and every mistake among the findings, when it does not fit. */
export function fit<Shape extends z.ZodType>(
  schema: Shape,
  yaml: YamlText,
  findings: Findings,
): z.output<Shape> | null {
  const outcome = schema.safeParse(yaml.value);
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
  const at = (problem: string, remedy: string) => [problemAt(yaml, issue.path, problem, remedy)];
  const name = String(issue.path.at(-1) ?? '');
  const wish = remedyOf(issue);
  switch (issue.code) {
    case 'invalid_type':
      if (yaml.has(issue.path)) return at(`is not ${plainType(issue.expected)}`, wish);
      return at('is missing', `Add \`${name}:\` with ${plainType(issue.expected)}.`);
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) =>
        problemAt(yaml, [...issue.path, key], 'is not known here', issue.message),
      );
    case 'invalid_value':
      if (yaml.has(issue.path)) return at('has a value that is not on the list', wish);
      return at('is missing', wish);
    case 'invalid_union':
      if (issue.discriminator === undefined || yaml.has(issue.path))
        return at('has a value that is not on the list', wish);
      return at('is missing', wish);
    case 'invalid_key':
      return at('is not a good name', issue.issues[0]?.message ?? wish);
    case 'too_small':
      return at(issue.origin === 'array' ? 'is an empty list' : 'is too small', wish);
    case 'too_big':
      return at(issue.origin === 'string' ? 'is too long' : 'is too big', wish);
    case 'custom':
      return at(issue.message, wish);
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
      return at('has the wrong form', wish);
  }
}

function remedyOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'string'
        ? 'Write text; put quotes around it if it looks like a number or holds a colon.'
        : `Write ${plainType(issue.expected)}.`;
    case 'invalid_value':
      return `Write one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_union':
      return `Write one of: ${('options' in issue ? (issue.options ?? []) : []).map(String).join(', ')}.`;
    case 'too_small':
      return issue.origin === 'array' ? 'Write at least one.' : `Write ${String(issue.minimum)} or more.`;
    case 'too_big':
      if (issue.origin === 'string') return `Write at most ${String(issue.maximum)} characters.`;
      return `Write ${String(issue.maximum)} or less.`;
    case 'custom':
      return typeof issue.params?.['remedy'] === 'string' ? issue.params['remedy'] : 'Write it differently.';
    default:
      // The schemas of `shapes.ts` give a remedy as their message.
      return issue.message;
  }
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
