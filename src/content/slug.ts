import type { Inline } from './paper-model.ts';

/** What a link `#…` within a paper leads to; null: its percent signs make no text. */
export function decoded(href: string): string | null {
  try {
    return decodeURI(href.slice(1)).normalize('NFC');
  } catch {
    return null;
  }
}

/** A heading as the address of a link within its paper: small letters and digits, hyphens between the words. */
export function slugOf(text: readonly Inline[]): string {
  return text
    .map((inline) => (inline.kind === 'text' ? inline.text : ''))
    .join('')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[’']/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
