/**
 * A text for the file's own entries, such as the title of a bookmark: pdfkit writes plain strings as names, and `String` objects as texts.
 */
export function textString(text: string): object {
  return new String(legible(text));
}

/** Without what is no character in XML or in the encoding of PDF's texts: halves of characters, and controls but for blanks. */
export function legible(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[^\t\n\r\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fdcf}\u{fdf0}-\u{fffd}\u{10000}-\u{10ffff}]/gu,
      '',
    );
}
