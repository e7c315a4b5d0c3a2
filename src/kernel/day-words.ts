/**
 * A day in words, as people write it in a language: "November 23, 2026". French says "1er" for the first of a month, which the data
 * behind `Intl` (CLDR) leaves out.
 * @param at UTC milliseconds.
 * @param locale BCP 47.
 */
export function dayInWords(at: number, locale: string, timeZone: string): string {
  const words = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(at);
  return firstOfMonth(words, locale);
}

/** Puts the "er" where French wants it; other languages stay as they are. */
export function firstOfMonth(words: string, locale: string): string {
  return locale.startsWith('fr') ? words.replace(/^1(?=\s\p{L})/u, '1er') : words;
}
