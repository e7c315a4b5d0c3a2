/** A subject or header value on one line: no CR, LF or other control character may begin a header of its own (RFC 5322). */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
