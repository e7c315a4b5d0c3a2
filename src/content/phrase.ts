import { z } from 'zod';

/**
 * A text of `words/<language>.yaml` (or of another file) that may hold these fields, each written `{{field}}`.
 * Refuses an empty text, any other field, and braces that close or open nothing.
 */
export function phrase(...fields: readonly string[]): z.ZodString {
  return z.string().superRefine((text, context) => {
    if (text.trim() === '') {
      context.addIssue({ code: 'custom', message: 'is empty', params: { remedy: 'Write the text.' } });
      return;
    }
    for (const problem of strangersIn(text, fields)) {
      context.addIssue({ code: 'custom', message: problem, params: { remedy: whatMayStand(fields) } });
    }
  });
}

/** Fills the fields of a phrase. The result is plain text: escaping is the template's. A missing value is a bug and throws. */
export function say(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(FIELD, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value for {{${name}}} in “${text}”.`);
    return String(value);
  });
}

const FIELD = /\{\{([^{}]*)\}\}/g;

function strangersIn(text: string, fields: readonly string[]): string[] {
  const strangers = [...text.matchAll(FIELD)]
    .map((match) => match[1] ?? '')
    .filter((name) => !fields.includes(name));
  const problems = [...new Set(strangers)].map((name) => `has the unknown field {{${name}}}`);
  if (/\{\{|\}\}/.test(text.replace(FIELD, ''))) problems.push('has a pair of braces without its partner');
  return problems;
}

/** The remedy for a field that is not on the list. */
export function whatMayStand(fields: readonly string[]): string {
  if (fields.length === 0) return 'No field can stand here: write the text without double braces.';
  return `Only these can stand here: ${fields.map((field) => `{{${field}}}`).join(', ')}.`;
}
