/** The fields of a posted form: the last value of each name, trimmed; absent names are undefined. */
export type FormFields = Readonly<Record<string, string | undefined>>;

/**
 * Turns a parsed urlencoded body, or a query string, into plain fields. A repeated field counts once (parameter pollution,
 * ASVS 15.3.7).
 */
export function formFields(body: unknown): FormFields {
  const fields: Record<string, string | undefined> = Object.create(null) as Record<string, string>;
  for (const [name, value] of entriesOf(body)) fields[name] = value.trim();
  return fields;
}

/** One field exactly as it was typed: spaces are part of a password (ASVS 6.2.8). Empty when it is absent. */
export function verbatimField(body: unknown, name: string): string {
  return entriesOf(body).find(([key]) => key === name)?.[1] ?? '';
}

function entriesOf(body: unknown): readonly (readonly [string, string])[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    return typeof last === 'string' ? [[name, last] as const] : [];
  });
}
