/** "Main title: the rest", on a cover set on two levels. In some languages a blank stands before the colon. `rest` is empty without one. */
export function titleParts(title: string): { readonly main: string; readonly rest: string } {
  const [, main = title, rest = ''] = /^(.{3,40}?)\s*:\s+(.+)$/su.exec(title) ?? [];
  // What begins a line begins with a capital.
  return { main, rest: rest.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) };
}

/** What a title is known by where there is little room. */
export function shortTitle(title: string): string {
  return title.split(/\s*:\s/u)[0] ?? title;
}
