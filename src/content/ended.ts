/** A title that a text follows on the same line: with a full stop, unless it ends with a sign of its own. */
export function ended(title: string): string {
  return /[.?!…:。？！]["'”’»)\]]*\s*$/u.test(title) ? title.trimEnd() : `${title.trimEnd()}.`;
}
