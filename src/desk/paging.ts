import type { LeadCursor } from '../leads/port.ts';

/** A cursor as it stands in an address: instant and row, joined by a dot. */
export function writeCursor(cursor: LeadCursor): string {
  return `${cursor.createdAt}.${cursor.id}`;
}

/** Null for anything that we did not write: the first page is shown then. */
export function readCursor(text: string | undefined): LeadCursor | null {
  const parts = /^(\d{1,16})\.(\d{1,15})$/.exec(text ?? '');
  return parts === null ? null : { createdAt: Number(parts[1]), id: Number(parts[2]) };
}
