import { scriptOf } from './scripts.ts';
import type { Script } from './scripts.ts';

/** A part of a line that one font draws in one direction. Null: the script is one of the documents' own families. */
export type Run = { readonly text: string; readonly script: Script | null; readonly rightToLeft: boolean };

/** Ends a stretch from right to left: what follows, a date perhaps, goes on as the line does. Draws nothing. */
export const LEFT_TO_RIGHT = '\u200e';

/**
 * A line cut where its font or its direction changes, in the order in which the parts stand from left to right. The line itself goes
 * from left to right; within it, words from right to left keep together with what stands between them (a small part of the Unicode
 * Bidirectional Algorithm, UAX 9: enough for names and titles, which are not nested).
 */
export function runsOf(text: string): readonly Run[] {
  const parts = partsOf(text);
  const runs: Run[] = [];
  for (let at = 0; at < parts.length;) {
    const end = endOfRight(parts, at);
    const [stretch, next] = end > at ? [parts.slice(at, end).reverse().map(turned), end] : [[], at + 1];
    runs.push(...stretch, ...parts.slice(end, next).map(straight));
    at = next;
  }
  return merged(runs);
}

/** Numbers go from left to right within words that do not; what is neither letter nor number goes as its surroundings do. */
type Part = {
  readonly text: string;
  readonly script: Script | null;
  readonly kind: 'left' | 'right' | 'number' | 'between';
};

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const script = scriptOf(token);
    const kind = kindOf(token, script);
    const last = parts.at(-1);
    const isMark = /^[\p{M}\u200c\u200d]/u.test(token);
    if (last !== undefined && (isMark || (last.script === script && last.kind === kind && kind !== 'number')))
      parts.splice(-1, 1, { ...last, text: last.text + token });
    else parts.push({ text: token, script, kind });
  }
  return parts;
}

const TOKEN = /\p{Nd}+(?:[.,:/]\p{Nd}+)*|\P{Nd}/gu;

function kindOf(token: string, script: Script | null): Part['kind'] {
  if (/^\p{Nd}/u.test(token)) return 'number';
  if (script?.rightToLeft === true) return 'right';
  return /^[\p{L}\p{M}\p{N}\u200e]/u.test(token) ? 'left' : 'between';
}

/**
 * Where a stretch from right to left that begins here ends: behind its last word or number; an ellipsis stands where it was cut. `start`
 * itself when none begins here.
 */
function endOfRight(parts: readonly Part[], start: number): number {
  if (parts[start]?.kind !== 'right') return start;
  let end = start + 1;
  for (let at = end; at < parts.length; at++) {
    const { kind, text } = parts[at] ?? { kind: 'left', text: '' };
    if (kind === 'left') break;
    if (kind !== 'between' || (text === '…' && at === end)) end = at + 1;
  }
  return end;
}

function straight({ text, script }: Part): Run {
  return { text: text.replaceAll(LEFT_TO_RIGHT, ''), script, rightToLeft: false };
}

function turned({ text, script, kind }: Part): Run {
  if (kind !== 'between') return { text, script, rightToLeft: kind === 'right' };
  const mirrored = Array.from(text, (character) => MIRRORED[character] ?? character);
  return { text: mirrored.reverse().join(''), script, rightToLeft: false };
}

function merged(runs: readonly Run[]): readonly Run[] {
  const few: Run[] = [];
  for (const run of runs) {
    const last = few.at(-1);
    if (run.text === '') continue;
    if (last?.script === run.script && !last.rightToLeft && !run.rightToLeft)
      few.splice(-1, 1, { ...last, text: last.text + run.text });
    else few.push(run);
  }
  return few;
}

const MIRRORED: Readonly<Record<string, string>> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
  '‹': '›',
  '›': '‹',
};
