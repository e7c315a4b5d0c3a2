/** The fields of a posted form: the last value of each name, trimmed; absent names are undefined. */
export type FormFields = Readonly<Record<string, string | undefined>>;

/** Turns a parsed urlencoded body into plain fields. A repeated field counts once (parameter pollution, ASVS 15.3.7). */
export function formFields(body: unknown): FormFields {
  const fields: Record<string, string | undefined> = Object.create(null) as Record<string, string>;
  if (typeof body !== 'object' || body === null) return fields;
  for (const [name, value] of Object.entries(body)) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last === 'string') fields[name] = last.trim();
  }
  return fields;
}
