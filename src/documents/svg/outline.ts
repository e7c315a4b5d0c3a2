import type { PathCommand } from 'fontkit';

/**
 * A letter's outline as SVG path data: whole units of the font (a two-thousandth of the type size), each point reckoned from the
 * one before, which takes half the bytes. What is rounded is the place itself, so that nothing adds up.
 */
export function outlineOf(commands: readonly PathCommand[]): string {
  let data = '';
  let at: readonly [number, number] = [0, 0];
  let start = at;
  for (const { command, args } of commands) {
    const points = pairs(args);
    const steps = points.map(([x, y]) => [x - at[0], y - at[1]] as const);
    const end = points.at(-1) ?? at;
    if (command === 'closePath') at = start;
    else at = end;
    if (command === 'moveTo') start = end;
    data += LETTERS[command] + joined(steps.flat());
  }
  return data;
}

const LETTERS: Readonly<Record<PathCommand['command'], string>> = {
  moveTo: 'm',
  lineTo: 'l',
  quadraticCurveTo: 'q',
  bezierCurveTo: 'c',
  closePath: 'z',
};

function pairs(args: readonly number[]): readonly (readonly [number, number])[] {
  return Array.from({ length: args.length / 2 }, (_, index) => [
    Math.round(args[2 * index] ?? 0),
    Math.round(args[2 * index + 1] ?? 0),
  ]);
}

/** A minus parts two numbers as well as a blank does. */
function joined(numbers: readonly number[]): string {
  return numbers.map((number, index) => (index > 0 && number >= 0 ? ` ${number}` : String(number))).join('');
}
