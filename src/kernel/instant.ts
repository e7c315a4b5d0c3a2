const FORM = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

/**
 * An instant as an operator writes it, in UTC milliseconds: `2026-11-23` (midnight UTC) or `2026-11-23T14:30:00Z`. Null for
 * anything else: a time without its zone would mean another instant on another machine, and `Date.parse` takes `5` and
 * 30 February.
 */
export function parseInstant(text: string): number | null {
  if (!FORM.test(text)) return null;
  try {
    const whole = text.length === 10 ? `${text}T00:00:00Z` : text;
    return Temporal.Instant.from(whole).epochMilliseconds;
  } catch {
    return null;
  }
}
