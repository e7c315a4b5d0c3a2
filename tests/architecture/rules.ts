import { libraryFault } from './libraries.ts';
import { importLines, withoutComments } from './source.ts';
import type { SourceFile } from './source.ts';
import { importFault } from './zones.ts';

const LONGEST = 200;
/** Longer files, each with the reason that makes it one piece. */
const LONG_FILES: Readonly<Record<string, string>> = {};

type Habit = { readonly sign: RegExp; readonly home: readonly string[]; readonly fault: string };
const HABITS: readonly Habit[] = [
  { sign: /\bprocess\.env\b/, home: ['main.ts'], fault: 'the environment is read in main.ts only' },
  {
    sign: /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(|\bTemporal\.Now\b|\bhrtime\b/,
    home: ['kernel/clock.ts'],
    fault: 'the system clock is read in kernel/clock.ts only',
  },
  { sign: /\bMath\.random\(/, home: [], fault: 'chance is handed in (kernel/random.ts)' },
  { sign: /^export default\b/m, home: [], fault: 'exports have names' },
];

/** Everything in a file that breaks a rule of the house, each as `path: what`. */
export function faultsOf(file: SourceFile): readonly string[] {
  return [...importFaults(file), ...habitFaults(file), ...lengthFaults(file)].map(
    (fault) => `${file.path}: ${fault}`,
  );
}

function importFaults(file: SourceFile): readonly string[] {
  return importLines(file).flatMap((line) => {
    const fault = line.own ? importFault(file.path, line.target) : libraryFault(file.path, line.target, line);
    const barrel = line.reExport ? ['re-exports: import from where it is made'] : [];
    return fault === null ? barrel : [...barrel, `imports ${line.target}: ${fault}`];
  });
}

function habitFaults(file: SourceFile): readonly string[] {
  const code = withoutComments(file.text);
  return HABITS.filter(({ sign, home }) => sign.test(code) && !home.includes(file.path)).map(
    ({ fault }) => fault,
  );
}

function lengthFaults(file: SourceFile): readonly string[] {
  const lines = file.text.trimEnd().split('\n').length;
  const known = file.path in LONG_FILES;
  if (lines > LONGEST && !known) return [`has ${lines} lines: it holds more than one subject`];
  return lines <= LONGEST && known ? ['is short again: take it off LONG_FILES'] : [];
}
