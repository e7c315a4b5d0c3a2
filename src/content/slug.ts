import type { Inline } from './model.ts';

/** A heading as the address of a link within its paper: small letters and digits, hyphens between the words. */
export function slugOf(text: readonly Inline[]): string {
  return text
    .map((inline) => (inline.kind === 'text' ? inline.text : ''))
    .join('')
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
