import type { ContentShelf, KeptContent } from './source.ts';

/** Values kept by name. */
interface Notes {
  setting(key: string): Promise<string | null>;
  setSetting(key: string, value: string): Promise<void>;
}

/** A program with another model must use another key: what was kept is read back unchecked, as it was written from checked values. */
const LAST_VALID = 'content.last_valid.6';

export function contentShelf(notes: Notes): ContentShelf {
  return {
    take: () => keptContent(notes),
    put: (kept) => keepIfNew(notes, LAST_VALID, JSON.stringify(kept)),
  };
}

/** The last content that was read without a mistake; null when none was. */
export async function keptContent(notes: Pick<Notes, 'setting'>): Promise<KeptContent | null> {
  const kept = await notes.setting(LAST_VALID);
  return kept === null ? null : (JSON.parse(kept) as KeptContent);
}

/** Commands run often beside the server: what has not changed is not written again. */
export async function keepIfNew(notes: Notes, key: string, value: string): Promise<void> {
  if ((await notes.setting(key)) !== value) await notes.setSetting(key, value);
}
