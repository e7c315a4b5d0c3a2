import type { Target } from '../layout/shapes.ts';

/** What is read aloud in place of a link: its words, and where it leads when they do not say so ("Let’s talk: ann@example.org"). */
export function wordsOf(says: string, target: Target): string {
  if (target.kind === 'place') return says;
  const address = target.url
    .replace(/^(mailto:|https?:\/\/)/i, '')
    .replace(/\?.*$/s, '')
    .replace(/\/$/, '');
  if (says.trim() === '') return address;
  return says.includes(address) ? says : `${says}: ${address}`;
}

/** An address in PDF is 7-bit ASCII (ISO 32000-1, 12.6.4.7). */
export function inAscii(url: string): string {
  return url.toWellFormed().replace(/[^!-~]/gu, encodeURIComponent);
}
