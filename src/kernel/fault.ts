/** What an error says, fit for the log: cut, on one line, and without whatever looks like an address. */
export function faultOf(error: unknown): string {
  return withoutAddresses(error instanceof Error ? error.message : 'unknown').replace(/\s+/g, ' ');
}

/** At most 500 characters of a text, its email addresses left out. */
export function withoutAddresses(text: string): string {
  return text.slice(0, 500).replace(/[^\s@]*@[^\s@]*/g, '…');
}
