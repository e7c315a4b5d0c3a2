import { counted } from '../../kernel/check.ts';
import type { Check } from '../../kernel/check.ts';
import type { Section } from './patient.ts';

type Verdict = Check['verdict'];

const LABEL: Readonly<Record<Verdict, string>> = { ok: 'ok', wrong: 'WRONG', unknown: '?' };
/** Green, red, yellow: ECMA-48. */
const COLOUR: Readonly<Record<Verdict, string>> = { ok: '32', wrong: '31;1', unknown: '33' };

/** One line a check; below what is wrong, what to do next. */
export function asText(sections: readonly Section[], coloured: boolean): string {
  const paint = (code: string, text: string) => (coloured ? `\u001B[${code}m${text}\u001B[0m` : text);
  const line = ({ name, verdict, says, remedy, ids = [] }: Check) => {
    const head = `  ${paint(COLOUR[verdict], LABEL[verdict].padEnd(6))}${name.padEnd(16)}${says}`;
    const shown = ids.length === 0 ? [] : [`        ids: ${ids.join(', ')}`];
    return [head, ...shown, ...(remedy === null ? [] : [`        → ${remedy}`])];
  };
  const blocks = sections
    .filter(({ checks }) => checks.length > 0)
    .map(({ title, checks }) => [paint('1', title), ...checks.flatMap(line)].join('\n'));
  return `${blocks.join('\n')}\n\n${summary(sections)}\n`;
}

export function asJson(sections: readonly Section[]): string {
  const checks = sections.flatMap(({ title, checks: ofSection }) =>
    ofSection.map(({ ids = [], ...check }) => ({ section: title, ...check, ids })),
  );
  const counts = {
    ok: count(sections, 'ok'),
    wrong: count(sections, 'wrong'),
    unknown: count(sections, 'unknown'),
  };
  return `${JSON.stringify({ healthy: counts.wrong === 0, counts, checks })}\n`;
}

export function count(sections: readonly Section[], verdict: Verdict): number {
  return sections.flatMap(({ checks }) => checks).filter((check) => check.verdict === verdict).length;
}

function summary(sections: readonly Section[]): string {
  const [well, bad, open] = [count(sections, 'ok'), count(sections, 'wrong'), count(sections, 'unknown')];
  const unchecked = open === 0 ? '' : `, ${open} could not be checked`;
  return bad === 0
    ? `${counted(well, 'check')} well${unchecked}.`
    : `${counted(bad, 'thing')} wrong${unchecked}; ${counted(well, 'check')} well.`;
}
