/** What an error says, fit for the log: cut, on one line, and without whatever looks like an address. */
export function faultOf(error: unknown): string {
  return withoutAddresses(error instanceof Error ? error.message : 'unknown').replace(/\s+/g, ' ');
}

/** At most 500 characters of a text, its email addresses left out. */
export function withoutAddresses(text: string): string {
  return text.slice(0, 500).replace(/[^\s@]*@[^\s@]*/g, '…');
}

/** The code of a system's or a library's error (`ENOENT`, `SQLITE_BUSY`); null for anything else. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

export function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code;
}
