/** Keys beside each other on the keyboards of English and French Canada. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/**
 * Whether `typed` is `meant` with one slip of a finger: a letter left out, doubled or hit on the key beside it, or two letters in
 * each other's place. Narrower than an edit distance of one, because names exist that are that near: the first letter counts as
 * meant (ymail, email, cloud), and so does a letter that is far on the keyboard (grail.com is a company).
 */
export function isSlipOf(typed: string, meant: string): boolean {
  if (typed === meant || typed.charAt(0) !== meant.charAt(0)) return false;
  const at = firstDifference(typed, meant);
  const [typedRest, meantRest] = [typed.slice(at), meant.slice(at)];
  switch (typed.length - meant.length) {
    case -1:
      return meantRest.slice(1) === typedRest;
    case 1:
      return typedRest.slice(1) === meantRest && isStray(typed, at);
    case 0:
      return isBeside(typedRest, meantRest) || isSwapped(typedRest, meantRest);
    default:
      return false;
  }
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** The letter too many is the one before or behind it once more, or one beside it on the keyboard. */
function isStray(typed: string, at: number): boolean {
  const stray = typed.charAt(at);
  return [typed.charAt(at - 1), typed.charAt(at + 1)].some(
    (near) => near === stray || isNeighbour(near, stray),
  );
}

function isBeside(typed: string, meant: string): boolean {
  return typed.slice(1) === meant.slice(1) && isNeighbour(typed.charAt(0), meant.charAt(0));
}

function isSwapped(typed: string, meant: string): boolean {
  return (
    typed.slice(2) === meant.slice(2) &&
    typed.charAt(0) === meant.charAt(1) &&
    typed.charAt(1) === meant.charAt(0)
  );
}

/** Beside, above or below each other; the rows are shifted by half a key. A digit stands for the letter below it. */
function isNeighbour(one: string, other: string): boolean {
  const [a, b] = [placeOf(one), placeOf(other)];
  if (a === null || b === null) return false;
  const rows = Math.abs(a.row - b.row);
  return one !== other && rows <= 1 && Math.abs(a.column - b.column) <= 1;
}

function placeOf(letter: string): { readonly row: number; readonly column: number } | null {
  const row = ROWS.findIndex((keys) => letter !== '' && keys.includes(letter));
  return row < 0 ? null : { row, column: (ROWS[row] ?? '').indexOf(letter) + row / 2 };
}
